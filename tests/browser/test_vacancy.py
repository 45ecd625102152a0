"""The vacancy as the employer and the analyst meet it (rows 6.1 to 6.3, and after)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served, done, status
from tests.browser.visit import NARROW, Visit, shows
from tests.processes.fk_b03 import BEGINNING, DETAILS

pytestmark = pytest.mark.browser

LANGUAGES = ("kk", "ru")
AT_NINE = {"kk": "2026 ж. 5 наурыз, 09:00", "ru": "5 марта 2026 г., 09:00"}
"""The third working day after Monday, 2 March 2026."""
LAST_DAY = {"kk": "2026 ж. 30 мамыр", "ru": "30 мая 2026 г."}
"""The ninetieth day from 2 March 2026 on."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_employer_publishes_it_from_what_the_application_says(
    office: Served, sit: Callable[[str, str], Visit], language: str
) -> None:
    assert office.clock.now < BEGINNING + timedelta(hours=1), "these are the first of this file"
    profession = {"kk": "storekeeper", "ru": "cook"}[language]
    case = office.concluded_for(profession=profession, places=2)
    employer = sit("employer-1", language)
    page = f"/cabinet/applications/{case}"
    employer.go(page)
    shows(employer.page.locator(".q-action").get_by_text(AT_NINE[language]))
    employer.go(office.task_path(case, "publish_vacancy"))
    shows(employer.page.get_by_text(AT_NINE[language]))
    title = employer.control("vacancy", "title").input_value()
    assert title == {"kk": "Қоймашы / Кладовщик", "ru": "Аспаз / Повар"}[language]
    expect(employer.control("vacancy", "contact_phone")).to_have_value(DETAILS["phone"])
    expect(employer.control("vacancy", "contact_email")).to_have_value(DETAILS["email"])
    known = employer.page.locator("main dl.q-facts").first
    for text in {"kk": ("2", "Алмалы ауданы"), "ru": ("2", "Алмалинский район")}[language]:
        shows(known.get_by_text(text, exact=True))
    employer.fill("vacancy", {"duties": "Тауарды қабылдау / Приём товара", "salary": "150 000"})
    employer.resize(NARROW)
    employer.examine("vacancy-form")
    employer.press()
    shows(done(employer))
    office.work()
    employer.go(page)
    shows(employer.standing(status("published", language)))
    vacancy = employer.page.locator("section[aria-labelledby=vacancy-title]")
    shows(vacancy.get_by_text(LAST_DAY[language]))
    shows(vacancy.get_by_text({"kk": "90 күнтізбелік күн", "ru": "90 календарных дней"}[language]))
    shows(vacancy.get_by_text("Тауарды қабылдау / Приём товара"))
    employer.examine("vacancy-published")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_employer_withdraws_it(
    office: Served, sit: Callable[[str, str], Visit], language: str
) -> None:
    case = office.concluded_for()
    office.do(case, "publish_vacancy")
    employer = sit("employer-1", language)
    employer.go(office.task_path(case, "report_vacancy"))
    shows(employer.page.get_by_text(LAST_DAY[language]))
    for meaning in {
        "kk": ("Барлық орынға адам табылды", "Шарт күшінде қалады"),
        "ru": ("На все места найдены люди", "Договор остаётся в силе"),
    }[language]:
        shows(employer.page.get_by_text(meaning))
    employer.examine("vacancy-state")
    employer.fill("vacancy_state", {"vacancy_outcome": "withdrawn"})
    employer.press()
    shows(done(employer))
    office.work()
    employer.go(f"/cabinet/applications/{case}")
    shows(employer.standing(status("vacancy_withdrawn", language)))
    shows(employer.page.get_by_text(employer.says("It is no longer published.")))


def test_the_system_publishes_it_at_nine_on_the_third_working_day(
    office: Served, sit: Callable[[str, str], Visit]
) -> None:
    case = office.concluded_for()
    page = f"/cabinet/applications/{case}"
    employers = [sit("employer-1", language) for language in LANGUAGES]
    office.clock.now = datetime(2026, 3, 5, 3, 59, 59, tzinfo=UTC)
    office.work()
    for at in employers:
        at.go(page)
        shows(at.standing(status("contract_concluded", at.language)))
        shows(at.page.locator(".q-action").get_by_text(AT_NINE[at.language]))
    office.clock.now = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
    office.work()
    for at in employers:
        at.go(page)
        shows(at.standing(status("published", at.language)))
        by = phrase_before(at.says("Published by the system from the application: %(day)s"))
        shows(at.page.get_by_text(by))
        shows(at.page.get_by_text(office.profession(case)[at.language]).first)
        at.examine("vacancy-by-the-system")


def phrase_before(text: str) -> str:
    """A text up to its placeholder."""
    return text.partition("%(")[0].strip()


def test_the_analyst_monitors_it_and_the_staff_see_what_was_found(
    office: Served, sit: Callable[[str, str], Visit]
) -> None:
    case = office.concluded_for()
    office.do(case, "publish_vacancy")
    for round_, language in enumerate(LANGUAGES):
        office.clock.advance(days=15)
        office.work()
        analyst = sit("analyst-1", language)
        analyst.go(office.task_path(case, "monitor_vacancy"))
        vacancy = analyst.page.locator("section[aria-labelledby=vacancy-title]")
        shows(vacancy.get_by_text("+7 727 000 00 02"))
        shows(vacancy.get_by_text(DETAILS["phone"]))
        expect(vacancy.get_by_role("listitem")).to_have_count(round_)
        expect(analyst.control("monitoring", "monitoring_note")).to_have_value("")
        analyst.examine("vacancy-monitoring")
        found = {"relevance": "relevant", "monitoring_note": f"{round_ + 1}: іздейді / ищут"}
        analyst.fill("monitoring", found)
        analyst.press()
        shows(done(analyst))
        office.work()
    for language in LANGUAGES:
        specialist = sit("specialist-1", language)
        specialist.go(f"/instances/{case}")
        notes = specialist.page.locator("section[aria-labelledby=vacancy-title] li p")
        expect(notes).to_have_text(["2: іздейді / ищут", "1: іздейді / ищут"])
    specialist.examine("vacancy-case")
    employer = sit("employer-1", "kk")
    employer.go(f"/cabinet/applications/{case}")
    expect(employer.page.get_by_text("іздейді / ищут")).to_have_count(0)


def test_it_goes_to_the_archive_after_ninety_days(
    office: Served, sit: Callable[[str, str], Visit]
) -> None:
    case = office.concluded_for()
    office.do(case, "publish_vacancy")
    page = f"/cabinet/applications/{case}"
    employers = [sit("employer-1", language) for language in LANGUAGES]
    office.clock.advance(days=89)
    office.work()
    for at in employers:
        at.go(page)
        shows(at.standing(status("published", at.language)))
    office.clock.advance(days=1)
    office.work()
    for at in employers:
        at.go(page)
        shows(at.standing(status("archived", at.language)))
        shows(at.page.get_by_text(at.says("It is no longer published.")))
        expect(at.page.locator(".q-action")).to_have_count(0)
        at.examine("vacancy-archived")
