"""Numbers, addresses and choices that can not be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine.forms.messages import KEYWORDS, filled
from tests.browser.bad_input.conftest import BOTH, START, Counter
from tests.browser.bad_input.forms import error_at, fill_start, is_said, is_typed
from tests.browser.visit import NARROW, Visit, shows
from tests.processes.fk_b03 import ANSWERS, BIN, DETAILS

pytestmark = pytest.mark.browser
NOT_BELONGING = {
    "kk": "Бұл мамандық таңдалған кәсіби салаға жатпайды",
    "ru": "Эта профессия не из выбранной области",
}
OTHER_BANK = {"kk": "«Kaspi Bank» АҚ", "ru": "АО «Kaspi Bank»"}


@BOTH
def test_numbers_that_are_wrong_by_themselves(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['details']}")
    typed = {**DETAILS, "iban": "KZ86125KZT5004100101", "kbe": "99", "phone": "+7 727",
             "email": "почта"}  # fmt: skip
    employer.fill("details", typed)
    employer.press()
    shows(employer.summary())
    for field, kind in (("kbe", "kz-kbe"), ("phone", "tel"), ("email", "email")):
        is_said(employer, "details", field, KEYWORDS[f"format {kind}"][language])
    expect(error_at(employer, employer.control("details", "iban"))).to_contain_text("IBAN")
    is_typed(employer, "details", typed)
    employer.look("bad-numbers")
    employer.resize(NARROW)
    employer.look("bad-numbers")


@BOTH
def test_an_account_at_another_bank_than_the_one_chosen(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['details']}")
    typed = {**DETAILS, "iban": "KZ02722KZT5004100100"}
    employer.fill("details", typed)
    employer.press()
    sentence = filled(KEYWORDS["x-options code-in"], OTHER_BANK)[language]
    is_said(employer, "details", "bic", sentence)
    is_typed(employer, "details", typed)
    employer.look("bad-bank")


@BOTH
def test_an_iin_that_can_not_be(at: Callable[..., Visit], language: str) -> None:
    employer = at(language)
    employer.go(START)
    fill_start(employer)
    for number, slip in (
        ("900101300018", "check digit"),
        ("901301300017", "date"),
        (BIN, "kind"),
    ):
        employer.fill("start", {"power_holder_iin": number})
        employer.press("Continue")
        sentence = KEYWORDS[f"format kz-iin {slip}"][language]
        is_said(employer, "start", "power_holder_iin", sentence)
        expect(employer.control("start", "power_holder_iin")).to_have_value(number)
        expect(employer.control("start", "power_holder")).to_have_value("Үлгі Өкіл")
    employer.look("bad-iin")


@BOTH
def test_a_number_of_places_that_can_not_be(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['application']}")
    employer.fill("application", ANSWERS["fill_application"])
    for typed, key, limit in (
        ("0", "minimum", 1),
        ("-1", "minimum", 1),
        ("1" + "0" * 30, "maximum", 999),
        ("٣", "type integer", None),
        ("2 3", "type integer", None),
    ):
        employer.fill("application", {"places": typed})
        employer.press("Continue")
        is_said(employer, "application", "places", filled(KEYWORDS[key], limit)[language])
        expect(employer.control("application", "places")).to_have_value(typed)
        expect(employer.page.locator("[name=measure]:checked")).to_have_attribute("value", "YP")
    employer.look("bad-places")


@BOTH
def test_a_profession_of_another_area(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language, javascript=False)
    employer.go(f"/tasks/{counter.task['profession']}")
    employer.fill("application", {"professional_area": "catering"})
    employer.press("Continue")
    is_said(employer, "application", "profession", NOT_BELONGING[language])
    expect(employer.control("application", "places")).to_have_value("3")
