"""What can be wrong with a press itself: its session, its size, and what changed meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest

from handlers.fk_b03 import refusals
from tests.processes.fk_b03 import BIN, DETAILS, SYSTEM, Office
from tests.support.files import pdf
from tests.support.posted import BY_POWER, as_posted, is_kept, said_at
from tests.web.bad_input.conftest import address
from tests.web.conftest import Browser

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Browser]
LANGUAGES = pytest.mark.parametrize("language", ["kk", "ru", "en"])
START = "/cabinet/start/fk_b03"
SMALL = "150140000022"
"""An enterprise that has room for two places."""


@LANGUAGES
def test_a_page_of_an_older_session_keeps_what_was_typed(
    sign_in: SignIn, office: Office, details: str, language: str
) -> None:
    browser = sign_in("employer-1", language)
    pages: list[tuple[str, dict[str, str]]] = [
        (details, as_posted(DETAILS)),
        (f"/cabinet/account/{BIN}", as_posted(DETAILS)),
        (START, BY_POWER),
    ]
    before = office.queries.instance_list(SYSTEM, state="all", limit=100).rows
    for page, values in pages:
        answer = browser.client.post(page, data=values | {"csrf_token": "old"})
        assert answer.status_code == 400
        assert f'<html lang="{language}"' in answer.text
        assert 'id="error-summary"' in answer.text
        is_kept(answer.text, values)
        again = dict(re.findall(r'name="(csrf_token)" value="([^"]+)"', answer.text))
        assert again["csrf_token"] != "old"
    assert office.queries.instance_list(SYSTEM, state="all", limit=100).rows == before


def test_a_page_of_an_older_session_without_a_form_is_an_error_page(sign_in: SignIn) -> None:
    answer = sign_in("employer-1").client.post("/tasks/nothing", data={"csrf_token": "old"})
    assert answer.status_code == 400
    assert "Go back, reload the page" in answer.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Кішірек файл тіркеңіз"),
        ("ru", "Приложите файл поменьше"),
        ("en", "Attach a smaller file"),
    ],
)
def test_a_request_that_is_larger_than_allowed(
    sign_in: SignIn, details: str, language: str, sentence: str
) -> None:
    browser = sign_in("employer-1", language)
    data = browser.tokens(details) | {"head_ru": "я" * 3 * 1024 * 1024}
    answer = browser.client.post(details, data=data)
    assert answer.status_code == 413
    assert sentence in answer.text


@LANGUAGES
def test_a_session_that_has_ended_is_said_in_the_language_of_the_page(
    sign_in: SignIn, details: str, language: str
) -> None:
    browser = sign_in("employer-1", language)
    data = browser.tokens(details) | as_posted(DETAILS)
    browser.client.delete_cookie("qadam")
    answer = browser.client.post(
        details, data=data, headers={"Referer": f"http://localhost{details}"}
    )
    assert answer.status_code == 400
    assert f'<html lang="{language}"' in answer.text
    assert f'href="/sign-in?next={details}"' in answer.text


@LANGUAGES
def test_a_window_that_closes_while_the_form_is_open(
    sign_in: SignIn, office: Office, language: str
) -> None:
    browser = sign_in("employer-1", language)
    data: dict[str, Any] = browser.tokens(START) | BY_POWER
    data["power_document.file"] = (BytesIO(pdf()), "power.pdf")
    before = office.clock.now
    office.clock.now = before.replace(year=2027)
    try:
        answer = browser.client.post(START, data=data)
    finally:
        office.clock.now = before
    assert answer.status_code == 422
    said = said_at(answer.text, "financial_year")
    assert said.startswith(refusals.WINDOW_CLOSED[language].format(year=2026, next="").strip())
    is_kept(answer.text, BY_POWER)


@pytest.fixture(name="outrun", scope="module")
def _outrun(office: Office) -> str:
    """The address of a task that signs for places which another application has taken since."""
    cases = []
    for profession in ("cashier", "storekeeper"):
        case = office.start(bin=SMALL)
        office.do(case, "fill_details")
        office.do(case, "fill_application", profession=profession, places=2)
        cases.append(case)
    office.do(cases[1], "sign_application")
    return address(office, cases[0], "sign_application")


@LANGUAGES
def test_places_that_ran_out_meanwhile(sign_in: SignIn, outrun: str, language: str) -> None:
    answer = sign_in("employer-1", language).post(f"{outrun}/signature", outrun, sending="send")
    assert answer.status_code == 422
    begins = refusals.PLACES_GONE[language].partition("{places}")[0]
    assert begins in unescape(answer.text)
    assert re.search(r'name="sending"[^>]*value="send"[^>]*checked', answer.text)
