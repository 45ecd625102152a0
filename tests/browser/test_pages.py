"""Every page, in every language, on a desk and on a phone; and work by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.cases import Cases
from tests.browser.judging import foreign_words, raw_codes
from tests.browser.qadam import Qadam
from tests.browser.visit import LANGUAGES, NARROW, WIDE, Visit, shows

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Place:
    """A page: who looks at it, and its address, where {kind[case]} stands for an id."""

    person: str
    path: str
    status: int = 200


PLACES = {
    "sign-in": Place("", "/sign-in"),
    "cabinet": Place("Demo Employer 1", "/cabinet/"),
    "cabinet-empty": Place("Demo Employer 3", "/cabinet/"),
    "start": Place("Demo Employer 1", "/cabinet/start/fk_b03"),
    "start-counter": Place("Demo Specialist 1", "/cabinet/start/fk_b03"),
    "account": Place("Demo Employer 1", "/cabinet/account"),
    "account-details": Place("Demo Employer 1", "/cabinet/account/150140000012"),
    "application-returned": Place("Demo Employer 1", "/cabinet/applications/{instance[answer]}"),
    "application-refused": Place("Demo Employer 4", "/cabinet/applications/{instance[refused]}"),
    "check-to-request": Place("Demo Employer 1", "/cabinet/applications/{instance[begun]}/check"),
    "task-request": Place("Demo Employer 1", "/tasks/{task[begun]}"),
    "check-passed": Place("Demo Employer 1", "/cabinet/applications/{instance[details]}/check"),
    "check-refused": Place("Demo Employer 4", "/cabinet/applications/{instance[refused]}/check"),
    "check-operator": Place("Demo Employer 5", "/cabinet/applications/{instance[stopped]}/check"),
    "check-history": Place(
        "Demo Employer 4", "/cabinet/applications/{instance[refused]}/check/history"
    ),
    "task-application": Place("Demo Employer 1", "/tasks/{task[application]}"),
    "task-sign": Place("Demo Employer 1", "/tasks/{task[sign]}"),
    "task-vacancy": Place("Demo Employer 1", "/tasks/{task[vacancy: application]}"),
    "task-review": Place("Demo Specialist 1", "/tasks/{task[review]}"),
    "task-director": Place("Demo Director 1", "/tasks/{task[director]}"),
    "tasks-group": Place("Demo Specialist 1", "/tasks/?tab=group"),
    "tasks-together": Place(
        "Demo Specialist 1", "/tasks/together?task={task[demand]}&task={task[keyboard]}"
    ),
    "tasks-mine-empty": Place("Demo Analyst", "/tasks/?tab=mine"),
    "instances": Place("Demo Specialist 1", "/instances/"),
    "instance": Place("Demo Specialist 1", "/instances/{instance[published: application]}"),
    "instance-stopped": Place("Demo Operator", "/instances/{instance[stopped]}"),
    "cockpit": Place("Demo Operator", "/cockpit/"),
    "definition": Place("Demo Operator", "/cockpit/definitions/{definition[fk_b03_contract]}"),
    "decisions": Place("Demo Operator", "/cockpit/decisions/"),
    "decision-table": Place(
        "Demo Operator", "/cockpit/decisions/{decision[fk_b03_measures_confirmed]}"
    ),
    "decision-text": Place("Demo Operator", "/cockpit/decisions/{decision[fk_b03_places_offered]}"),
    "incidents": Place("Demo Operator", "/cockpit/incidents"),
    "working-days": Place("Demo Process Owner", "/working-days/"),
    "settings": Place("Demo Process Owner", "/settings/"),
    "settings-terms": Place("Demo Process Owner", "/settings/fk_b03/terms"),
    "settings-windows": Place("Demo Process Owner", "/settings/fk_b03/windows"),
    "settings-eligibility": Place("Demo Process Owner", "/settings/fk_b03/eligibility"),
    "settings-centres": Place("Demo Head of Unit", "/settings/fk_b03/centre_details"),
    "settings-window": Place("Demo Process Owner", "/settings/fk_b03/windows/edit"),
    "settings-centre": Place(
        "Demo Head of Unit",
        "/settings/fk_b03/centre_details/edit?key=almaty&row=2023-06-30&action=correct",
    ),
    "demo-registries": Place("Demo Employer 1", "/demo/registries/"),
    "completed": Place("Demo Employer 1", "/tasks/{task[completed]}", 409),
}


@pytest.fixture(scope="module")
def chair(
    chromium: Browser, site: Qadam, album: Path | None
) -> Iterator[Callable[[str, str], Visit]]:
    """Seats each person once for all the pages: `chair("Demo Analyst", "kk")`."""
    seated: dict[str, Visit] = {}

    def find(person: str, language: str) -> Visit:
        if person not in seated:
            at = seated[person] = Visit(chromium, site.address, "en", album=album)
            if person:
                at.sign_in(person)
        at = seated[person]
        at.language = language
        at.resize(WIDE)
        return at

    yield find
    for each in seated.values():
        each.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLACES)
def test_a_page_fits_and_speaks_its_language(
    chair: Callable[[str, str], Visit], cases: Cases, name: str, language: str
) -> None:
    place = PLACES[name]
    at = chair(place.person, language)
    path = place.path.format(**asdict(cases))
    assert at.go(f"{path}{'&' if '?' in path else '?'}lang={language}") == place.status
    if at.page.locator("[data-diagram]").count():
        shows(at.page.locator("[data-drawn]"))
    colours = language == "kk"  # they are the same in all languages
    at.examine(name, colours=colours)
    at.resize(NARROW)
    at.examine(name, colours=colours)
    if language != "en":
        assert foreign_words(at.page) == set()
    assert raw_codes(at.page) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skip_link_is_first_and_leads_past_the_header(
    site: Qadam, visit: Callable[..., Visit], language: str
) -> None:
    at = visit(site.address, language)
    at.go(f"/sign-in?lang={language}")
    at.page.keyboard.press("Tab")
    skip = at.link(at.says("Skip to the main content"))
    assert skip.evaluate("link => link === document.activeElement")
    shows(skip)
    at.page.keyboard.press("Enter")
    assert at.page.evaluate("document.activeElement.id") == "main"
    at.page.keyboard.press("Tab")
    assert at.page.evaluate("document.activeElement.name") == "person"


def test_a_decision_of_a_case_is_unfolded_and_leads_to_its_rules(
    site: Qadam, cases: Cases, visit: Callable[..., Visit]
) -> None:
    at = visit(site.address, "ru").sign_in("Демо Оператор")
    at.go(f"/instances/{cases.instance['published: application']}")
    decided = at.page.locator(".q-decided", has_text="Места по мерам").first
    shows(decided.get_by_text("Доли по мерам: правило 1"))
    headcount = decided.locator("dt", has_text="Списочная численность").first
    assert not headcount.is_visible()
    decided.get_by_text(at.says("Inputs and results")).focus()
    at.page.keyboard.press("Enter")
    shows(headcount)
    for width in (WIDE, NARROW):
        at.resize(width)
        at.examine("decided")
    decided.get_by_role("link", name="Места по мерам, версия 1").click()
    shows(at.heading("Места по мерам"))
    at.link("Доли по мерам").click()
    table = at.page.get_by_role("region", name=re.compile("Доли по мерам"))
    shows(table.get_by_role("rowheader", name="1"))


def test_a_task_from_the_sign_in_to_its_completion_by_keyboard_alone(
    site: Qadam, cases: Cases, visit: Callable[..., Visit]
) -> None:
    at = visit(site.address, "ru")
    at.go("/sign-in?lang=ru")
    at.reach("button", "Демо Специалист 2")
    at.page.keyboard.press("Enter")
    at.page.wait_for_url("**/tasks/**")
    at.reach("link", "Задачи группы")
    at.page.keyboard.press("Enter")
    at.page.wait_for_url("**tab=group*")
    at.page.keyboard.press("/")
    at.page.keyboard.type(cases.number["keyboard"])
    at.page.keyboard.press("Enter")
    at.page.wait_for_url("**search=*")
    at.reach("button", "Взять в работу")
    at.page.keyboard.press("Enter")
    shows(at.page.get_by_role("status").filter(has_text="Задача теперь ваша"))
    for label, answer in (("Спрос", "10"), ("Предложение", "12")):
        at.reach("textbox", label)
        at.page.keyboard.type(answer)
    at.page.keyboard.press("Enter")
    shows(
        at.page.get_by_role("status").filter(
            has_text="Формировать спрос и предложение на организацию СРМ"
        )
    )
    assert at.complaints == []
