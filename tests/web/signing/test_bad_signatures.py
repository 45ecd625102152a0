"""Every wrong signature over the real engine: why, in one's language; nothing is stored or lost."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from engine.signatures.refusal import MESSAGES
from tests.processes.fk_b03 import BIN, SYSTEM, TO_SENT, Office
from tests.support.signing import (
    ANOTHER_ENTERPRISE,
    ANOTHER_PERSON,
    WRONG,
    Keys,
    as_text,
    parts,
    revocation_service,
)
from tests.web.conftest import Browser
from web.app import create_app
from web.settings import WebSettings

SignIn = Callable[..., Browser]
LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
IIN = "850312390018"
NONCE = {
    "kk": "Қол қою мерзімі өтті немесе ол бұрын жіберілген.",
    "ru": "Срок подписания истёк или подпись уже отправлялась.",
    "en": "The time to sign is over or the signature was sent before.",
}
NONE_GIVEN = {
    "kk": "Қолтаңба файлы таңдалмаған.",
    "ru": "Файл подписи не выбран.",
    "en": "No signature was given.",
}
REFUSED = {
    "kk": "Қолтаңба қабылданбады",
    "ru": "Подпись не принята",
    "en": "The signature was not accepted",
}
AGAIN = {
    "kk": "Тергеніңіз осында сақталды",
    "ru": "Всё набранное осталось здесь",
    "en": "What you typed is still here",
}


@dataclass(frozen=True)
class Desk:
    """An installation that asks the authority, and an application that waits for its signature."""

    office: Office
    keys: Keys
    case: str
    task: str

    @property
    def address(self) -> str:
        return f"/tasks/{self.task}"

    @property
    def signatures(self) -> int:
        """How many signatures the application has; its request for the check was signed before."""
        documents = self.office.queries.instance(SYSTEM, self.case).documents
        (application,) = (each for each in documents if each.names["en"] == "Application")
        return len(application.signatures)


@pytest.fixture(name="desk", scope="module")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("signatures")
    with revocation_service() as service:
        office = Office(folder / "data", service.settings)
        keys = Keys(office.authority, folder, IIN, BIN, office.clock.now)
        service.publish(keys)
        case = waiting(office)
        yield Desk(office, keys, case, office.task(case, TO_SENT[2])[1].id)
        office.close()


def waiting(office: Office) -> str:
    """An application that only its signature is missing to."""
    case = office.start()
    office.do(case, TO_SENT[0])
    office.do(case, TO_SENT[1], places=1)
    return case


@pytest.fixture
def app(desk: Desk) -> Flask:
    office = desk.office
    return create_app(
        office.engine,
        WebSettings(secret_key="not secret", demo=True, cookie_secure=False),
        office.installation.people,
        signer=office.authority,
        options=office.engine.surroundings.options,
        clock=office.clock,
    )


def signed(browser: Browser, desk: Desk, sign: Callable[[bytes], bytes], **data: Any) -> Any:
    """The answer to the document signed in this way, as NCALayer's page sends it."""
    prepared = browser.post(f"{desk.address}/signature/prepared", desk.address).json
    assert prepared is not None
    cms = as_text(sign(base64.b64decode(prepared["data"])))
    given = {"way": "ncalayer", "nonce": prepared["nonce"], "cms": cms, "sending": "send"}
    return browser.post(f"{desk.address}/signature", desk.address, **(given | data))


def is_refused(answer: Any, desk: Desk, language: str) -> str:
    """It is said in the language, what was typed is there, nothing is kept; gives the summary."""
    assert answer.status_code == 422
    html = unescape(answer.text)
    assert f'<html lang="{language}"' in html
    found = re.search(r'id="error-summary".*?</ul>', html, re.DOTALL)
    assert found
    assert REFUSED[language] in found[0]
    assert re.search(r'name="sending"[^>]*value="send"[^>]*checked', html)
    assert "data-ncalayer" in html
    assert desk.office.open(desk.case) == [TO_SENT[2]]
    assert desk.signatures == 0
    return found[0]


@LANGUAGES
@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_signature_says_why(desk: Desk, sign_in: SignIn, how: str, language: str) -> None:
    browser = sign_in("employer-1", language)
    answer = signed(browser, desk, lambda content: desk.keys.wrong(how, content))
    said = is_refused(answer, desk, language)
    for part in parts(MESSAGES[WRONG[how]][language]):
        assert part in said


def test_whose_key_it_is_is_said_and_no_more_of_it_than_needed(desk: Desk, sign_in: SignIn) -> None:
    browser = sign_in("employer-1", "ru")
    answer = signed(browser, desk, lambda content: desk.keys.wrong("another person", content))
    said = is_refused(answer, desk, "ru")
    assert f"••••••••{ANOTHER_PERSON[-4:]}" in said
    assert f"••••••••{IIN[-4:]}" in said
    assert ANOTHER_PERSON not in answer.text
    answer = signed(browser, desk, lambda content: desk.keys.wrong("another enterprise", content))
    said = is_refused(answer, desk, "ru")
    assert ANOTHER_ENTERPRISE in said
    assert BIN in said


@LANGUAGES
def test_a_signature_without_its_nonce_or_with_anothers(
    desk: Desk, sign_in: SignIn, language: str
) -> None:
    browser = sign_in("employer-1", language)
    for nonce in ("", "of another signature"):
        answer = signed(browser, desk, desk.keys.right, nonce=nonce)
        assert NONCE[language] in is_refused(answer, desk, language)


@LANGUAGES
def test_a_nonce_that_is_too_old(desk: Desk, sign_in: SignIn, language: str) -> None:
    browser = sign_in("employer-1", language)
    prepared = browser.post(f"{desk.address}/signature/prepared", desk.address).json
    assert prepared is not None
    settings = desk.office.engine.surroundings.settings
    before = desk.office.clock.now
    desk.office.clock.advance(seconds=settings.nonce_lifetime.total_seconds() + 1)
    try:
        answer = signed(browser, desk, desk.keys.right, nonce=prepared["nonce"])
    finally:
        desk.office.clock.now = before
    assert NONCE[language] in is_refused(answer, desk, language)


@LANGUAGES
def test_no_signature_at_all(desk: Desk, sign_in: SignIn, language: str) -> None:
    browser = sign_in("employer-1", language)
    for given in ({"cms": ""}, {"cms_file": (BytesIO(b""), "empty.p7s")}):
        answer = browser.post(
            f"{desk.address}/signature", desk.address, way="file", sending="send", **given
        )
        assert NONE_GIVEN[language] in is_refused(answer, desk, language)


@LANGUAGES
@pytest.mark.parametrize(
    "file", [b"%PDF-1.7 the document itself", "қолтаңба емес".encode(), b"0\x82\xff\xff half"]
)
def test_a_file_that_is_no_signature(
    desk: Desk, sign_in: SignIn, file: bytes, language: str
) -> None:
    browser = sign_in("employer-1", language)
    answer = browser.post(
        f"{desk.address}/signature",
        desk.address,
        way="file",
        sending="send",
        cms_file=(BytesIO(file), "document.pdf"),
    )
    assert MESSAGES["parse"][language] in is_refused(answer, desk, language)


@LANGUAGES
def test_another_session_did_not_sign(desk: Desk, sign_in: SignIn, language: str) -> None:
    browser = sign_in("employer-1", language)
    answer = signed(browser, desk, desk.keys.right, csrf_token="of another session")
    assert answer.status_code == 400
    assert AGAIN[language] in unescape(answer.text)
    assert re.search(r'name="sending"[^>]*value="send"[^>]*checked', answer.text)
    assert desk.signatures == 0


def test_before_signing_the_answers_are_a_draft(desk: Desk, sign_in: SignIn) -> None:
    browser = sign_in("employer-1")
    assert browser.post(desk.address, sending="send").status_code == 200
    assert re.search(r'value="send"[^>]*checked', browser.get(desk.address).text)


def test_the_address_of_a_press_leads_to_its_task(desk: Desk, sign_in: SignIn) -> None:
    assert sign_in("employer-1").get(f"{desk.address}/signature").location == desk.address


@LANGUAGES
def test_a_signature_that_is_sent_again(desk: Desk, sign_in: SignIn, language: str) -> None:
    """As another press, for the same document: it is said, and there is still one signature."""
    case = waiting(desk.office)
    own = replace(desk, case=case, task=desk.office.task(case, TO_SENT[2])[1].id)
    browser = sign_in("employer-1", language)
    made: list[bytes] = []

    def sign(content: bytes) -> bytes:
        made.append(own.keys.right(content))
        return made[-1]

    tokens = browser.tokens(own.address)
    prepared = browser.post(f"{own.address}/signature/prepared", own.address).json
    assert prepared is not None
    cms = sign(base64.b64decode(prepared["data"]))
    press = tokens | {
        "way": "ncalayer",
        "nonce": prepared["nonce"],
        "cms": as_text(cms),
        "sending": "send",
    }
    first = browser.client.post(f"{own.address}/signature", data=press)
    assert first.status_code == 302
    assert browser.client.post(f"{own.address}/signature", data=press).location == first.location
    later = browser.client.post(f"{own.address}/signature", data=press | {"command_id": "a" * 32})
    assert later.status_code == 409
    assert own.signatures == 1
