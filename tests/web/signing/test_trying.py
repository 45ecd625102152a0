"""Trying one's signature: whose it is, for whom it would be accepted; nothing is stored."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from engine.signatures import RevocationAnswers, RevocationMode, TrustStore
from engine.signatures.demo import DemoAuthority
from engine.signatures.refusal import MESSAGES
from tests.support.signing import WRONG, Keys, as_text, parts
from tests.support.small_world import NOW
from web.app import create_app
from web.people import load_people
from web.settings import WebSettings
from web.signature_check import TrustedSignatures

IIN, BIN, OTHER_BIN = "850312390018", "150140000012", "150140000022"


@pytest.fixture(name="keys", scope="module")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    folder = tmp_path_factory.mktemp("demo")
    return Keys(DemoAuthority.create(folder / "authority"), folder, IIN, BIN, NOW)


@pytest.fixture
def app(engine: Any, settings: WebSettings, keys: Keys) -> Flask:
    authority = keys.authority
    trust = TrustStore.from_directory(authority.trust_directory, demo=True)

    class Lists:
        def answers(self, chain: tuple[bytes, ...]) -> RevocationAnswers:
            return RevocationAnswers(crls=keys.revocation_lists())

    signatures = TrustedSignatures(trust, RevocationMode.REQUIRED, Lists())
    return create_app(
        engine,
        settings,
        load_people(),
        signer=authority,
        signatures=signatures,
        clock=lambda: NOW,
    )


def challenge(html: str) -> bytes:
    found = re.search(r'data-content="([^"]+)"', html)
    assert found
    return base64.b64decode(found[1])


def tried(browser: Any, sign: Callable[[bytes], bytes], **data: Any) -> Any:
    """The page after signing what it asked to sign, in the browser's session."""
    html = browser.get("/sign/try").text
    tokens = dict(re.findall(r'name="(csrf_token|command_id)" value="([^"]+)"', html))
    cms = as_text(sign(challenge(html)))
    return browser.client.post("/sign/try", data=tokens | {"way": "ncalayer", "cms": cms} | data)


def test_it_says_whose_it_is_and_for_whom_it_would_be_accepted(
    sign_in: Callable[..., Any], keys: Keys, engine: Any
) -> None:
    answer = tried(sign_in("employer-1"), keys.right)
    assert answer.status_code == 200
    for text in ("Демо Қол қоюшы", IIN, "ТОО «Үлгі»", BIN, "2059", "Nothing of this"):
        assert text in answer.text
    yes, no = re.findall(r"<li>.*?</li>", answer.text, re.DOTALL)[-2:]
    assert "Yes" in yes and BIN in yes
    assert "No" in no and OTHER_BIN in no and f"{BIN}, expected: {OTHER_BIN}" in no
    assert engine.commands == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("how", [how for how in WRONG if how != "another enterprise"])
def test_every_wrong_signature_is_told_in_ones_language(
    sign_in: Callable[..., Any], keys: Keys, how: str, language: str
) -> None:
    answer = tried(sign_in("employer-1", language), lambda text: keys.wrong(how, text))
    assert answer.status_code == 422
    for part in parts(MESSAGES[WRONG[how]][language]):
        assert part in unescape(answer.text)


def test_what_is_signed_says_what_it_is_and_is_for_one_try(
    sign_in: Callable[..., Any], keys: Keys
) -> None:
    browser = sign_in("employer-1")
    first = challenge(browser.get("/sign/try").text)
    assert first.startswith(b"Qadam: try my signature. employer-1, ")
    assert challenge(browser.get("/sign/try").text) != first
    answer = tried(browser, lambda _: keys.right(first))
    assert MESSAGES["message_digest"]["en"] in answer.text
    tokens = browser.tokens("/sign/")
    again = browser.post("/sign/try", "/tasks/task-1", cms=as_text(keys.right(first)), **tokens)
    assert "open for too long" in again.text
    assert again.status_code == 422


def test_a_signature_from_a_file_and_none_at_all(sign_in: Callable[..., Any], keys: Keys) -> None:
    browser = sign_in("employer-1")
    html = browser.get("/sign/try").text
    tokens = dict(re.findall(r'name="(csrf_token|command_id)" value="([^"]+)"', html))
    file = (BytesIO(keys.right(challenge(html))), "try.p7s")
    answer = browser.client.post("/sign/try", data=tokens | {"way": "file", "cms_file": file})
    assert answer.status_code == 200
    nothing = tried(browser, keys.right, way="file", cms="")
    assert "Choose its file" in nothing.text
    assert nothing.status_code == 422


@pytest.mark.parametrize("who", ["employer-1", "employer-2", "director-1", "specialist-1"])
def test_with_a_demo_key(sign_in: Callable[..., Any], keys: Keys, who: str) -> None:
    """Also a sole trader, a head of a centre, and someone who signs for nobody."""
    answer = tried(sign_in(who), keys.right, way="demo")
    assert answer.status_code == 200, answer.text


def test_the_page_may_reach_ncalayer_and_others_may_not(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("employer-1")
    policy = browser.get("/sign/try").headers["Content-Security-Policy"]
    assert "connect-src 'self' wss://127.0.0.1:13579;" in policy
    assert "wss:" not in browser.get("/cabinet/").headers["Content-Security-Policy"]
    assert "wss:" not in browser.get("/sign/").headers["Content-Security-Policy"]


def test_it_is_offered_on_the_first_day(sign_in: Callable[..., Any]) -> None:
    assert 'href="/sign/try"' in sign_in("employer-1").get("/cabinet/").text
