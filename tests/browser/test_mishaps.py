"""What people do to a page besides what it asks of them, and what happens to the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from engine.forms import check_submission
from tests.browser.cases import Cases
from tests.browser.judging import foreign_words
from tests.browser.qadam import Qadam
from tests.browser.visit import LANGUAGES, Visit, form, shows
from tests.processes.fk_b03 import DETAILS, SOLE_TRADER
from tests.support.classifiers import shipped_options

pytestmark = pytest.mark.browser

EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1", "en": "Demo Employer 1"}
STATE_INSTITUTION = "150140000042"
REVIEW = "Жұмыс берушінің және өтінімнің НҚА талаптарына сәйкестігін тексеру"


def is_refused(at: Visit, status: int, title: str) -> None:
    """The page that says so, in the visit's language, and a way onward."""
    shows(at.heading(title))
    shows(at.page.get_by_text(f"{at.says('Error')} {status}", exact=True))
    shows(at.link(at.says("To the start page")))
    at.look(f"refused-{status}")


# -- pressed twice


def test_a_double_click_starts_one_application(seat: Callable[..., Visit], year: int) -> None:
    at = seat("Демо Жұмыс беруші 2")
    before = applications(at)
    fill_start(at, year)
    at.button("Continue").dblclick()
    at.page.wait_for_url("**/cabinet/applications/*/check")
    assert applications(at) == before + 1


def test_a_form_that_is_sent_twice_starts_one_application(
    seat: Callable[..., Visit], year: int
) -> None:
    at = seat("Демо Жұмыс беруші 2")
    before = applications(at)
    fill_start(at, year)
    form = as_posted(at, ".q-form")
    assert post(at, *form) == post(at, *form)
    assert applications(at) == before + 1


def fill_start(at: Visit, year: int) -> None:
    at.go("/cabinet/start/fk_b03")
    at.fill("start", {"financial_year": year, "bin": SOLE_TRADER})


def applications(at: Visit) -> int:
    """How many applications the cabinet lists."""
    at.go("/cabinet/")
    return at.page.get_by_role("rowheader").count()


def as_posted(at: Visit, selector: str) -> tuple[str, dict[str, str]]:
    """A form of the page as the browser would post it: (address, fields)."""
    form = at.page.locator(selector)
    fields = dict(form.evaluate("form => [...new FormData(form)]"))
    return str(form.get_attribute("action")), fields


def post(at: Visit, address: str, fields: dict[str, str]) -> str:
    """Posts a form beside the browser, in its session; returns where that leads."""
    answer = at.context.request.post(at.address + address, form=fields, max_redirects=0)
    assert answer.status == 302, answer.text()
    return answer.headers["location"]


def test_a_page_shows_by_itself_how_an_automatic_step_went(
    seat: Callable[..., Visit], year: int
) -> None:
    at = seat("Демо Жұмыс беруші 3", follows=True)
    application = at.begin(financial_year=year, bin=STATE_INSTITUTION)
    at.go(f"/cabinet/applications/{application}")
    at.link("Жалғастыру").click()
    at.sign_request()
    at.go(f"/cabinet/applications/{application}")
    shows(at.heading("Сізден күтіледі"))
    shows(at.page.get_by_role("listitem").filter(has_text="Шарт үшін деректемелерді толтыру"))


def test_a_double_click_completes_one_task(seat: Callable[..., Visit], cases: Cases) -> None:
    at = seat(EMPLOYER["kk"], javascript=False)
    at.go(f"/tasks/{cases.task['double click']}")
    at.fill("details", DETAILS)
    at.button("Complete").dblclick()
    shows(at.heading("Өтінім нысанын толтыру"))
    assert times_done(at, "Шарт үшін деректемелерді толтыру") == 1


def test_back_to_a_completed_task_says_who_completed_it_and_leads_onward(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat("Демо Маман 1")
    at.go(f"/tasks/{cases.task['back']}")
    at.fill("review", {"review": "conforms"})
    at.press()
    shows(at.told(REVIEW))
    at.page.go_back()
    is_refused(at, 409, "Бұл тапсырма аяқталған")
    shows(at.page.get_by_role("definition").filter(has_text="Демо Маман 1"))
    shows(at.page.get_by_role("definition").get_by_role("time"))
    at.link("Қазір қандай күйде екенін көру").click()
    shows(at.heading(cases.number["back"]))


def test_the_second_of_two_tabs_is_told_that_it_was_done_already(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(EMPLOYER["kk"])
    first, second = at.page, at.tab()
    for at.page in (first, second):
        at.go(f"/tasks/{cases.task['two tabs']}")
        at.fill("details", DETAILS)
    at.page = first
    at.press()
    shows(at.heading("Өтінім нысанын толтыру"))
    at.page = second
    at.press()
    is_refused(at, 409, "Бұл осы арада өзгеріп кетті")
    shows(at.page.get_by_text("Мұны өзіңіз орындап қойғансыз"))
    shows(at.page.get_by_role("definition").filter(has_text=EMPLOYER["kk"]))
    at.link("Қазір қандай күйде екенін көру").click()
    shows(at.heading(f"№ {cases.number['two tabs']}"))


def test_a_colleague_who_claims_it_too_late_is_told_who_has_it(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    late, quick = seat("Демо Маман 1"), seat("Демо Специалист 2", "ru")
    for at in (late, quick):
        at.go(f"/tasks/{cases.task['claimed']}")
    quick.press("Claim")
    shows(quick.page.get_by_text(quick.says("Assigned to you")))
    late.press("Claim")
    is_refused(late, 409, "Бұл осы арада өзгеріп кетті")
    shows(late.page.get_by_role("definition").filter(has_text="Демо Маман 2"))
    late.link("Қазір қандай күйде екенін көру").click()
    shows(late.page.get_by_text("оны басқа адам орындайды"))
    expect(late.button("Complete")).to_have_count(0)


# -- where nobody asked them to


@pytest.mark.parametrize(
    "person", ["Демо Жұмыс беруші 2", "Демо Маман 1", "Демо Маман 3", "Демо Басшы 1"]
)
def test_a_task_of_someone_else_is_not_shown(
    seat: Callable[..., Visit], cases: Cases, person: str
) -> None:
    at = seat(person)
    assert at.go(f"/tasks/{cases.task['elsewhere']}") == 404
    is_refused(at, 404, "Мұндай бет жоқ")
    assert DETAILS["name_ru"] not in at.page.content()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("kk", "Мұндай бет жоқ"),
        ("ru", "Такой страницы нет"),
        ("en", "There is no such page"),
    ],
)
def test_an_unknown_address_is_a_page_in_ones_language(
    seat: Callable[..., Visit], language: str, title: str
) -> None:
    at = seat(EMPLOYER[language], language)
    for path in ("/nowhere", "/tasks/nothing", "/cabinet/applications/nothing"):
        assert at.go(path) == 404
        is_refused(at, 404, title)


# -- wrong answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_values_are_named_in_ones_language_and_kept(
    seat: Callable[..., Visit], cases: Cases, language: str
) -> None:
    at = seat(EMPLOYER[language], language)
    at.go(f"/tasks/{cases.task[f'wrong values {language}']}")
    typed = {**DETAILS, "iban": "KZ00", "email": "?", "head_kk": ""}
    at.fill("details", typed)
    at.press()
    shows(at.summary())
    expect(at.summary()).to_be_focused()
    assert at.page.title().startswith(at.says("Error"))
    errors = check_submission(form("details"), typed, options=shipped_options())
    assert {error.field for error in errors} == {"iban", "email", "head_kk"}
    expect(at.summary().get_by_role("link")).to_have_count(len(errors))
    labels = {field.name: field.label(language) for field in form("details").fields}
    for error in errors:
        message = f"{labels[error.field]}: {error.messages[language]}"
        shows(at.summary().get_by_role("link", name=message))
        expect(at.control("details", error.field)).to_have_attribute("aria-invalid", "true")
    if language != "en":
        assert foreign_words(at.page) == set()
    for name, value in typed.items():
        expect(at.control("details", name)).to_have_value(value)
    at.examine("wrong-values")
    at.summary().get_by_role("link", name=labels["iban"]).click()
    expect(at.control("details", "iban")).to_be_focused()


def test_a_rule_of_a_form_is_said_at_its_field(seat: Callable[..., Visit], cases: Cases) -> None:
    at = seat("Демо Специалист 1", "ru")
    at.go(f"/tasks/{cases.task['draft']}")
    today = datetime.now(ZoneInfo("Asia/Almaty")).date().isoformat()
    contract = {"contract_number": "7", "contract_sum": 5, "contract_end_date": today}
    at.fill("contract", contract)
    at.press()
    field = form("contract").field("contract_end_date")
    assert field is not None
    (said,) = (rule.messages["ru"] for rule in field.rules)
    shows(at.summary().get_by_role("link", name=f"{field.label('ru')}: {said}"))
    expect(at.summary().get_by_role("link")).to_have_count(1)
    control = at.control("contract", "contract_end_date")
    expect(control).to_have_attribute("aria-invalid", "true")
    expect(control).to_have_value(today)
    at.summary().get_by_role("link").click()
    expect(control).to_be_focused()


def test_markup_that_is_typed_stays_text(seat: Callable[..., Visit], cases: Cases) -> None:
    at = seat("Демо Маман 1")
    at.go(f"/tasks/{cases.task['markup']}")
    markup = "<script>document.title = 'taken'</script><b>жуан</b>"
    at.fill("demand_supply", {"demand": 1, "supply": 1, "note": markup})
    at.press()
    shows(at.heading(REVIEW))
    at.page.get_by_text("Белгілі мәліметтер").click()
    shows(at.page.get_by_text(markup))
    assert at.page.title() != "taken"
    assert at.complaints == []


# -- the session and the server


def test_without_a_session_one_is_led_to_sign_in_and_back(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(EMPLOYER["kk"])
    at.go(f"/tasks/{cases.task['session gone']}")
    at.fill("details", DETAILS)
    at.context.clear_cookies()
    at.press()
    at.language = "en"
    is_refused(at, 400, "You are no longer logged in")
    at.link("Log in").click()
    at.button(EMPLOYER["en"]).click()
    shows(at.heading("Шарт үшін деректемелерді толтыру"))
    assert at.path == f"/tasks/{cases.task['session gone']}"


def test_a_page_of_an_older_session_says_so_and_does_nothing(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(EMPLOYER["kk"])
    at.go(f"/tasks/{cases.task['session gone']}")
    at.fill("details", DETAILS)
    at.page.locator("#task-form [name=csrf_token]").evaluate("field => { field.value = 'old'; }")
    at.press()
    shows(at.summary().filter(has_text="Бұл бет тым ұзақ ашық тұрды"))
    expect(at.control("details", "iban")).to_have_value(DETAILS["iban"])
    assert at.go(f"/tasks/{cases.task['session gone']}") == 200


def test_answers_on_their_way_bring_no_session_back(seat: Callable[..., Visit]) -> None:
    at = seat(EMPLOYER["kk"])
    for path in ("/cabinet/", "/static/css/qadam.css"):
        answer = at.context.request.get(at.address + path)
        assert answer.ok
        assert "set-cookie" not in answer.headers, path


def test_a_press_after_the_server_was_killed_and_restarted_is_done_once(
    site: Qadam, seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(EMPLOYER["kk"])
    at.go(f"/tasks/{cases.task['killed']}")
    at.fill("details", DETAILS)
    form = as_posted(at, "#task-form")
    site.kill()
    at.press()
    at.page.wait_for_url("chrome-error://**")
    site.serve()
    at.page.reload()
    shows(at.heading("Өтінім нысанын толтыру"))
    assert post(at, *form) == at.path
    assert times_done(at, "Шарт үшін деректемелерді толтыру") == 1


def times_done(at: Visit, step: str) -> int:
    """How often the history beside a task, folded or not, says that a step was done."""
    history = at.page.locator(".q-steps li")
    return history.filter(has_text=step).count()
