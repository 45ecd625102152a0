"""Signing in and out, and who may enter what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from web.people import load_people


def test_whoever_is_not_signed_in_is_asked_to_and_brought_back(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/tasks/task-1?x=1")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/tasks/task-1?x%3D1"


def test_a_post_is_not_repeated_after_signing_in(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert app.test_client().post("/tasks/task-1/claim").location == "/sign-in"


@pytest.mark.parametrize(
    ("person", "home"),
    [
        ("employer-1", "/cabinet/"),
        ("specialist-1", "/tasks/"),
        ("director-1", "/tasks/"),
        ("operator-1", "/cockpit/"),
    ],
)
def test_each_role_begins_at_its_own_place(
    sign_in: Callable[..., Any], person: str, home: str
) -> None:
    assert sign_in(person).get("/").location == home


def test_the_page_lists_everybody_under_their_role(app: Flask) -> None:
    html = app.test_client().get("/sign-in").text
    for person in load_people():
        assert f'value="{person.id}"' in html
        assert person.names["kk"] in html


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(app: Flask, address: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/sign-in", data={"person": "specialist-1", "next": address})
    assert answer.location == "/tasks/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post(
        "/sign-in", data={"person": "specialist-1", "next": "/tasks/task-1"}
    )
    assert answer.location == "/tasks/task-1"


def test_an_unknown_person_stays_outside(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.post("/sign-in", data={"person": "nobody"}).location == "/sign-in"
    assert client.get("/tasks/").status_code == 302


def test_signing_out_ends_the_session_and_keeps_the_language(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("specialist-1", "ru")
    assert browser.post("/sign-out", "/tasks/").location == "/sign-in"
    assert browser.get("/tasks/").status_code == 302
    assert 'lang="ru"' in browser.get("/sign-in").text


@pytest.mark.parametrize(
    ("person", "address"),
    [
        ("employer-1", "/tasks/"),
        ("employer-1", "/instances/"),
        ("employer-1", "/instances/case-1"),
        ("employer-1", "/instances/diagrams/fk_b03:1.bpmn"),
        ("employer-1", "/cockpit/incidents"),
        ("employer-1", "/working-days/"),
        ("specialist-1", "/cabinet/"),
        ("specialist-1", "/cabinet/applications/case-1"),
        ("specialist-1", "/cockpit/"),
        ("specialist-1", "/working-days/"),
        ("operator-1", "/tasks/"),
    ],
)
def test_other_areas_are_closed(sign_in: Callable[..., Any], person: str, address: str) -> None:
    assert sign_in(person).get(address).status_code == 403


def test_the_engine_learns_who_acts(sign_in: Callable[..., Any], engine: Any) -> None:
    sign_in("specialist-1").get("/tasks/?tab=group")
    _, actor, _ = engine.queries.seen[-1]
    assert actor.user == "specialist-1"
    assert actor.groups == {"specialist"}
    assert actor.units == {"almaty"}
    assert actor.parties is None
