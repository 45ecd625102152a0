"""Signing with a demo key: the stored bytes are what is signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from engine.commands import CompleteTask, PrepareSignature
from engine.errors import InvalidSubmission, SignatureRefused
from engine.results import Completed, Prepared

EXPIRES = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def paper(engine: Any, new_task: Any, new_instance: Any) -> Any:
    demand = SimpleNamespace(document=new_instance().documents[0], required=True)
    engine.queries.tasks["sign-1"] = new_task(
        "sign-1", form=None, signature=demand, candidate_groups=("employer",)
    )
    engine.queries.tasks["decide-1"] = new_task("decide-1", signature=demand)
    engine.answers["PrepareSignature"] = Prepared(
        "doc-1", "application.pdf", "application/pdf", "ab" * 32, "nonce-1", EXPIRES
    )
    engine.answers["CompleteTask"] = Completed("sign-1", "case-1", ())
    return engine


def test_the_page_shows_the_paper_its_hash_and_who_signs(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    html = sign_in("employer-1").get("/tasks/sign-1").text
    assert '<iframe class="q-paper" src="/documents/doc-1"' in html
    assert "ab" * 32 in html
    assert "850312390018" in html
    assert 'formaction="/tasks/sign-1/signature"' in html
    assert "signature has no legal force" in html


def test_the_stored_bytes_are_signed_with_the_persons_key(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    answer = sign_in("employer-1").post("/tasks/sign-1/signature", "/tasks/sign-1")
    assert answer.location == "/cabinet/applications/case-1"
    (prepare, _), (complete, actor) = paper.commands
    assert isinstance(prepare, PrepareSignature)
    assert isinstance(complete, CompleteTask)
    assert complete.nonce == "nonce-1"
    assert complete.signature == b"signed|%PDF-1.4 a paper|850312390018|150140000012"
    assert actor.iin == "850312390018"


def test_a_director_signs_for_the_centre(
    sign_in: Callable[..., Any], paper: Any, new_task: Any
) -> None:
    demand = paper.queries.tasks["sign-1"].signature
    paper.queries.tasks["sign-1"] = new_task(
        "sign-1", form=None, signature=demand, candidate_groups=("director",)
    )
    sign_in("director-1").post("/tasks/sign-1/signature", "/tasks/sign-1")
    assert paper.commands[-1][0].signature.endswith(b"|230140009013")


def test_a_sole_trader_has_no_bin_in_the_certificate(
    sign_in: Callable[..., Any], paper: Any, new_task: Any
) -> None:
    demand = paper.queries.tasks["sign-1"].signature
    paper.queries.tasks["sign-1"] = new_task(
        "sign-1",
        form=None,
        signature=demand,
        candidate_groups=("employer",),
        party="900101300037",
    )
    sign_in("employer-2").post("/tasks/sign-1/signature", "/tasks/sign-1")
    assert paper.commands[-1][0].signature.endswith(b"|900101300037|None")


def test_a_form_is_filled_in_before_it_is_signed(sign_in: Callable[..., Any], paper: Any) -> None:
    browser = sign_in("specialist-1")
    assert "Sign with a demo key" not in browser.get("/tasks/decide-1").text
    paper.answers["CompleteTask"] = SignatureRefused(
        "presence", {"en": "A signature is required", "ru": "Нужна подпись", "kk": "Қол қажет"}
    )
    answer = browser.post("/tasks/decide-1", places="4")
    assert answer.status_code == 200
    assert "Sign with a demo key" in answer.text
    assert 'value="4"' in answer.text
    paper.answers["CompleteTask"] = Completed("decide-1", "case-1", ())
    browser.post("/tasks/decide-1/signature", "/tasks/decide-1", places="4")
    assert paper.commands[-1][0].values["places"] == 4
    assert paper.commands[-1][0].signature is not None


def test_a_refused_signature_says_which_check_failed(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    paper.answers["CompleteTask"] = SignatureRefused(
        "chain", {"en": "The certificate is not trusted", "ru": "x", "kk": "x"}
    )
    answer = sign_in("employer-1").post("/tasks/sign-1/signature", "/tasks/sign-1")
    assert answer.status_code == 422
    assert "The certificate is not trusted" in answer.text
    assert "Sign with a demo key" in answer.text


def test_a_wrong_form_comes_back_before_the_signature(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    paper.answers["CompleteTask"] = InvalidSubmission({"places": {"en": "Too many"}})
    answer = sign_in("specialist-1").post("/tasks/decide-1/signature", "/tasks/decide-1")
    assert answer.status_code == 422
    assert "Too many" in answer.text


def test_outside_the_demonstration_there_is_no_demo_key(production: Flask, paper: Any) -> None:
    production.config["WTF_CSRF_ENABLED"] = False
    client = production.test_client()
    client.post("/sign-in", data={"person": "employer-1"}, base_url="https://localhost")
    html = client.get("/tasks/sign-1?lang=en", base_url="https://localhost", follow_redirects=True)
    assert "NCALayer" in html.text
    assert "Sign with a demo key" not in html.text
    answer = client.post("/tasks/sign-1/signature", base_url="https://localhost")
    assert answer.status_code == 403
    assert not paper.commands
