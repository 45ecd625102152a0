"""«Әрекеттер» of a row of the cabinet's list, as people press it; and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.served import Served, done, status
from tests.browser.visit import NARROW, WIDE, Visit, phrase, shows
from tests.processes.fk_b03 import FAILS_SOCIAL_PAYMENTS
from tests.web.cabinet import standing
from web.configuration import ROOT

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
ACTIONS = json.loads((ROOT / "bpmn" / "fk_b03" / "actions.json").read_text(encoding="utf-8"))


def number(office: Served, case: str) -> str:
    return str(office.row(case).business_key)


def row(at: Visit, office: Served, case: str) -> Locator:
    """The row of a case in the list, which is searched for it."""
    at.go(f"/cabinet/?search={number(office, case)}")
    return at.page.get_by_role("row").filter(has_text=number(office, case))


def menu(at: Visit, office: Served, case: str) -> Locator:
    """The menu of a case's row, opened."""
    found = row(at, office, case)
    found.locator("summary").click()
    return found.locator("details")


def choose(at: Visit, office: Served, case: str, action: str) -> None:
    name = ACTIONS[action]["names"][at.language]
    menu(at, office, case).get_by_role("link", name=name).click()


@BOTH
def test_the_menu_offers_what_the_status_allows_and_the_keyboard_is_enough(
    office: Served, sit: Callable[..., Visit], language: str
) -> None:
    case = standing.draft(office, "fill_details")
    at = sit("employer-1", language)
    opened = menu(at, office, case)
    wanted = ["view", "edit", "delete", "sign_and_send"]
    names = [re.escape(ACTIONS[action]["names"][language]) for action in wanted]
    offered = [re.compile(rf"^\s*{name}\s*(№|$)") for name in names]
    expect(opened.get_by_role("link")).to_have_text(offered)
    for width in (WIDE, NARROW):
        at.resize(width)
        at.examine("cabinet-menu")
    at.page.keyboard.press("Escape")
    expect(opened.get_by_role("link").first).to_be_hidden()
    summary = opened.locator("summary")
    expect(summary).to_be_focused()
    at.page.keyboard.press("Enter")
    for _ in wanted[:3]:
        at.page.keyboard.press("Tab")
    at.page.keyboard.press("Enter")
    shows(at.heading(ACTIONS["delete"]["names"][language]))
    for width in (WIDE, NARROW):
        at.resize(width)
        at.examine("action-delete-asked")
    at.reach("button", ACTIONS["delete"]["names"][language])
    at.page.keyboard.press("Enter")
    shows(at.standing(status("deleted", language)))
    assert office.outcome(case) == ("completed", "deleted")


@BOTH
def test_an_application_that_is_ready_to_be_signed_is_edited(
    office: Served, sit: Callable[..., Visit], language: str
) -> None:
    case = standing.draft(office, "fill_details", "fill_application")
    at = sit("employer-1", language)
    choose(at, office, case, "edit")
    at.button(ACTIONS["edit"]["names"][language]).click()
    shows(done(at))
    office.work()
    choose(at, office, case, "edit")
    shows(at.control("details", "iban"))
    expect(at.control("details", "iban"), "what was entered is kept").not_to_have_value("")


@BOTH
def test_an_application_is_signed_and_sent_and_then_it_is_only_looked_at(
    office: Served, sit: Callable[..., Visit], language: str
) -> None:
    case = standing.draft(office, "fill_details", "fill_application")
    at = sit("employer-1", language)
    choose(at, office, case, "sign_and_send")
    at.fill("filing", {"sending": "send"})
    at.press("Continue")
    at.press("Sign with a demo key")
    shows(done(at))
    office.work()
    found = menu(at, office, case)
    expect(found.get_by_role("link")).to_have_count(1)
    shows(row(at, office, case).get_by_text(status("under_review", language)))
    awaited = {"kk": "МО қарауын күтуде", "ru": "ожидает рассмотрения в КЦ"}[language]
    shows(row(at, office, case).get_by_text(awaited))


@BOTH
def test_what_has_become_impossible_meanwhile_is_refused_in_words(
    office: Served, sit: Callable[..., Visit], language: str
) -> None:
    case = standing.draft(office, "fill_details", "fill_application")
    at = sit("employer-1", language)
    choose(at, office, case, "delete")
    office.walk(case, "sign_application")
    at.button(ACTIONS["delete"]["names"][language]).click()
    shows(at.page.get_by_text(status("under_review", language)))
    shows(at.heading(ACTIONS["delete"]["names"][language]))
    for width in (WIDE, NARROW):
        at.resize(width)
        at.examine("action-refused")
    assert office.outcome(case) == ("active", "under_review")


@BOTH
def test_the_menu_works_without_javascript(
    office: Served, sit: Callable[..., Visit], language: str
) -> None:
    case = standing.returned(office, "answer_remark")
    at = sit("employer-1", language, javascript=False)
    choose(at, office, case, "withdraw")
    at.button(ACTIONS["withdraw"]["names"][language]).click()
    office.work()
    at.go(f"/cabinet/applications/{case}")
    shows(at.standing(status("withdrawn", language)))


@BOTH
def test_the_list_is_limited_to_a_status_and_an_enterprise(
    office: Served, sit: Callable[..., Visit], language: str
) -> None:
    case = standing.draft(office)
    at = sit("employer-1", language)
    at.go("/cabinet/")
    at.page.get_by_label(at.says("Status"), exact=True).select_option("not_sent")
    at.page.get_by_label(at.says("Enterprise"), exact=True).select_option(standing.BIN)
    at.press("Show")
    at.page.wait_for_url("**status=not_sent**")
    tags = at.page.get_by_role("table").locator(".q-tag")
    shows(at.link(number(office, case)))
    assert set(tags.all_inner_texts()) == {status("not_sent", language)}
    at.page.get_by_label(at.says("Status"), exact=True).select_option("archived")
    at.press("Show")
    shows(at.page.get_by_text(at.says("Nothing was found.")))
    at.link(at.says("Show all")).click()
    shows(at.link(number(office, case)))
    for width in (WIDE, NARROW):
        at.resize(width)
        at.examine("cabinet-list")


@pytest.fixture(scope="module")
def locked_out(office: Served) -> str:
    """An enterprise of the fourth employer that did not pass its check."""
    office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    return FAILS_SOCIAL_PAYMENTS


@BOTH
def test_a_lock_out_is_said_before_an_application_is_begun(
    sit: Callable[..., Visit], locked_out: str, language: str
) -> None:
    at = sit("employer-4", language)
    at.go("/cabinet/start/fk_b03")
    shows(at.heading(phrase(language, "Not possible for these enterprises yet")))
    notice = at.page.get_by_role("listitem").filter(has_text=locked_out)
    shows(notice.filter(has_text="12.03.2026 09:00:00"))
    for width in (WIDE, NARROW):
        at.resize(width)
        at.examine("start-locked-out")
