"""Staff change what is dated, and employers see it: windows, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.judging import foreign_words
from tests.browser.qadam import Qadam
from tests.browser.visit import NARROW, WIDE, Visit, shows

pytestmark = pytest.mark.browser

OWNER = {"kk": "Демо Процесс иесі", "ru": "Демо Владелец процесса"}
EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1"}
UNIT_HEAD = {"kk": "Демо Бөлімше басшысы", "ru": "Демо Руководитель подразделения"}
ORDER = {"kk": "№ 7 бұйрық", "ru": "Приказ № 7"}
LANGUAGES = ("kk", "ru")


@pytest.fixture(scope="module")
def own_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Qadam]:
    """A demonstration of its own: what is changed here changes every page of it."""
    qadam = Qadam(tmp_path_factory.mktemp("settings") / "data")
    yield qadam.serve("demo")
    qadam.end()


@pytest.fixture
def today() -> date:
    return datetime.now(ZoneInfo("Asia/Almaty")).date()


def confirm(at: Visit, name: str) -> None:
    """Looks at what would hold, and confirms it."""
    at.press("See what would change")
    shows(at.page.get_by_text(at.says("So it would hold:")))
    at.examine(f"{name}-preview")
    at.press("Confirm")
    shows(at.page.get_by_role("status"))


def write(at: Visit, name: str, value: str) -> None:
    at.page.locator(f'[name="{name}"]').fill(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_is_closed_and_employers_are_told_of_the_next_one(
    own_site: Qadam, visit: Callable[..., Visit], language: str, today: date
) -> None:
    if today.month == 12:
        pytest.skip("in December the next year's window of the demonstration is open too")
    employer = visit(own_site.address, language).sign_in(EMPLOYER[language])
    employer.go("/cabinet/start/fk_b03")
    employer.page.locator("[name=financial_year]").select_option(str(today.year))
    employer.page.locator("[name=bin]").select_option("150140000022")
    owner = visit(own_site.address, language).sign_in(OWNER[language])
    owner.go("/settings/")
    owner.link("Периоды приёма заявок" if language == "ru" else "Өтінімдерді қабылдау").click()
    owner.page.locator(f"a[href*='key={today.year}']").first.click()
    owner.link(owner.says("End")).click()
    write(owner, "to", (today - timedelta(days=1)).isoformat())
    write(owner, "note", ORDER[language])
    confirm(owner, "settings-window-end")

    employer.press("Continue")
    shows(employer.summary())
    expect(employer.page.locator("[name=bin]")).to_have_value("150140000022")
    expect(employer.page.locator("[name=financial_year]")).to_have_value(str(today.year))
    employer.examine("start-window-closed")
    employer.go("/cabinet/")
    shows(employer.heading(employer.says("New applications are not taken now")))
    expect(employer.page.locator("a[href='/cabinet/start/fk_b03']")).to_have_count(0)
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.examine("home-window-closed")
    assert foreign_words(employer.page) == set()
    owner.go("/settings/fk_b03/windows")
    owner.page.locator(f"a[href*='key={today.year}']").first.click()
    owner.link(owner.says("As deployed")).click()
    write(owner, "note", ORDER[language])
    confirm(owner, "settings-window-deployed")
    employer.go("/cabinet/")
    expect(employer.page.locator("a[href='/cabinet/start/fk_b03']")).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_that_staff_add_can_be_applied_for_that_day(
    own_site: Qadam, visit: Callable[..., Visit], language: str, today: date
) -> None:
    year = {"kk": "2041", "ru": "2042"}[language]
    employer = visit(own_site.address, language).sign_in(EMPLOYER[language])
    employer.go("/cabinet/start/fk_b03")
    years = employer.page.locator("[name=financial_year] option")
    assert year not in years.all_inner_texts()
    owner = visit(own_site.address, language).sign_in(OWNER[language])
    owner.go("/settings/fk_b03/windows")
    owner.link(owner.says("Add a window")).click()
    for name, value in (
        ("key", year),
        ("from", today.isoformat()),
        ("to", (today + timedelta(days=5)).isoformat()),
        ("note", ORDER[language]),
    ):
        write(owner, name, value)
    confirm(owner, "settings-window-add")
    employer.go("/cabinet/start/fk_b03")
    assert year in years.all_inner_texts()
    for width in (WIDE, NARROW):
        employer.resize(width)
        employer.examine("start-with-an-added-year")
    application = employer.begin(financial_year=year, bin="150140000022")
    employer.go(f"/cabinet/applications/{application}")
    shows(employer.page.get_by_text(re.compile(rf"{year}-\d+")).first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_changed_by_keyboard_alone(
    own_site: Qadam, visit: Callable[..., Visit], language: str, today: date
) -> None:
    at = visit(own_site.address, language).sign_in(OWNER[language])
    key = "2.2" if language == "kk" else "2.3"
    at.go(f"/settings/fk_b03/terms/edit?key={key}&row=2023-06-30&action=correct")
    at.page.locator("[name=value]").focus()
    at.page.keyboard.press("Control+A")
    at.page.keyboard.type("4")
    at.page.locator("[name=note]").focus()
    at.page.keyboard.type(ORDER[language])
    at.reach("button", at.says("See what would change"))
    at.page.keyboard.press("Enter")
    shows(at.page.get_by_text(at.says("This also changes what held on days that are past.")))
    at.reach("button", at.says("Confirm"))
    at.page.keyboard.press("Enter")
    shows(at.page.get_by_role("status"))
    shows(at.page.get_by_role("row").filter(has_text=ORDER[language]))
    assert foreign_words(at.page) == set()
    at.examine("settings-terms-edited")
    at.resize(NARROW)
    at.examine("settings-terms-edited")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_centre_has_a_new_telephone_and_employers_see_it(
    own_site: Qadam, visit: Callable[..., Visit], language: str, today: date
) -> None:
    at = visit(own_site.address, language, javascript=False).sign_in(UNIT_HEAD[language])
    at.go("/settings/fk_b03/centre_details/edit?key=almaty&row=2023-06-30&action=correct")
    number = "+7 (727) 300-00-0" + str(LANGUAGES.index(language))
    write(at, "value.phone", "жоқ")
    write(at, "note", ORDER[language])
    at.press("See what would change")
    shows(at.summary())
    expect(at.page.locator("[name='value.phone']")).to_have_value("жоқ")
    at.resize(NARROW)
    at.look("settings-centre-wrong")
    write(at, "value.phone", number)
    at.press("See what would change")
    at.press("Confirm")
    shows(at.page.get_by_role("status"))
    employer = visit(own_site.address, language).sign_in(EMPLOYER[language])
    employer.go("/cabinet/")
    employer.page.locator("summary").filter(
        has_text=re.compile(employer.says("Centres by region"))
    ).click()
    shows(employer.link(number))
    employer.examine("home-contacts")
