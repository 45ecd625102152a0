"""The application's form as people meet it: measures, places, the draft, the answers read over."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.cases import Cases
from tests.browser.visit import NARROW, Visit, shows
from tests.processes.fk_b03 import ANSWERS

pytestmark = pytest.mark.browser
PERSON = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1", "en": "Demo Employer 1"}
CONFIRMED = ("no_education_order", "no_medical_care", "no_grants")
NOT_UPDATED = (
    "The fields that depend on this answer could not be updated. It is tried again by itself."
)


def measures(at: Visit, count: int) -> None:
    """The page shows so many measures, now or in a moment."""
    expect(at.page.locator("[name=measure]")).to_have_count(count)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_measures_and_places_follow_the_answers_at_once(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(PERSON[language], language)
    at.go(f"/tasks/{cases.task['application']}")
    measures(at, 0)
    shows(at.button("Continue"))
    at.examine(f"measures-unanswered-{language}")
    at.fill("application", dict.fromkeys(CONFIRMED, True))
    measures(at, 4)
    at.fill("application", {"measure": "PW"})
    at.page.locator('[data-told="places"]', has_text=re.compile(r"\d+%")).wait_for()
    at.examine(f"measures-all-{language}")
    at.fill("application", {"no_grants": False})
    measures(at, 2)
    expect(at.page.locator('[data-told="places"]')).to_have_text("")
    news = at.page.locator("[data-redrawn]").inner_text()
    assert at.page.locator('[data-told="measure"]').inner_text() in news
    at.fill("application", {"no_education_order": False})
    measures(at, 0)
    expect(at.button("Continue")).to_have_count(0)
    at.examine(f"measures-none-{language}")
    at.resize(NARROW)
    at.look(f"measures-none-narrow-{language}")
    at.resize(1280)
    at.fill("application", dict.fromkeys(CONFIRMED, True))
    measures(at, 4)
    shows(at.button("Continue"))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_without_a_connection_it_is_said_and_tried_again(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(PERSON[language], language)
    at.context.clock.install()
    at.go(f"/tasks/{cases.task['application']}")
    at.fill("application", {"region": "750000000"})
    shows(at.control("application", "district"))
    task = f"**/tasks/{cases.task['application']}"
    at.page.route(task, lambda route: route.abort())
    at.fill("application", {"region": "710000000"})
    said = at.page.locator("[data-not-redrawn]")
    expect(said).to_have_text(at.says(NOT_UPDATED))
    assert set(at.complaints) == {"Failed to load resource: net::ERR_FAILED"}
    at.complaints.clear()
    at.examine(f"not-updated-{language}")
    at.page.unroute(task)
    at.wait(16)
    district = at.page.locator("[name=district] option[value='711210000']")
    expect(district).to_have_count(1)
    expect(said).to_have_text("")


def test_what_is_chosen_before_the_page_is_whole_leads_all_the_same(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(PERSON["ru"], "ru")
    held: list[Route] = []
    at.page.route("**/choices.js*", lambda route: held.append(route))
    at.page.goto(f"{at.address}/tasks/{cases.task['application']}", wait_until="commit")
    region = at.control("application", "region")
    almaty, astana = ("750000000", "751110000"), ("710000000", "711210000")
    code, district = almaty if region.input_value() == astana[0] else astana
    region.select_option(code)
    offered = at.page.locator(f"[name=district] option[value='{district}']")
    expect(offered).to_have_count(0)
    held[0].continue_()
    expect(offered).to_have_count(1)


def test_the_draft_saves_itself_also_after_signing_in_again(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(PERSON["kk"], "kk")
    at.context.clock.install()
    at.go(f"/tasks/{cases.task['application']}")
    status = at.page.locator("[data-autosave]")
    at.fill("application", {"places": 7})
    at.wait(4)
    status.filter(has_text=re.compile(r"Сақталды: \d\d:\d\d")).wait_for()
    kept = at.context.cookies()
    at.context.clear_cookies()
    at.fill("application", {"places": 8})
    at.wait(4)
    status.filter(has_text="сеансыңыз аяқталды").wait_for()
    expect(at.control("application", "places")).to_have_value("8")
    at.context.add_cookies(
        [{"name": each["name"], "value": each["value"], "url": at.address} for each in kept]
    )
    at.fill("application", {"places": 9})
    at.wait(4)
    status.filter(has_text="Сақталды:").wait_for()
    at.page.reload()
    expect(at.control("application", "places")).to_have_value("9")


def test_back_to_a_refused_form_asks_for_it_anew_and_sends_nothing(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(PERSON["ru"], "ru")
    address = f"/tasks/{cases.task['application']}"
    at.go(address)
    at.fill("application", {"places": 4})
    at.press("Continue")
    shows(at.summary())
    at.page.locator("[data-autosave]", has_text="Сохранено").wait_for()
    at.page.locator(".govuk-back-link").click()
    at.page.wait_for_url("**/cabinet/**")
    answer = at.page.go_back()
    assert answer is not None and answer.status == 200
    assert answer.request.method == "GET"
    expect(at.control("application", "places")).to_have_value("4")
    expect(at.summary()).to_have_count(0)


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
    answers = {**dict.fromkeys(CONFIRMED, True), "no_education_order": False, "places": 3}
    at.fill("application", answers)
    at.page.locator('button[value="choose:measure"]').click()
    expect(at.page.locator("[name=measure]")).to_have_count(2)
    expect(at.control("application", "places")).to_have_value("3")
