"""The screens of the employer's guide, one after the other, in its own words (docs/guide.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.cases import Cases
from tests.browser.guide_words import CONDITIONS, WORDS
from tests.browser.served import Served
from tests.browser.visit import Visit, shows
from tests.processes.fk_b03 import ANSWERS, BIN, DETAILS, FAILS_SOCIAL_PAYMENTS

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
PERSON = {"kk": "Демо Жұмыс беруші", "ru": "Демо Работодатель"}
MOMENT = r"\d\d\.\d\d\.\d{4},? \d\d:\d\d:\d\d"


def says(language: str, name: str) -> Any:
    """What the guide says."""
    return WORDS[language][name]


def listed(at: Visit, number: str) -> Locator:
    """The row of an application on the tab of applications."""
    at.go(f"/cabinet/?search={number}")
    return at.page.get_by_role("row").filter(has_text=number)


@BOTH
def test_screen_1_the_details_of_the_enterprise_in_two_languages(
    seat: Callable[..., Visit], language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    at.go("/cabinet/")
    at.link(says(language, "details")).first.click()
    shows(at.heading(says(language, "details")))
    at.page.locator(f"a[href='/cabinet/account/{BIN}']").click()
    for name in ("name", "address", "head", "bank"):
        for each in ("kk", "ru"):
            shows(at.control("details", f"{name}_{each}"))
    at.fill("details", {**DETAILS, "phone": "+7 727 000 00 07"})
    at.press("Save")
    at.page.wait_for_url("**/cabinet/account")
    at.go(f"/cabinet/account/{BIN}")
    expect(at.control("details", "phone")).to_have_value("+7 727 000 00 07")
    at.examine("guide-1")


@BOTH
def test_screen_2_the_tab_of_applications_and_a_new_one(
    seat: Callable[..., Visit], language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    at.go("/cabinet/")
    tab = at.page.get_by_role("link", name=says(language, "applications"), exact=True)
    expect(tab).to_have_attribute("aria-current", "page")
    shows(at.link(says(language, "history")))
    at.examine("guide-2")
    at.page.get_by_role("main").get_by_role("link", name=says(language, "add")).click()
    shows(at.control("start", "financial_year"))


@BOTH
def test_screen_3_the_year_and_the_enterprise(
    seat: Callable[..., Visit], year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    at.go("/cabinet/start/fk_b03")
    shows(at.page.get_by_label(says(language, "year")))
    shows(at.page.get_by_label(re.compile(f"^{says(language, 'enterprise')}")))
    assert str(year) in at.control("start", "financial_year").inner_text()
    shows(at.page.get_by_role("button", name=says(language, "continue"), exact=True))
    at.examine("guide-3")


@BOTH
def test_screen_4_the_conditions_are_studied_and_the_request_is_signed(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    at.go(f"/cabinet/applications/{cases.instance['begun']}/check")
    rows = at.page.locator(".q-conditions > li")
    expect(rows).to_have_count(len(CONDITIONS[language]))
    for row, condition in zip(rows.all(), CONDITIONS[language], strict=True):
        shows(row.get_by_text(condition))
    at.examine("guide-4-before")
    at.page.get_by_role("button", name=says(language, "pass"), exact=True).click()
    shows(at.heading(at.says("Signature")))
    shows(at.button("Sign with a demo key"))


@BOTH
def test_screen_4_the_check_is_asked_for_and_waits_in_the_queue(
    office: Served, visit: Callable[..., Visit], language: str
) -> None:
    """Year and enterprise, «Жалғастыру», «Тексеруден өту», the signature, the number."""
    at = office.seat(visit, "employer-1", language)
    at.go("/cabinet/start/fk_b03")
    at.fill("start", {"financial_year": office.clock.now.year, "bin": BIN})
    at.button(says(language, "continue")).click()
    at.page.wait_for_url("**/check")
    office.work()
    at.sign_request()
    shows(at.page.get_by_text(re.compile(rf"{re.escape(says(language, 'waits'))} *\d+")))
    shows(at.link(says(language, "check")))
    at.examine("guide-4")


@BOTH
def test_screen_5_the_check_has_passed(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    at.go(f"/cabinet/applications/{cases.instance['details']}/check")
    shows(at.page.get_by_text(says(language, "passed")))
    checked = at.page.get_by_role("main").get_by_text(at.says("Checked:"))
    shows(checked.locator("time"))
    met = at.page.locator(".q-conditions > li")
    expect(met).to_have_count(len(CONDITIONS[language]))
    for row, condition in zip(met.all(), CONDITIONS[language], strict=True):
        shows(row.get_by_text(condition))
        expect(row).not_to_contain_text(at.says("Condition not met"))
    shows(at.page.get_by_role("link", name=says(language, "apply"), exact=True))
    at.examine("guide-5")


@BOTH
def test_screen_6_the_check_has_not_passed_and_says_from_when_again(
    seat: Callable[..., Visit], cases: Cases, year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 4", language)
    at.go(f"/cabinet/applications/{cases.instance['refused']}/check")
    shows(at.page.get_by_text(says(language, "refused")))
    shows(at.page.get_by_text(re.compile(rf"{says(language, 'again')}:? {MOMENT}")))
    rows = at.page.locator(".q-conditions > li")
    for row, condition in zip(rows.all(), CONDITIONS[language], strict=True):
        shows(row.get_by_text(condition))
    wrong = rows.filter(has_text=at.says("Condition not met"))
    expect(wrong).to_have_count(1)
    shows(wrong.filter(has_text=CONDITIONS[language][4]).get_by_text(says(language, "debt")))
    at.examine("guide-6")
    at.go("/cabinet/start/fk_b03")
    at.fill("start", {"financial_year": year, "bin": FAILS_SOCIAL_PAYMENTS})
    at.press("Continue")
    shows(at.summary())


def confirmation(at: Visit, sentence: str, answer: str) -> Locator:
    """The choice (its English) that answers a confirmation."""
    group = at.page.get_by_role("group", name=sentence, exact=True)
    return group.get_by_label(at.says(answer), exact=True)


@BOTH
def test_screen_7_the_form_of_the_application(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    at.go(f"/tasks/{cases.task[f'guide form {language}']}")
    shows(at.page.get_by_label(says(language, "place"), exact=True))
    shows(at.page.get_by_role("group", name=says(language, "measure")))
    for sentence in says(language, "confirmations"):
        confirmation(at, sentence, "Yes").check()
    measures = at.page.locator("[data-field=measure] label")
    expect(measures).to_have_text(list(says(language, "measures")))
    confirmation(at, says(language, "confirmations")[2], "No").check()
    expect(measures).to_have_text(list(says(language, "without grants")))
    at.press("Continue")
    shows(at.summary())
    for name in ("region", "measure", "professional_area", "places"):
        expect(at.page.locator(f"[data-field={name}].govuk-form-group--error")).to_have_count(1)
    at.examine("guide-7")
    at.fill("application", ANSWERS["fill_application"])
    at.page.locator("[data-told=places]", has_text=re.compile(r"\d+%")).wait_for()
    at.press("Continue")
    shows(at.heading(at.says("Check your answers")))
    shows(at.button(says(language, "save")))


@BOTH
def test_screen_8_actions_then_signed_and_sent_and_a_message_comes(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    case = f"guide {language}"
    row = listed(at, cases.number[case])
    shows(row.get_by_text(says(language, "not sent")))
    row.locator("summary", has_text=says(language, "actions")).click()
    for action in ("edit", "delete", "send"):
        shows(row.get_by_role("link", name=says(language, action)))
    at.examine("guide-8")
    row.get_by_role("link", name=says(language, "send")).click()
    at.fill("filing", {"sending": "send"})
    at.press("Continue")
    at.press("Sign with a demo key")
    shows(at.standing(says(language, "under review")))
    row = listed(at, cases.number[case])
    shows(row.get_by_text(says(language, "under review")).first)
    for action in ("edit", "delete", "send"):
        expect(row.get_by_role("link", name=says(language, action))).to_have_count(0)
    at.go("/cabinet/messages")
    told = f"{says(language, 'told')}: {cases.number[case]}"
    at.await_(at.page.get_by_text(told), "/cabinet/messages")
    in_either = "|".join(says(each, "told") for each in WORDS)  # the enterprise's language
    mailed = re.compile(rf"({in_either}): {cases.number[case]}")
    at.await_(at.page.get_by_text(mailed), "/messages/mailbox/")


@BOTH
def test_the_tab_with_the_history_of_checks(seat: Callable[..., Visit], language: str) -> None:
    at = seat(f"{PERSON[language]} 4", language)
    at.go("/cabinet/")
    at.link(says(language, "history")).first.click()
    tab = at.page.get_by_role("main").get_by_role("link", name=says(language, "history"))
    expect(tab.first).to_have_attribute("aria-current", "page")
    kept = at.page.locator("details").filter(has_text=at.says("Check not passed")).first
    kept.locator("summary").click()
    shows(kept.get_by_text(says(language, "refused")))
    at.examine("guide-history")
