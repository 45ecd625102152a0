"""What would refuse an application is said before it is begun: lock-outs, windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.processes.fk_b03 import BIN, FAILS_SOCIAL_PAYMENTS, Office

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
START = "/cabinet/start/fk_b03"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "2026 жыл бойынша тексеруден өтпеді. Қайта тексеру 12.03.2026 09:00:00 бастап"),
        ("ru", "Проверка на 2026 год не пройдена. Повторная проверка возможна с 12.03.2026 09:00"),
        ("en", "The check for 2026 was not passed. A new check is possible from 12.03.2026 09:00"),
    ],
)
def test_a_lock_out_is_said_with_its_enterprise_and_moment(
    office: Office, sign_in: SignIn, language: str, text: str
) -> None:
    browser = sign_in("employer-4", language)
    assert text not in browser.get(START).text
    office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    html = browser.get(START).text
    assert text in html
    refused = browser.post(START, financial_year="2026", bin=FAILS_SOCIAL_PAYMENTS)
    assert refused.status_code == 422
    assert text in refused.text, "it still stands above the form that was refused"


def test_it_is_said_no_longer_when_its_time_has_come(office: Office, sign_in: SignIn) -> None:
    office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    browser = sign_in("employer-4")
    told = "Not possible for these enterprises yet"
    assert told in browser.get(START).text
    office.clock.advance(days=10)
    assert told not in browser.get(START).text


def test_a_check_that_was_passed_locks_nobody_out(office: Office, sign_in: SignIn) -> None:
    office.start(bin=BIN)
    assert "Not possible for these enterprises" not in sign_in("employer-1").get(START).text


def test_the_windows_are_said_before_the_form(sign_in: SignIn) -> None:
    html = sign_in("employer-1").get(START).text
    windows = html.index("Applications for 2026 are taken until")
    assert windows < html.index('name="financial_year"')
    assert "for 2027." in html, "the next one"


def test_the_history_of_all_own_enterprises_is_under_a_tab(office: Office, sign_in: SignIn) -> None:
    office.start(bin=BIN)
    browser = sign_in("employer-1")
    assert 'href="/cabinet/checks"' in browser.get("/cabinet/").text
    html = browser.get("/cabinet/checks").text
    assert html.index(BIN) < html.index("Check passed") < html.index("150140000022")
    assert html.count("No check was carried out yet.") == 1
    assert BIN not in sign_in("employer-2").get("/cabinet/checks").text


def test_the_account_names_the_one_kept_language_of_e_mails(
    office: Office, sign_in: SignIn
) -> None:
    browser = sign_in("employer-1")
    html = browser.get("/cabinet/account").text
    assert html.count("<dd>Қазақша</dd>") == 2
    page = "/cabinet/messages/language"
    browser.post(page, **{BIN: "ru", "150140000022": "kk"})
    html = browser.get("/cabinet/account").text
    assert html.index("<dd>Русский</dd>") < html.index("<dd>Қазақша</dd>")
    assert office.installation.post.languages(office.person("employer-1").actor)[BIN] == "ru"
