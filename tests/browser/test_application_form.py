"""The application's form as people meet it: measures, places, the draft, the answers read over."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.cases import Cases
from tests.browser.visit import NARROW, Visit, shows
from tests.processes.fk_b03 import ANSWERS

pytestmark = pytest.mark.browser
PERSON = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1", "en": "Demo Employer 1"}
CONFIRMED = ("no_education_order", "no_medical_care", "no_grants")


def measures(at: Visit, count: int) -> None:
    """The page shows so many measures, now or in a moment."""
    at.page.wait_for_function(
        "count => document.querySelectorAll('[name=measure]').length === count", arg=count
    )


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_measures_and_places_follow_the_answers_at_once(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(PERSON[language], language)
    at.go(f"/tasks/{cases.task['application']}")
    at.fill("application", dict.fromkeys(CONFIRMED, True))
    measures(at, 4)
    at.fill("application", {"measure": "PW"})
    at.page.locator('[data-told="places"]', has_text=re.compile(r"\d+%")).wait_for()
    at.examine(f"measures-all-{language}")
    at.fill("application", {"no_grants": False})
    measures(at, 2)
    assert at.page.locator('[data-told="places"]').inner_text() == ""
    news = at.page.locator("[data-redrawn]").inner_text()
    assert at.page.locator('[data-told="measure"]').inner_text() in news
    at.fill("application", {"no_education_order": False})
    measures(at, 0)
    assert at.button("Continue").count() == 0
    at.examine(f"measures-none-{language}")
    at.resize(NARROW)
    at.look(f"measures-none-narrow-{language}")
    at.resize(1280)
    at.fill("application", dict.fromkeys(CONFIRMED, True))
    measures(at, 4)
    shows(at.button("Continue"))


def test_the_draft_saves_itself_also_after_signing_in_again(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(PERSON["kk"], "kk")
    at.go(f"/tasks/{cases.task['application']}")
    status = at.page.locator("[data-autosave]")
    at.fill("application", {"places": 7})
    status.filter(has_text=re.compile(r"Сақталды: \d\d:\d\d")).wait_for()
    kept = at.context.cookies()
    at.context.clear_cookies()
    at.fill("application", {"places": 8})
    status.filter(has_text="сеансыңыз аяқталды").wait_for()
    assert at.control("application", "places").input_value() == "8"
    at.context.add_cookies(
        [{"name": each["name"], "value": each["value"], "url": at.address} for each in kept]
    )
    at.fill("application", {"places": 9})
    status.filter(has_text="Сақталды:").wait_for()
    at.page.reload()
    assert at.control("application", "places").input_value() == "9"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_answers_are_read_over_and_changed(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(PERSON[language], language)
    at.go(f"/tasks/{cases.task['application']}")
    at.fill("application", ANSWERS["fill_application"])
    at.press("Continue")
    shows(at.heading(at.says("Check your answers")))
    at.examine(f"answers-{language}")
    at.resize(NARROW)
    at.look(f"answers-narrow-{language}")
    at.resize(1280)
    at.page.locator('a[href$="#field-places"]').click()
    assert at.path.endswith("#field-places")
    shows(at.control("application", "places"))
    at.page.go_back()
    shows(at.heading(at.says("Check your answers")))


def test_without_javascript_a_button_shows_what_is_offered(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(PERSON["ru"], "ru", javascript=False)
    at.go(f"/tasks/{cases.task['application']}")
    at.fill("application", {"no_grants": True, "no_education_order": False, "places": 3})
    at.page.locator('button[value="choose:measure"]').click()
    assert at.page.locator("[name=measure]").count() == 2
    assert at.control("application", "places").input_value() == "3"
