"""The keyboard alone is enough: the employer's whole way, a specialist's task, a director's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.cases import Cases
from tests.browser.keyboard import Keyboard
from tests.browser.qadam import Qadam
from tests.browser.visit import Visit, shows
from tests.processes.fk_b03 import BIN, DETAILS, PROFESSIONS

pytestmark = pytest.mark.browser
PROFESSION, AREA = list(PROFESSIONS.items())[-1]
"""One that none of the prepared applications is for."""


def test_the_employers_whole_way(site: Qadam, visit: Callable[..., Visit], year: int) -> None:
    at = visit(site.address, "kk", follows=True)
    keys = Keyboard(at)
    at.go("/sign-in?lang=kk")
    keys.enter(at.button("Демо Жұмыс беруші 1"))
    at.page.wait_for_url("**/cabinet/")
    skips_to_the_content(keys)
    keys.enter(at.link("Өтінім қосу"))

    begins(keys, year)
    expect_heading(keys, "№ ")
    asks_for_the_check(keys)
    waits_until_the_check_has_passed(keys)

    fills_in_the_details(keys)
    fills_in_the_form(keys)
    expect_heading(keys, "Жауаптарыңызды тексеріңіз")
    keys.enter(at.button("Өтінімді сақтау"))
    told(keys, "Өтінім нысанын толтыру")

    signs_and_sends(keys)
    told(keys, "ЭЦҚ қол қою және ЕМО (МО) жіберу")
    expect(at.standing("МО қарауында").first).to_be_visible()
    assert at.complaints == []


def skips_to_the_content(keys: Keyboard) -> None:
    """The first stop of a page is the link past its header."""
    skip = keys.at.link(keys.at.says("Skip to the main content"))
    keys.press("Tab")
    expect(skip.first).to_be_focused()
    shows(skip)
    keys.press("Enter")
    expect(keys.at.page.locator("#main").first).to_be_focused()


def begins(keys: Keyboard, year: int) -> None:
    """Year and enterprise; first forgotten, and led to by the summary of what is wrong."""
    at = keys.at
    keys.enter(at.button("Continue"))
    shows(at.summary())
    expect(at.page.locator("#error-summary").first).to_be_focused()
    keys.enter(at.summary().get_by_role("link"))
    expect(at.page.locator("[name=financial_year]").first).to_be_focused()
    keys.choose(at.page.locator("[name=financial_year]"), str(year))
    enterprise = at.page.locator("[name=bin]").first
    keys.reach(enterprise)
    if enterprise.evaluate("control => control.tagName") == "SELECT":
        keys.choose(enterprise, BIN)
    else:
        keys.write(BIN)
    keys.enter(at.button("Continue"))


def asks_for_the_check(keys: Keyboard) -> None:
    """The request is signed; its page shows the button by itself as soon as it is made."""
    at = keys.at
    shows(at.button("Тексеруден өту"))
    keys.enter(at.button("Тексеруден өту"))
    shows(at.heading("Қолтаңба"))
    keys.enter(at.button("Sign with a demo key"))
    at.page.wait_for_url("**/check")


def waits_until_the_check_has_passed(keys: Keyboard) -> None:
    at = keys.at
    shows(at.link("Өтінім беру"))
    keys.enter(at.link("Өтінім беру"))
    shows(at.heading("Шарт үшін деректемелерді толтыру"))


def fills_in_the_details(keys: Keyboard) -> None:
    """In two languages; the telephone is wrong at first."""
    at = keys.at
    phone = at.page.locator("[name=phone]")
    for name, value in {**DETAILS, "phone": "?"}.items():
        control = at.page.locator(f"[name={name}]")
        if name == "bic":
            keys.search(control, value, value)
            expect(at.page.locator("[name=bank_ru]")).not_to_have_value("")
        elif not name.startswith("bank"):
            keys.reach(control)
            keys.write(value)
    keys.press("Enter")
    shows(at.summary())
    expect(at.page.locator("#error-summary").first).to_be_focused()
    keys.enter(at.summary().get_by_role("link"))
    expect(phone.first).to_be_focused()
    keys.write("+7 727 000 00 09")
    keys.press("Enter")


def fills_in_the_form(keys: Keyboard) -> None:
    at, page = keys.at, keys.at.page
    shows(at.heading("Өтінім нысанын толтыру"))
    keys.choose(page.locator("#field-region"), "750000000")
    page.locator("#field-district option[value='751110000']").wait_for(state="attached")
    keys.choose(page.locator("#field-district"), "751110000")
    for name in ("no_education_order", "no_medical_care", "no_grants"):
        keys.mark(page.locator(f"[name={name}]"), "true")
    measures = page.locator("[name=measure]")
    expect(measures).to_have_count(4)
    keys.mark(measures, "YP")
    keys.choose(page.locator("#field-professional_area"), AREA)
    page.locator(f"#field-profession option[value='{PROFESSION}']").wait_for(state="attached")
    keys.choose(page.locator("#field-profession"), PROFESSION)
    page.locator("[data-told='places']", has_text=re.compile(r"\d")).wait_for()
    keys.reach(page.locator("[name=places]"))
    keys.write("1")
    keys.enter(at.button("Continue"))


def signs_and_sends(keys: Keyboard) -> None:
    """By the menu of the application's row, which Escape closes."""
    at = keys.at
    asked = at.page.get_by_role("listitem").filter(has_text="ЭЦҚ қол қою және ЕМО (МО) жіберу")
    shows(asked.get_by_role("link"))  # the page has followed its automatic step
    number = at.page.get_by_role("heading", level=1).inner_text().removeprefix("№ ")
    keys.enter(at.page.locator(".govuk-back-link"))
    row = at.page.get_by_role("row").filter(has_text=number)
    menu = row.locator("details[data-menu]")
    keys.enter(menu.locator("summary"))
    shows(menu.get_by_role("link", name="Қол қою және жіберу"))
    keys.press("Escape")
    expect(menu.get_by_role("link", name="Қол қою және жіберу")).not_to_be_visible()
    expect(menu.locator("summary").first).to_be_focused()
    keys.press("Enter")
    keys.enter(menu.get_by_role("link", name="Қол қою және жіберу"))
    shows(at.heading("ЭЦҚ қол қою және ЕМО (МО) жіберу"))
    keys.mark(at.page.locator("[name=sending]"), "send")
    keys.enter(at.button("Continue"))
    shows(at.heading("Қолтаңба"))
    keys.enter(at.button("Sign with a demo key"))


def test_a_specialist_claims_and_completes_a_task(
    site: Qadam, cases: Cases, visit: Callable[..., Visit]
) -> None:
    at = visit(site.address, "ru")
    keys = Keyboard(at)
    at.go("/sign-in?lang=ru")
    keys.enter(at.button("Демо Специалист 2"))
    keys.enter(at.link("Задачи группы"))
    at.page.wait_for_url("**tab=group*")
    keys.press("/")
    keys.write(cases.number["by keys"])
    keys.press("Enter")
    at.page.wait_for_url("**search=*")
    keys.enter(at.button("Взять в работу"))
    told(keys, "Задача теперь ваша")
    keys.enter(at.button("Complete"))
    shows(at.summary())
    expect(at.page.locator("#error-summary").first).to_be_focused()
    keys.mark(at.page.locator("[name=review]"), "conforms")
    keys.enter(at.button("Complete"))
    told(keys, "Проверить работодателя и заявку")
    assert at.complaints == []


def test_a_director_claims_and_signs_a_contract(
    site: Qadam, cases: Cases, visit: Callable[..., Visit]
) -> None:
    at = visit(site.address, "ru")
    keys = Keyboard(at)
    at.go("/sign-in?lang=ru")
    keys.enter(at.button("Демо Руководитель 1"))
    keys.enter(at.link("Задачи группы"))
    at.page.wait_for_url("**tab=group*")
    keys.enter(at.page.locator(f"a[href='/tasks/{cases.task['director by keys']}']"))
    keys.enter(at.button("Взять в работу"))
    told(keys, "Задача теперь ваша")
    keys.mark(at.page.locator("[name=director_decision]"), "sign")
    keys.enter(at.button("Continue"))
    shows(at.heading("Подпись"))
    keys.enter(at.button("Sign with a demo key"))
    told(keys, "Проверить и подписать Договор")
    assert at.complaints == []


def expect_heading(keys: Keyboard, name: str) -> None:
    """After a press that was carried out, the focus is at the heading of the next page."""
    heading: Locator = keys.at.page.get_by_role("heading", level=1, name=name)
    shows(heading)
    expect(heading).to_be_focused()


def told(keys: Keyboard, text: str) -> None:
    """After a press that was carried out, the focus is at what the page tells of it."""
    shows(keys.at.told(text))
    expect(keys.at.page.locator(".q-flash").first).to_be_focused()
