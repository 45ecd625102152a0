"""Signing on the page of a task: the stored bytes are what is signed, in every way."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from engine.commands import CompleteTask, PrepareSignature, SaveTaskDraft
from engine.errors import InvalidSubmission, SignatureRefused
from engine.results import Completed, Prepared
from engine.signatures.refusal import MESSAGES, refused
from web.context import EXTENSION
from web.settings import WebSettings

EXPIRES = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


@pytest.fixture
def paper(engine: Any, new_task: Any, new_instance: Any) -> Any:
    demand = SimpleNamespace(
        document=new_instance().documents[0], required=True, as_representative=False
    )
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


PHONE = {"Sec-CH-UA-Mobile": "?1"}
OLD_PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}


def test_the_page_says_what_ncalayer_is_to_be_asked(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    answer = sign_in("employer-1", "ru").get("/tasks/sign-1")
    (told,) = re.findall(r'data-request="([^"]+)"', answer.text)
    assert json.loads(unescape(told)) == {
        "allowedStorages": None,
        "format": "cms",
        "signingParams": {
            "decode": True,
            "encapsulate": False,
            "digested": False,
            "tsaProfile": {},
        },
        "signerParams": {
            "extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"],
            "iin": "850312390018",
            "bin": "150140000012",
        },
        "locale": "ru",
    }
    assert 'data-ncalayer="wss://127.0.0.1:13579"' in answer.text
    assert f'data-hash="{"ab" * 32}"' in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "connect-src 'self' wss://127.0.0.1:13579;" in policy


def test_only_a_page_that_signs_reaches_out(sign_in: Callable[..., Any], paper: Any) -> None:
    for path in ("/tasks/task-1", "/tasks/decide-1", "/tasks/"):
        answer = sign_in("specialist-1").get(path)
        assert "wss:" not in answer.headers["Content-Security-Policy"]


def test_ncalayer_gets_the_stored_bytes_and_a_nonce(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    answer = sign_in("employer-1").post("/tasks/sign-1/signature/prepared", "/tasks/sign-1")
    assert answer.json == {
        "nonce": "nonce-1",
        "sha256": "ab" * 32,
        "data": base64.b64encode(b"%PDF-1.4 a paper").decode(),
    }
    assert [type(command) for command, _ in paper.commands] == [PrepareSignature]


def test_what_ncalayer_signed_comes_with_its_nonce(sign_in: Callable[..., Any], paper: Any) -> None:
    sign_in("employer-1").post(
        "/tasks/sign-1/signature",
        "/tasks/sign-1",
        way="ncalayer",
        cms=base64.b64encode(b"0\x82 cms").decode(),
        nonce="nonce-0",
    )
    ((complete, _),) = paper.commands
    assert (complete.signature, complete.nonce) == (b"0\x82 cms", "nonce-0")


def test_a_signature_made_elsewhere_is_taken_from_its_file(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    browser = sign_in("employer-1")
    file = (BytesIO(b"0\x82\xff cms"), "application.p7s")
    browser.post("/tasks/sign-1/signature", "/tasks/sign-1", way="file", cms_file=file)
    (prepare, _), (complete, _) = paper.commands
    assert isinstance(prepare, PrepareSignature)
    assert (complete.signature, complete.nonce) == (b"0\x82\xff cms", "nonce-1")


@pytest.mark.parametrize("way", ["file", "ncalayer"])
def test_without_a_signature_nothing_is_sent(
    sign_in: Callable[..., Any], paper: Any, way: str
) -> None:
    answer = sign_in("employer-1").post("/tasks/sign-1/signature", "/tasks/sign-1", way=way, cms="")
    assert answer.status_code == 422
    assert "Choose its file" in answer.text
    assert not paper.commands


def test_a_refusal_keeps_what_was_typed(sign_in: Callable[..., Any], paper: Any) -> None:
    paper.answers["CompleteTask"] = SignatureRefused("revoked", {"en": "It is revoked"})
    answer = sign_in("specialist-1").post(
        "/tasks/decide-1/signature",
        "/tasks/decide-1",
        way="ncalayer",
        cms="MIIB",
        nonce="n",
        note="Typed before",
        places="7",
    )
    assert answer.status_code == 422
    assert "It is revoked" in answer.text
    assert "data-ncalayer" in answer.text
    assert 'value="7"' in answer.text


def test_a_representative_is_asked_for_any_key_of_theirs(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    paper.queries.tasks["sign-1"].signature.as_representative = True
    browser = sign_in("employer-1")
    (told,) = re.findall(r'data-request="([^"]+)"', browser.get("/tasks/sign-1").text)
    asked = json.loads(unescape(told))
    assert asked["signerParams"] == {
        "extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"],
        "iin": "850312390018",
    }
    browser.post("/tasks/sign-1/signature", "/tasks/sign-1")
    assert paper.commands[-1][0].signature.endswith(b"|850312390018|None")


def test_a_head_who_is_a_sole_trader_signs_as_such_for_their_own_case(
    sign_in: Callable[..., Any], paper: Any, new_task: Any
) -> None:
    demand = paper.queries.tasks["sign-1"].signature
    for party, bin in (("830701390019", "None"), ("150140003017", "150140003017")):
        paper.queries.tasks["sign-1"] = new_task(
            "sign-1", form=None, signature=demand, candidate_groups=("employer",), party=party
        )
        sign_in("employer-6").post("/tasks/sign-1/signature", "/tasks/sign-1")
        assert paper.commands[-1][0].signature.endswith(f"|830701390019|{bin}".encode())


@pytest.mark.parametrize("headers", [PHONE, OLD_PHONE])
def test_a_phone_is_told_what_is_possible(
    sign_in: Callable[..., Any], paper: Any, headers: dict[str, str]
) -> None:
    answer = sign_in("employer-1").get("/tasks/sign-1", headers=headers)
    assert "not sign it: NCALayer runs on computers only" in answer.text
    assert 'value="elsewhere"' in answer.text
    assert "data-ncalayer" not in answer.text
    assert "wss:" not in answer.headers["Content-Security-Policy"]


def test_a_phone_hands_over_to_a_computer_with_the_draft(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    paper.answers["SaveTaskDraft"] = None
    browser = sign_in("specialist-1")
    answer = browser.post("/tasks/decide-1", press="elsewhere", places="7")
    ((draft, _),) = paper.commands
    assert isinstance(draft, SaveTaskDraft)
    assert draft.values["places"] == 7
    assert answer.location == "/sign/elsewhere/decide-1"
    onward = browser.get(answer.location).text
    assert "http://localhost/sign<" in onward
    assert "Demo Specialist 1" in onward


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({}, "https://localhost/sign<"),
        ({"public_url": "https://qadam.example.kz"}, "https://qadam.example.kz/sign<"),
    ],
)
def test_the_address_to_go_on_at_is_the_one_that_people_reach_the_site_by(
    app: Flask, paper: Any, told: dict[str, str], address: str
) -> None:
    known = app.extensions[EXTENSION]
    settings = WebSettings(secret_key="not secret", demo=True, **told)
    app.extensions[EXTENSION] = replace(known, settings=settings)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "employer-1"
    assert address in client.get("/sign/elsewhere/sign-1").text


def test_what_waits_to_be_signed_is_at_a_short_address(
    sign_in: Callable[..., Any], paper: Any
) -> None:
    browser = sign_in("employer-1")
    assert browser.get("/sign").location.endswith("/sign/")
    html = browser.get("/sign/").text
    assert 'href="/tasks/sign-1"' in html
    assert 'href="/tasks/decide-1"' not in html
    del paper.queries.tasks["sign-1"]
    assert "Nothing waits for your signature" in browser.get("/sign/").text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("check", MESSAGES)
def test_every_refusal_is_said_in_ones_language_and_keeps_what_was_typed(
    sign_in: Callable[..., Any], paper: Any, check: str, language: str
) -> None:
    name, _, case = check.removesuffix(")").partition(" (")
    told = {"found": "••••••••0037", "expected": "••••••••0018"}
    paper.answers["CompleteTask"] = refused(name, "01.01.2020–02.01.2020", case=case, **told)
    answer = sign_in("specialist-1", language).post(
        "/tasks/decide-1/signature",
        "/tasks/decide-1",
        way="ncalayer",
        cms="MIIB",
        nonce="n",
        places="7",
    )
    assert answer.status_code == 422
    sentence = MESSAGES[check][language].format(detail="01.01.2020–02.01.2020", **told)
    assert sentence in unescape(answer.text)
    assert 'value="7"' in answer.text
    assert "data-ncalayer" in answer.text
