"""The check of the conditions: the queue, who is awaited, the thirteen results, the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.commands import DatedRow, EditDatedTable
from engine.errors import EngineError
from engine.identity import Actor
from engine.queries import Queries
from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from tests.processes.fk_b03 import ANSWERS, BIN, FAILS_SOCIAL_PAYMENTS, Office
from tests.support.registry_office import asking_registries

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
TWELVE_EMPLOYEES = "150140000022"
ENTERPRISES = (("employer-1", BIN), ("employer-4", FAILS_SOCIAL_PAYMENTS))


@pytest.fixture
def moods(tmp_path: Path) -> RegistryMoods:
    return RegistryMoods.of_demo(tmp_path / "moods.json", demo.REGISTRIES)


@pytest.fixture
def office(tmp_path: Path, moods: RegistryMoods) -> Iterator[Office]:
    with asking_registries(tmp_path / "data", moods) as opened:
        yield opened


def request(office: Office, case: str, user: str) -> None:
    """Signs the request; nobody has begun the check."""
    person, task = office.task(case, "request_check", user)
    office.engine.execute(office.signed(person, task.id, ANSWERS["request_check"]), person.actor)


def panel(browser: Any, case: str) -> str:
    answer = browser.get(f"/cabinet/applications/{case}/check/progress")
    assert answer.status_code == 200
    return str(answer.text)


def test_the_number_in_the_queue_is_that_of_the_order_of_signing(
    office: Office, sign_in: SignIn
) -> None:
    first, second = (office.begin(user, bin=number) for user, number in ENTERPRISES)
    request(office, second, "employer-4")
    request(office, first, "employer-1")
    one, other = sign_in("employer-1", "ru"), sign_in("employer-4", "ru")
    assert "Номер в очереди: 2" in panel(one, first)
    assert "Номер в очереди: 1" in panel(other, second)
    page = one.get(f"/cabinet/applications/{first}").text
    assert f'data-check="/cabinet/applications/{first}/check/progress"' in page
    assert "js/check.js" in page
    assert "Обновить" in page
    office.work()
    assert "data-check-waits" not in panel(other, second)


def test_anothers_check_is_not_shown(office: Office, sign_in: SignIn) -> None:
    case = office.file()
    other = sign_in("employer-2")
    for page in ("check", "check/progress", "check/history"):
        assert other.get(f"/cabinet/applications/{case}/{page}").status_code == 404
    assert other.get(f"/cabinet/account/{BIN}/checks").status_code == 404


def test_a_registry_that_is_down_is_named_with_since_when_and_is_no_refusal(
    office: Office, moods: RegistryMoods, sign_in: SignIn
) -> None:
    moods.change({"social_payments": "down"})
    case = office.start()
    html = panel(sign_in("employer-1"), case)
    assert "Number in the queue" not in html
    assert "not all registries have answered" in html
    assert "Taxes and social payments" in html
    assert "Since 2 March 2026, 09:00" in html
    assert "The others are asked again:" in html
    assert "Waiting is not a refusal" in html
    assert "Condition not met" not in html


def test_the_list_says_which_registries_are_waited_for(
    office: Office, moods: RegistryMoods, sign_in: SignIn
) -> None:
    moods.change({"social_payments": "down"})
    case = office.start()
    browser = sign_in("employer-1")
    home = browser.get("/cabinet/").text
    row = home[home.index(f'href="/cabinet/applications/{case}"', home.index("<tbody>")) :]
    row = row[: row.index("</tr>")]
    assert "The check waits for registries that have not answered: Taxes and social" in row
    assert "They are asked again: 2 March 2026" in row
    assert "An automatic step is going on" not in row
    page = browser.get(f"/cabinet/applications/{case}").text
    assert "How far it is stands below" in page
    assert "An automatic step is going on" not in page


def test_who_waits_for_a_registry_is_not_counted_in_the_queue(
    office: Office, moods: RegistryMoods, sign_in: SignIn
) -> None:
    moods.change({"social_payments": "down"})
    waiting = office.start()
    office.clock.advance(seconds=1)
    later = office.file("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    assert "Number in the queue: 1" in panel(sign_in("employer-4"), later)
    office.clock.advance(hours=2)
    assert "Number in the queue: 2" in panel(sign_in("employer-1"), waiting), "asked again now"


def test_after_the_tries_it_waits_for_an_operator_and_keeps_nobody_waiting(
    office: Office, moods: RegistryMoods, sign_in: SignIn
) -> None:
    moods.change({"social_payments": "down"})
    case = office.start()
    for _ in range(5 * 24):
        office.clock.advance(hours=1)
        office.work()
    html = panel(sign_in("employer-1"), case)
    assert "Since 2 March 2026, 09:00" in html
    assert "Taxes and social payments" in html
    assert "it waits for an operator" not in html
    for _ in range(5):
        office.clock.advance(days=1)
        office.work()
    html = panel(sign_in("employer-1"), case)
    assert "it waits for an operator" in html
    assert "Since 2 March 2026, 09:00" in html
    assert "Number in the queue" not in html
    later = office.file("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    assert "Number in the queue: 1" in panel(sign_in("employer-4"), later)


def test_a_failed_condition_says_why_what_to_do_and_where_and_when_again(
    office: Office, sign_in: SignIn
) -> None:
    case = office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    browser = sign_in("employer-4", "ru")
    short = browser.get(f"/cabinet/applications/{case}").text
    assert short.count("Условие не выполнено") == 1
    assert "Условие выполнено" not in short
    html = browser.get(f"/cabinet/applications/{case}/check").text
    assert html.count("<li value=") == 13
    assert html.count("Условие не выполнено") == 1
    assert html.count("Не применяется") + html.count("Условие выполнено") == 12
    assert "№ 275" in html
    assert "Что делать и куда обращаться: Погасите задолженность" in html
    assert "Повторная проверка будет доступна с 12.03.2026 09:00:00" in html
    office.clock.advance(days=10, seconds=1)
    html = browser.get(f"/cabinet/applications/{case}/check").text
    assert "Повторная проверка уже доступна" in html


def test_the_places_allowed_are_shown_with_the_sum(office: Office, sign_in: SignIn) -> None:
    case = office.start(bin=TWELVE_EMPLOYEES)
    html = sign_in("employer-1", "kk").get(f"/cabinet/applications/{case}/check").text
    assert "Тізімде 12 жұмыскер → ең көбі 2 орын" in html
    assert "Жастар практикасы" in html
    full = office.start()
    html = sign_in("employer-1").get(f"/cabinet/applications/{full}/check").text
    places = html[html.index("How many places you may ask for") : html.index("Conditions</h3>")]
    assert places.count("68") == 1, "every measure allows as many as there are in all"
    assert "In all, for any of the measures: Public works, Youth practice" in places


def test_within_the_lock_out_no_new_application_and_the_date_is_told(
    office: Office, sign_in: SignIn
) -> None:
    office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    browser = sign_in("employer-4", "ru")
    given = {"financial_year": "2026", "bin": FAILS_SOCIAL_PAYMENTS}
    answer = browser.post("/cabinet/start/fk_b03", **given)
    assert answer.status_code == 422
    assert "Повторная проверка будет доступна с 12.03.2026 09:00:00" in answer.text
    assert f'value="{FAILS_SOCIAL_PAYMENTS}"' in answer.text, "nothing typed is lost"
    office.clock.advance(days=10)
    assert browser.post("/cabinet/start/fk_b03", **given).status_code == 302


def test_the_history_keeps_every_check_with_its_conditions(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("employer-4")
    address = f"/cabinet/account/{FAILS_SOCIAL_PAYMENTS}/checks"
    assert "No check was carried out yet." in browser.get(address).text
    office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    office.clock.now += timedelta(days=11)
    case = office.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    html = browser.get(address).text
    assert html.count("Check not passed") == 2
    assert html.index("13 March 2026") < html.index("2 March 2026, 09:00")
    assert html.count("<li value=") == 26
    assert html.count("A new check will be possible from") == 1
    tab = browser.get(f"/cabinet/applications/{case}/check/history").text
    assert tab.count("<li value=") == 26
    assert address in browser.get("/cabinet/account").text


def test_without_a_check_there_is_no_page_of_it(office: Office, sign_in: SignIn) -> None:
    office.start()
    contract = office.concluded()
    assert sign_in("employer-1").get(f"/cabinet/applications/{contract}/check").status_code == 200
    other = office.contracts()[-1]
    assert sign_in("employer-1").get(f"/cabinet/applications/{other}/check").status_code == 404


def test_a_check_that_is_done_while_its_page_is_read_is_shown(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.file()
    browser = sign_in("employer-1", "ru")
    place_in_queue = Queries.place_in_queue

    def done_meanwhile(self: Queries, actor: Actor, instance_id: str, topic: str) -> int | None:
        office.work()
        return place_in_queue(self, actor, instance_id, topic)

    monkeypatch.setattr(Queries, "place_in_queue", done_meanwhile)
    answer = browser.get(f"/cabinet/applications/{case}/check")
    assert answer.status_code == 200
    assert answer.text.count("<li value=") == 13
    assert "data-check-waits" not in answer.text


def test_a_page_of_a_check_that_is_passed_looks_again_until_the_form_can_be_filled_in(
    office: Office, sign_in: SignIn
) -> None:
    case = office.file()
    with pytest.raises(EngineError, match="but ran 1"):
        office.installation.executor.run_until_idle(limit=1)
    browser = sign_in("employer-1", "ru")
    page = f"/cabinet/applications/{case}/check"
    html = browser.get(page).text
    assert html.count("Условие выполнено") + html.count("Не применяется") == 13
    assert "js/check.js" in html
    assert "data-check-waits" in html
    assert "Подать заявку" not in html
    office.work()
    html = browser.get(page).text
    assert "Подать заявку" in html
    assert "data-check-waits" not in html


def test_what_waits_leads_to_the_page_where_the_conditions_are_studied(
    office: Office, sign_in: SignIn
) -> None:
    case = office.begin()
    browser = sign_in("employer-1", "ru")
    page = f"/cabinet/applications/{case}/check"
    _person, task = office.task(case, "request_check", "employer-1")
    home = browser.get("/cabinet/").text
    assert f'href="{page}">Пройти проверку' in home
    assert f"/tasks/{task.id}" not in home
    action = browser.get(f"/cabinet/applications/{case}/actions/request_check")
    assert action.location == page
    office.do(case, "request_check")
    _person, task = office.task(case, "fill_details", "employer-1")
    assert f'href="/tasks/{task.id}"' in browser.get("/cabinet/").text


def test_before_it_is_asked_for_the_conditions_are_studied_and_one_press_leads_to_signing(
    office: Office, sign_in: SignIn
) -> None:
    case = office.begin()
    browser = sign_in("employer-1", "ru")
    page = f"/cabinet/applications/{case}/check"
    html = browser.get(page).text
    assert html.count("<li value=") == 13
    assert "Наличие действующих трудовых договоров" in html
    assert "data-check-waits" not in html
    assert f'href="{page}"' in browser.get(f"/cabinet/applications/{case}").text
    _person, task = office.task(case, "request_check", "employer-1")
    assert f'action="/tasks/{task.id}"' in html
    signing = browser.post(f"/tasks/{task.id}", page, request="sign", press="complete")
    assert (signing.status_code, 'value="demo"' in signing.text) == (200, True)
    signed = browser.post(f"/tasks/{task.id}/signature", f"/tasks/{task.id}", request="sign")
    assert signed.location == page
    assert "Номер в очереди: 1" in browser.get(page).text
    office.work()
    html = browser.get(page).text
    assert html.count("Условие выполнено") + html.count("Не применяется") == 13
    _person, task = office.task(case, "fill_details", "employer-1")
    assert f'href="/tasks/{task.id}">Подать заявку' in html


def test_while_the_request_is_being_made_the_page_looks_again(
    office: Office, sign_in: SignIn
) -> None:
    browser = sign_in("employer-1", "kk")
    started = browser.post("/cabinet/start/fk_b03", financial_year="2026", bin=BIN)
    html = browser.get(started.location).text
    assert html.count("<li value=") == 13
    assert "data-check-waits" in html
    assert "js/check.js" in html
    assert 'name="request"' not in html
    office.work()
    assert 'name="request" value="sign"' in browser.get(started.location).text


def test_a_request_that_is_not_signed_can_be_deleted(office: Office, sign_in: SignIn) -> None:
    case = office.begin()
    browser = sign_in("employer-1")
    page = f"/cabinet/applications/{case}"
    _person, task = office.task(case, "request_check", "employer-1")
    answer = browser.post(f"/tasks/{task.id}", f"{page}/check", request="delete", press="complete")
    assert answer.location == page
    assert "Deleted" in browser.get(page).text
    assert browser.get(f"{page}/check").status_code == 404


def test_a_window_that_closes_while_the_request_is_signed_is_told_and_the_request_stays(
    office: Office, sign_in: SignIn
) -> None:
    case = office.begin()
    browser = sign_in("employer-1", "ru")
    page = f"/cabinet/applications/{case}/check"
    _person, task = office.task(case, "request_check", "employer-1")
    data = browser.tokens(page) | {"request": "sign"}
    row = DatedRow(date(2025, 12, 1), date(2026, 3, 1), True)
    edit = EditDatedTable("fk_b03/windows", "2026", "a test", row=row, replaces=row.valid_from)
    office.engine.execute(edit, office.person("owner-1").actor)
    answer = browser.client.post(f"/tasks/{task.id}/signature", data=data)
    assert answer.status_code == 422
    assert "Заявки на 2026 год сейчас не принимаются." in answer.text
    html = browser.get(page).text
    assert "Новые заявки сейчас не принимаются" in html
    assert 'name="request" value="sign"' not in html
    assert 'name="request" value="delete"' in html
    assert office.open(case) == ["request_check"]


SENTENCE = {
    "kk": "тізілімдерден қайта сұралмады",
    "ru": "реестры повторно не запрашивались",
    "en": "the registries were not asked again",
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_check_that_still_counts_for_the_next_application_says_so(
    office: Office, sign_in: SignIn, language: str
) -> None:
    first = office.start()
    office.clock.advance(seconds=60)
    second = office.start()
    pages = [
        sign_in("employer-1", language).get(f"/cabinet/applications/{case}/check").text
        for case in (first, second)
    ]
    assert [SENTENCE[language] in page for page in pages] == [False, True]
