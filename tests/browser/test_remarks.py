"""Attachments and the remark loop as people meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.visit import LANGUAGES, NARROW, WIDE, Visit, shows
from tests.processes.fk_b03 import ANSWERS
from tests.support.files import pdf

pytestmark = pytest.mark.browser
TO_REVIEW = ("fill_details", "fill_application", "sign_application", "form_demand_supply")
NAMED = {
    "remark_fields": ["phone", "places"],
    "remark_on_phone": "Номер не отвечает",
    "remark_on_places": "Меньше мест",
}
EMPLOYER = {"kk": "Демо Жұмыс беруші 1", "ru": "Демо Работодатель 1", "en": "Demo Employer 1"}
SPECIALIST = {"kk": "Демо Маман 1", "ru": "Демо Специалист 1", "en": "Demo Specialist 1"}


@pytest.fixture(scope="module")
def tasks(office: Served) -> dict[str, str]:
    """Ids of the tasks of three cases: to be remarked on, to be corrected, corrected."""
    found: dict[str, str] = {}
    for element in ("enter_remark", "answer_remark", "correct_details", "review_application"):
        case = office.start(bin="150140000012")
        office.do(case, "fill_details")
        office.do(case, "fill_application", places=1)
        office.walk(case, "sign_application", "form_demand_supply")
        office.do(case, "review_application", review="remark")
        if element != "enter_remark":
            office.do(case, "enter_remark", **NAMED)
            office.walk(case, "advise_employer")
        if element in ("correct_details", "review_application"):
            office.walk(case, "answer_remark")
        if element == "review_application":
            person, task = office.task(case, "correct_details")
            office.complete(person, task.id, {"phone": "+77001112233"})
            person, task = office.task(case, "correct_form")
            office.complete(person, task.id, {"places": 1})
            office.walk(case, "sign_again")
        found[element] = office.task(case, element)[1].id
    return found


@pytest.fixture
def address(office: Served) -> str:
    return office.address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_remark_loop_fit_and_are_accessible(
    address: str, visit: Callable[..., Visit], tasks: dict[str, str], language: str
) -> None:
    staff = visit(address, language).sign_in(SPECIALIST[language])
    employer = visit(address, language).sign_in(EMPLOYER[language])
    for width in (WIDE, NARROW):
        for who, element in (
            (staff, "enter_remark"),
            (employer, "answer_remark"),
            (employer, "correct_details"),
            (staff, "review_application"),
        ):
            who.resize(width)
            who.go(f"/tasks/{tasks[element]}")
            if element == "enter_remark":
                who.page.locator('input[value="places"]').check()
                shows(who.page.locator("#field-remark_on_places"))
                expect(who.page.locator("#field-remark_on_phone")).to_be_hidden()
            who.examine(f"remarks-{element}")


def test_a_file_stays_when_another_answer_is_refused(
    address: str, visit: Callable[..., Visit], tasks: dict[str, str]
) -> None:
    employer = visit(address, "ru").sign_in(EMPLOYER["ru"])
    employer.go(f"/tasks/{tasks['answer_remark']}")
    file = {"name": "копия.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    employer.page.set_input_files("#field-response_document", file)
    employer.press("Complete")
    shows(employer.summary())
    shows(employer.page.get_by_text("Приложено: копия.pdf"))
    employer.examine("remarks-attached")


@pytest.mark.parametrize(
    ("language", "said", "nothing"),
    [
        ("kk", ("Алдымен оқыңыз", "Ескерту: Телефон"), "Бұл бетте түзететін ештеңе жоқ"),
        ("ru", ("Сначала прочтите", "Замечание: Телефон"), "На этой странице исправлять нечего"),
    ],
)
def test_the_correction_is_read_beside_the_remark_page_after_page(
    address: str,
    visit: Callable[..., Visit],
    office: Served,
    language: str,
    said: tuple[str, str],
    nothing: str,
) -> None:
    case = office.start(bin="150140000012")
    office.do(case, "fill_details")
    office.do(case, "fill_application", places=1)
    office.walk(case, "sign_application", "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.do(
        case,
        "enter_remark",
        remark="Позвоните нам",
        remark_fields=["phone"],
        remark_on_phone="Номер не отвечает",
    )
    office.walk(case, "advise_employer")
    employer = visit(address, language).sign_in(EMPLOYER[language])
    for element, values in (
        ("answer_remark", {"response": "resubmit"}),
        ("correct_details", {"phone": ANSWERS["fill_details"]["phone"]}),
        ("correct_form", None),
        ("sign_again", None),
    ):
        person, task = office.task(case, element)
        for width in (NARROW, WIDE):
            employer.resize(width)
            employer.go(f"/tasks/{task.id}")
            panel = employer.page.locator(".q-panel--remark")
            for text in (*said, "Позвоните нам", "Номер не отвечает"):
                shows(panel.get_by_text(text))
            employer.examine(f"remarks-{language}-{element}-beside")
        if element == "correct_form":
            shows(employer.page.get_by_text(nothing))
            employer.press("Continue")
            office.work()
        elif values is not None:
            office.complete(person, task.id, values)
    employer.press("Continue")
    asked = employer.page.get_by_role("alert")
    shows(asked)
    employer.examine(f"remarks-{language}-unchanged")
    asked.locator("button").click()
    shows(employer.page.locator("iframe.q-paper"))
    expect(employer.page.get_by_role("alert")).to_have_count(0)
