"""Every page, in every language, on a desk and on a phone; and work by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.exceptions import NotFound

from tests.browser.cases import Cases
from tests.browser.judging import foreign_words, raw_codes
from tests.browser.places import NO_PAGES, PLACES, SEEN_BY_OTHERS, Place
from tests.browser.qadam import Qadam
from tests.browser.visit import LANGUAGES, NARROW, WIDE, Visit, shows
from web.bootstrap import install
from web.configuration import ROOT, read_configuration

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application itself, with all its routes."""
    told = {"QADAM_DATA": str(tmp_path_factory.mktemp("web")), "EDS_MODE": "demo"}
    installation = install(read_configuration(told))
    yield installation.web()
    installation.engine.close()


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


JUDGED = [
    (name, language)
    for name in PLACES
    for language in LANGUAGES
    if language != "en" or name not in SEEN_BY_OTHERS
]


@pytest.mark.parametrize(("name", "language"), JUDGED)
def test_a_page_fits_speaks_its_language_and_has_no_violation(
    chair: Callable[[str, str], Visit], cases: Cases, name: str, language: str
) -> None:
    """Axe judges each page at both widths, each in one of the languages: words change little.

    A page that several roles see is judged by axe once, as the first of them sees it.
    """
    place = PLACES[name]
    examine = Visit.look if name in SEEN_BY_OTHERS else Visit.examine
    at = chair(place.person, language)
    come(at, place, cases)
    at.unfold()
    if language == "ru":
        examine(at, name)
    else:
        at.look(name)
    if language != "en":
        at.resize(NARROW)
        assert foreign_words(at.page) == set()
    if language == "kk":
        examine(at, name)
    elif language == "ru":
        at.look(name)
    assert raw_codes(at.page) == set()


def come(at: Visit, place: Place, cases: Cases) -> None:
    """Goes to a place and does there what it says."""
    at.context.set_extra_http_headers({"Sec-CH-UA-Mobile": "?1"} if place.phone else {})
    path = place.path.format(**asdict(cases))
    assert at.go(f"{path}{'&' if '?' in path else '?'}lang={at.language}") == place.status
    assert urlsplit(at.page.url).path == urlsplit(path).path, "led elsewhere"
    if at.page.locator("[data-diagram]").count():
        shows(at.page.locator("[data-drawn]"))
    for name, value in place.typed.items():
        at.page.locator(f'[name="{name}"]').fill(value)
    for name in place.ticked:
        at.page.locator(f"#{name}").check()
    if place.pressed:
        with at.page.expect_navigation():
            at.button(place.pressed).first.click()
    if place.refused:
        shows(at.summary())


def test_every_route_has_a_page_that_is_judged(web: Flask, cases: Cases) -> None:
    routes = {
        rule.endpoint
        for rule in web.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES
    }
    addresses = web.url_map.bind("qadam")
    judged = set()
    for place in PLACES.values():
        path = urlsplit(place.path.format(**asdict(cases))).path
        with suppress(NotFound):
            judged.add(addresses.match(path)[0])
    assert routes - judged == set()


def test_every_form_of_the_process_is_judged(cases: Cases) -> None:
    paths = {place.path.format(**asdict(cases)) for place in PLACES.values()}
    tasks = {path.removeprefix("/tasks/").removesuffix("/review") for path in paths}
    judged = {name.rpartition(": ")[2] for name, task_id in cases.task.items() if task_id in tasks}
    assert user_tasks() - judged == set()


def user_tasks() -> set[str]:
    """The user tasks of the diagram."""
    text = (ROOT / "bpmn" / "fk_b03.bpmn").read_text(encoding="utf-8")
    return set(re.findall(r'<bpmn:userTask id="(\w+)"', text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skip_link_is_first_and_leads_past_the_header(
    site: Qadam, visit: Callable[..., Visit], language: str
) -> None:
    at = visit(site.address, language)
    at.go(f"/sign-in?lang={language}")
    at.page.keyboard.press("Tab")
    skip = at.link(at.says("Skip to the main content"))
    expect(skip).to_be_focused()
    shows(skip)
    at.page.keyboard.press("Enter")
    expect(at.page.locator("#main")).to_be_focused()
    at.page.keyboard.press("Tab")
    expect(at.page.locator(":focus")).to_have_attribute("name", "person")


def test_a_decision_of_a_case_is_unfolded_and_leads_to_its_rules(
    site: Qadam, cases: Cases, visit: Callable[..., Visit]
) -> None:
    at = visit(site.address, "ru").sign_in("Демо Оператор")
    at.go(f"/instances/{cases.instance['published: application']}")
    decided = at.page.locator(".q-decided", has_text="Места по мерам").first
    shows(decided.get_by_text("Доли по мерам: правило 1"))
    headcount = decided.locator("dt", has_text="Списочная численность").first
    expect(headcount).to_be_hidden()
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
