"""What others did since the page was opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import expect

from handlers.fk_b03 import refusals
from tests.browser.bad_input.conftest import BOTH, WELDER, Counter
from tests.browser.bad_input.forms import go_to_sign, is_said
from tests.browser.judging import foreign_words
from tests.browser.visit import NARROW, WIDE, Visit, shows
from tests.processes.fk_b03 import ANSWERS

pytestmark = pytest.mark.browser
PLACES_GONE = {
    "kk": "Өтінім толтырылғаннан кейін орындар басқа өтініммен алынды.",
    "ru": "После заполнения этой заявки места заняты другой заявкой.",
}


def before_the_number(texts: Mapping[str, str], language: str) -> str:
    """What is said up to the number of the other application."""
    return texts[language].partition("{number}")[0]


@BOTH
def test_a_profession_that_has_an_application_already(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task['profession taken']}")
    employer.fill("application", {**ANSWERS["fill_application"], **WELDER, "places": 1})
    employer.press("Continue")
    said = before_the_number(refusals.PROFESSION_TAKEN, language)
    is_said(employer, "application", "profession", said)
    expect(employer.summary()).to_contain_text(re.compile(r"№ \d{4}-\d+"))
    expect(employer.control("application", "profession")).to_have_value("welder")
    expect(employer.control("application", "places")).to_have_value("1")
    assert foreign_words(employer.page) == set()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.look("profession-taken")


@BOTH
def test_a_profession_for_which_another_application_was_sent_meanwhile(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "profession gone")
    employer.press("Sign with a demo key")
    said = before_the_number(refusals.PROFESSION_GONE, language)
    shows(employer.summary().filter(has_text=said))
    expect(employer.page.locator("[name=sending]:checked")).to_have_attribute("value", "send")
    employer.look("profession-gone")


@BOTH
def test_places_that_ran_out_meanwhile(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "places gone")
    employer.press("Sign with a demo key")
    shows(employer.summary().filter(has_text=PLACES_GONE[language]))
    told = employer.summary().get_by_role("listitem")
    shows(told.filter(has_text=re.compile(r"\b2\b.*\b0\b")))
    expect(employer.page.locator("[name=sending]:checked")).to_have_attribute("value", "send")
    assert foreign_words(employer.page) == set()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.look("places-gone")
