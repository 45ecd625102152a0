"""The check of the conditions as an employer meets it, in Kazakh and in Russian."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visit import NARROW, Visit, phrase, shows
from tests.processes.fk_b03 import FAILS_SOCIAL_PAYMENTS, REGISTRY_DOWN

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
PERSON = {"kk": "Демо Жұмыс беруші", "ru": "Демо Работодатель"}


@BOTH
def test_a_check_that_waits_is_followed_without_loading_the_page_again(
    seat: Callable[..., Visit], year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 5", language, follows=True)
    at.begin(financial_year=year, bin=REGISTRY_DOWN)
    at.sign_request()
    asked: list[str] = []
    at.page.on("request", lambda request: asked.append(request.url))
    at.go(at.path)
    shows(at.page.get_by_text(phrase(language, "Awaited"), exact=True).first)
    with at.page.expect_response("**/check/progress"):
        pass
    assert sum(url.endswith("/check") for url in asked) == 1
    at.examine(f"check-waits-{language}")
    at.resize(NARROW)
    at.examine(f"check-waits-{language}")


@BOTH
def test_a_new_application_within_the_lock_out_is_refused_with_the_date(
    seat: Callable[..., Visit], year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 4", language)
    at.go("/cabinet/start/fk_b03")
    at.fill("start", {"financial_year": year, "bin": FAILS_SOCIAL_PAYMENTS})
    at.press("Continue")
    shows(at.summary())
    expect(at.control("start", "bin")).to_have_value(FAILS_SOCIAL_PAYMENTS)
    at.examine(f"check-not-yet-{language}")
