"""The account and the linked choices as people meet them, in Kazakh and in Russian."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cases import Cases
from tests.browser.visit import Visit, phrase, shows
from tests.processes.fk_b03 import DETAILS

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
PERSON = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1"}
ENTERPRISE = "/cabinet/account/150140000022"
SEARCHED = {"kk": "дермен", "ru": "дермен"}


@BOTH
def test_details_are_kept_and_a_wrong_one_is_said(
    seat: Callable[..., Visit], language: str
) -> None:
    at = seat(PERSON[language], language)
    at.go(ENTERPRISE)
    given = {key: value for key, value in DETAILS.items() if not key.startswith("bank_")}
    at.fill("details", {**given, "iban": "KZ00"})
    bank = at.control("details", "bank_ru")
    expect(bank).to_have_value(re.compile("ЦентрКредит"))
    at.button(phrase(language, "Save")).click()
    shows(at.summary())
    expect(at.control("details", "iban")).to_have_value("KZ00")
    at.examine(f"account-wrong-{language}")
    at.fill("details", {"iban": DETAILS["iban"]})
    at.button(phrase(language, "Save")).click()
    at.page.wait_for_url("**/cabinet/account")
    at.examine(f"account-kept-{language}")


@BOTH
def test_the_place_is_chosen_step_by_step_and_searched(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(PERSON[language], language)
    at.go(f"/tasks/{cases.task['application']}")
    at.fill("application", {"region": "610000000", "district": "611600000"})
    search = at.page.locator("#field-settlement-filter")
    search.fill(SEARCHED[language])
    values = "(list) => [...list.options].map((option) => option.value)"
    settlement = at.control("application", "settlement")
    assert settlement.evaluate(values) == ["", "611637100"]
    at.fill("application", {"settlement": "611637100"})
    at.examine(f"place-{language}")
    at.fill("application", {"region": "710000000", "district": "711210000"})
    at.page.wait_for_selector("#field-settlement", state="detached")
