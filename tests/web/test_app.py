"""Headers, cookies and the health of the whole application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask


def test_every_page_has_a_strict_policy(app: Flask) -> None:
    headers = app.test_client().get("/sign-in").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_only_a_document_may_stand_in_a_frame_of_this_site(sign_in: Callable[..., Any]) -> None:
    headers = sign_in("employer-1").get("/documents/doc-1").headers
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


def test_no_page_has_an_inline_script_or_style(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("unit-head-1")
    for address in ("/tasks/", "/tasks/task-1", "/instances/case-1", "/working-days/"):
        html = browser.get(address).get_data(as_text=True)
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick=" not in html
        assert html.count("<script") == html.count('<script type="module" src=')


def test_health_is_json_and_open_to_all(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 200
    assert answer.get_json() == {"status": "ready"}


def test_health_fails_when_the_store_does_not_answer(app: Flask, engine: Any) -> None:
    def broken() -> None:
        raise OSError("no disk")

    engine.queries.ready = broken
    assert app.test_client().get("/healthz").status_code == 500


def test_the_session_cookie_is_out_of_reach_of_scripts(production: Flask) -> None:
    cookie = production.test_client().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie


def test_the_demonstration_is_marked_on_every_page(app: Flask, production: Flask) -> None:
    mark = "signatures have no legal force"
    assert mark in app.test_client().get("/sign-in?lang=en", follow_redirects=True).text
    assert mark not in production.test_client().get("/sign-in").text
    assert mark in app.test_client().get("/nowhere", headers={"Accept-Language": "en"}).text


def test_a_form_without_the_csrf_token_is_refused(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("specialist-1").client.post("/tasks/task-1/claim", data={})
    assert answer.status_code == 400
    assert "open for too long" in answer.text


def test_too_large_a_form_is_refused(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("specialist-1")
    answer = browser.post("/tasks/task-1", note="x" * 3_000_000)
    assert answer.status_code == 413
