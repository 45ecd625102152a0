"""The request for the check in Kazakh and in Russian: the guide's screens 3 to 6."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from engine.commands import DatedRow, EditDatedTable
from tests.browser.qadam import Qadam
from tests.browser.visit import NARROW, PASS_CHECK, WIDE, Visit, shows
from tests.processes.fk_b03 import BIN, REGISTRY_DOWN, Office

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
PERSON = {"kk": "Демо Жұмыс беруші", "ru": "Демо Работодатель"}
STUDIED = {
    "kk": "Қолданыстағы еңбек шарттарының болуы",
    "ru": "Наличие действующих трудовых договоров",
}
PASSED = {"kk": "тексеру сәтті өтті", "ru": "проверка пройдена успешно"}
APPLY = {"kk": "Өтінім беру", "ru": "Подать заявку"}
DETAILS = {"kk": "Шарт үшін деректемелерді толтыру", "ru": "Заполнить реквизиты для договора"}
DELETED = {"kk": "Жойылды", "ru": "Удалена"}
NOT_REQUESTED = {"kk": "Тексеруге сұрау салынбаған", "ru": "Запрос на проверку не подписан"}


@BOTH
def test_the_request_is_signed_and_then_the_registries_are_waited_for(
    seat: Callable[..., Visit], year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 5", language, follows=True)
    at.begin(financial_year=year, bin=REGISTRY_DOWN)
    shows(at.button(PASS_CHECK[language]))
    at.button(PASS_CHECK[language]).click()
    shows(at.heading(at.says("Signature")))
    at.examine("request-sign")
    at.press("Sign with a demo key")
    at.page.wait_for_url("**/check")
    shows(at.page.get_by_text(at.says("Not answered yet")))
    at.examine("request-waits")


@BOTH
def test_the_conditions_are_studied_first_and_the_results_lead_to_the_application(
    seat: Callable[..., Visit], year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language, follows=True)
    at.begin(financial_year=year, bin=BIN)
    shows(at.button(PASS_CHECK[language]))
    expect(at.page.locator(".q-conditions li")).to_have_count(13)
    shows(at.page.get_by_text(STUDIED[language]))
    for width in (NARROW, WIDE):
        at.resize(width)
        at.examine("request")
    at.reach("button", PASS_CHECK[language])
    at.page.keyboard.press("Enter")
    shows(at.heading(at.says("Signature")))
    at.press("Sign with a demo key")
    shows(at.page.get_by_text(PASSED[language]))
    expect(at.page.locator(".q-conditions li")).to_have_count(13)
    at.examine("request-passed")
    at.link(APPLY[language]).click()
    shows(at.heading(DETAILS[language]))


@BOTH
def test_a_request_that_is_not_signed_is_deleted(
    seat: Callable[..., Visit], year: int, language: str
) -> None:
    at = seat(f"{PERSON[language]} 1", language)
    application = at.begin(financial_year=year, bin=BIN)
    at.await_(at.button(PASS_CHECK[language]))
    at.page.get_by_text(at.says("Delete this application")).click()
    at.examine("request-delete")
    at.press("Delete")
    at.page.wait_for_url(f"**/cabinet/applications/{application}")
    shows(at.standing(DELETED[language]))


@pytest.fixture(scope="module")
def begun() -> dict[str, str]:
    """Applications by language that were begun before their window closed."""
    return {}


@pytest.fixture(scope="module")
def closed_site(tmp_path_factory: pytest.TempPathFactory, begun: dict[str, str]) -> Iterator[Qadam]:
    """Qadam, served when the window has closed."""
    data = tmp_path_factory.mktemp("closed") / "data"
    office = Office(data)
    try:
        office.clock.now = datetime.now(UTC) - timedelta(days=1)
        year = office.clock.now.year
        begun |= {each: office.begin(financial_year=year) for each in ("kk", "ru")}
        close_window(office, year)
    finally:
        office.close()
    qadam = Qadam(data)
    yield qadam.serve()
    qadam.end()


def close_window(office: Office, year: int) -> None:
    """Applications for the year are taken until two days ago."""
    first = date(year - 1, 12, 1)
    row = DatedRow(first, office.clock.now.date() - timedelta(days=1), True)
    office.engine.execute(
        EditDatedTable("fk_b03/windows", str(year), "a test", row=row, replaces=first),
        office.person("owner-1").actor,
    )


@BOTH
def test_a_window_that_has_closed_since_is_told_and_nothing_is_lost(
    closed_site: Qadam, begun: dict[str, str], visit: Callable[..., Visit], language: str
) -> None:
    at = visit(closed_site.address, language).sign_in(f"{PERSON[language]} 1")
    page = f"/cabinet/applications/{begun[language]}"
    at.go(f"{page}/check")
    shows(at.heading(at.says("New applications are not taken now")))
    expect(at.button(PASS_CHECK[language])).to_have_count(0)
    at.examine("request-window-closed")
    at.go(page)
    shows(at.standing(NOT_REQUESTED[language]))
    at.link(at.says("Go on")).click()
    shows(at.page.get_by_text(at.says("Delete this application")))
