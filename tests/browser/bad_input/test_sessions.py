"""A session that ends, a connection that is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from engine.forms.messages import KEYWORDS
from tests.browser.bad_input.conftest import BOTH, EMPLOYER, SMALL, START, Counter
from tests.browser.bad_input.forms import fill_start, go_to_sign, is_said, is_typed
from tests.browser.judging import foreign_words
from tests.browser.visit import NARROW, WIDE, Visit, shows
from tests.processes.fk_b03 import DETAILS

pytestmark = pytest.mark.browser
OWNER = {"kk": "Демо Процесс иесі", "ru": "Демо Владелец процесса"}
NOT_SAVED = (
    "Not saved: you are signed out. Leave this page open and sign in again in another tab; "
    "then it is saved by itself."
)


def sign_in_elsewhere(at: Visit, name: str) -> None:
    """In another tab of the same browser."""
    here = at.page
    at.page = at.tab()
    at.sign_in(name)
    at.page.close()
    at.page = here


def after_lunch(at: Visit) -> None:
    """A while later, for the page."""
    at.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=30))


@BOTH
def test_a_session_that_ends_while_the_form_is_filled_in(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    employer.go(f"/tasks/{counter.task[f'session {language}']}")
    employer.fill("details", DETAILS)
    employer.context.clear_cookies(name="qadam")
    after_lunch(employer)
    employer.press()
    status = employer.page.locator("[data-autosave]")
    shows(status.filter(has_text=employer.says(NOT_SAVED)))
    is_typed(employer, "details", DETAILS)
    employer.look("session-ended")
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press()
    shows(employer.page.locator("#field-region"))
    assert employer.complaints == []


@BOTH
def test_a_session_that_ends_before_a_new_application_is_begun(
    at: Callable[..., Visit], language: str
) -> None:
    employer = at(language)
    employer.go(START)
    fill_start(employer)
    employer.fill("start", {"power_number": ""})
    employer.context.clear_cookies(name="qadam")
    after_lunch(employer)
    employer.press("Continue")
    told = employer.page.locator("[data-signed-out]")
    shows(told.filter(has_text={"kk": "сеансыңыз аяқталды", "ru": "сеанс завершён"}[language]))
    employer.examine("session-ended-at-the-start")
    expect(employer.control("start", "power_holder")).to_have_value("Үлгі Өкіл")
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press("Continue")
    is_said(employer, "start", "power_number", KEYWORDS["required"][language])
    expect(employer.control("start", "power_holder")).to_have_value("Үлгі Өкіл")


@BOTH
@pytest.mark.parametrize(
    ("who", "path", "name", "pressed"),
    [
        (EMPLOYER, f"/cabinet/account/{SMALL}", "[name=phone]", "Save"),
        (EMPLOYER, START, "[name=financial_year]", "Continue"),
        (OWNER, "/messages/texts/fk_b03/returned", "#subject-ru", "See how it will look"),
    ],
)
def test_a_session_that_has_just_ended_holds_the_press_back(
    visit: Callable[..., Visit],
    counter: Counter,
    language: str,
    who: dict[str, str],
    path: str,
    name: str,
    pressed: str,
) -> None:
    """Also at once, without a pause; the press goes on after signing in again."""
    person = visit(counter.qadam.address, language).sign_in(who[language])
    person.go(path)
    field = person.page.locator(name)
    typed = type_into(field)
    person.context.clear_cookies(name="qadam")
    told = person.page.locator("[data-signed-out]")
    for leave in (
        lambda: person.press(pressed),
        lambda: person.page.locator("a[data-language=en]").click(),
    ):
        leave()
        shows(told.filter(has_text={"kk": "сеансыңыз аяқталды", "ru": "сеанс завершён"}[language]))
        expect(field).to_have_value(typed)
    person.examine(f"session-just-ended-{pressed}")
    sign_in_elsewhere(person, who[language])
    person.page.locator("a[data-language=en]").click()
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    expect(field).to_have_value(typed)
    with person.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        person.page.get_by_role("button", name=pressed).click()
    assert answered.value.status in (200, 302, 422)
    assert person.complaints == []


def type_into(field: Locator) -> str:
    """Types a text, or chooses the last of the values."""
    if field.evaluate("(control) => control.tagName") == "SELECT":
        field.select_option(index=field.locator("option").count() - 1)
    else:
        field.fill("8 700 000 00 77")
    return field.input_value()


@BOTH
def test_a_page_of_an_older_session_without_javascript(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    """Signing in again made its token worthless: the page comes back with what was typed."""
    employer = at(language, javascript=False)
    employer.go(f"/tasks/{counter.task[f'stale {language}']}")
    employer.fill("details", DETAILS)
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press()
    sentence = {"kk": "Тергеніңіз осында сақталды", "ru": "Всё набранное осталось здесь"}
    shows(employer.summary().filter(has_text=sentence[language]))
    is_typed(employer, "details", DETAILS)
    assert foreign_words(employer.page) == set()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.look("stale-page")
    employer.press()
    shows(employer.page.locator("#field-region"))


@BOTH
def test_a_session_that_ends_before_the_signature(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "sign")
    employer.context.clear_cookies(name="qadam")
    employer.press("Sign with NCALayer")
    status = employer.page.get_by_role("status")
    shows(status.filter(has_text={"kk": "қол қойылған жоқ", "ru": "ничего не подписано"}[language]))
    assert counter.ncalayer.asked == []
    expect(employer.page.locator("[name=sending]:checked")).to_have_attribute("value", "send")
    employer.examine("signed-out-while-signing")
    sign_in_elsewhere(employer, EMPLOYER[language])
    employer.press("Sign with NCALayer")
    shows(status.filter(has_text=employer.says(
        "You closed NCALayer's window without signing. Nothing was sent; you can sign again."
    )))  # fmt: skip
    assert len(counter.ncalayer.asked) == 1


@BOTH
def test_no_connection_while_signing(
    at: Callable[..., Visit], counter: Counter, language: str
) -> None:
    employer = at(language)
    go_to_sign(employer, counter, "sign")
    employer.page.route("**/signature/prepared", lambda route: route.abort())
    employer.press("Sign with NCALayer")
    status = employer.page.get_by_role("status")
    shows(status.filter(has_text={"kk": "байланыс жоқ", "ru": "нет связи"}[language]))
    expect(employer.page.locator("[data-told]")).not_to_contain_text("Failed to fetch")
    assert counter.ncalayer.asked == []
