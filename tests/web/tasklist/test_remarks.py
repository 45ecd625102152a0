"""The remark loop by its pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.processes.fk_b03 import ANSWERS, Office

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
NAMED = {
    "remark": "Уточните заявку",
    "remark_fields": ["phone", "places"],
    "remark_on_phone": "Номер не отвечает",
    "remark_on_places": "Меньше мест",
}


@pytest.fixture
def case(office: Office) -> str:
    """An application that was sent back with remarks on two fields."""
    started = office.start()
    office.walk(
        started, "fill_details", "fill_application", "sign_application", "form_demand_supply"
    )
    office.do(started, "review_application", review="remark")
    office.do(started, "enter_remark", **NAMED)
    office.walk(started, "advise_employer", "answer_remark")
    return started


def test_the_employer_sees_each_remark_at_its_field_and_only_that_is_open(
    sign_in: SignIn, office: Office, case: str
) -> None:
    person, task = office.task(case, "correct_details")
    page = sign_in(person.id).get(f"/tasks/{task.id}").text
    assert 'id="field-phone-remark"' in page
    assert "Номер не отвечает" in page
    assert 'aria-describedby="field-phone-remark' in page
    assert 'id="field-email"' not in page


def test_the_specialist_reads_what_changed(sign_in: SignIn, office: Office, case: str) -> None:
    person, task = office.task(case, "correct_details")
    answer = sign_in(person.id).post(f"/tasks/{task.id}", phone="+77001112233", email="x@y.kz")
    assert answer.status_code == 302
    person, task = office.task(case, "correct_form")
    office.complete(person, task.id, {"places": 1})
    office.walk(case, "sign_again")
    person, task = office.task(case, "review_application")
    page = sign_in(person.id).get(f"/tasks/{task.id}").text
    changes = page.partition('id="changes-title"')[2].partition("</section>")[0]
    assert "Changed since the remark" in changes
    assert "+77001112233" in changes
    assert "x@y.kz" not in page
    assert changes.count("<dt>") == 2


def test_the_specialist_ticks_fields_by_their_names(sign_in: SignIn, office: Office) -> None:
    started = office.start()
    office.walk(
        started, "fill_details", "fill_application", "sign_application", "form_demand_supply"
    )
    office.do(started, "review_application", review="remark")
    person, task = office.task(started, "enter_remark")
    page = sign_in(person.id).get(f"/tasks/{task.id}").text
    assert 'name="remark_fields" value="places"' in page
    assert 'data-show-if="{&#34;remark_fields&#34;: [&#34;places&#34;]}"' in page


def sent_back(office: Office, **remark: object) -> str:
    started = office.start()
    office.walk(
        started, "fill_details", "fill_application", "sign_application", "form_demand_supply"
    )
    office.do(started, "review_application", review="remark")
    office.do(started, "enter_remark", **remark)
    office.walk(started, "advise_employer")
    return started


def correct(office: Office, case: str, element: str, **values: object) -> None:
    """Completes a page of the correction, on which only what the remark names is open."""
    person, task = office.task(case, element)
    office.complete(person, task.id, values)


PHONE, PLACES = ANSWERS["fill_details"]["phone"], ANSWERS["fill_application"]["places"]


def panel(page: str) -> str:
    return page.partition('id="earlier-title"')[2].partition("</section>")[0]


def test_every_page_of_the_correction_begins_with_the_remark_and_the_advice(
    sign_in: SignIn, office: Office
) -> None:
    case = sent_back(office, **NAMED)
    pages = {
        "answer_remark": {"response": "resubmit"},
        "correct_details": {"phone": PHONE},
        "correct_form": {"places": PLACES},
        "sign_again": {},
    }
    for element, values in pages.items():
        person, task = office.task(case, element)
        shown = panel(sign_in(person.id).get(f"/tasks/{task.id}").text)
        assert "Уточните заявку" in shown, element
        assert "Номер не отвечает" in shown, element
        assert ANSWERS["advise_employer"]["advice"] in shown, element
        assert shown.count("Demo Specialist") == 2, element
        assert "<time" in shown, element
        if values:
            office.complete(person, task.id, values)


def test_a_page_with_nothing_to_correct_says_so_and_goes_on_in_one_press(
    sign_in: SignIn, office: Office
) -> None:
    case = sent_back(office, remark="Меньше", remark_fields=["phone"], remark_on_phone="Верно?")
    office.walk(case, "answer_remark")
    correct(office, case, "correct_details", phone=PHONE)
    person, task = office.task(case, "correct_form")
    browser = sign_in(person.id)
    page = browser.get(f"/tasks/{task.id}").text
    assert "Nothing is to be corrected on this page" in page
    assert 'value="draft"' not in page
    answer = browser.post(f"/tasks/{task.id}", press="complete")
    assert answer.status_code == 302
    office.work()
    assert office.task(case, "sign_again")


def test_an_unchanged_application_is_asked_about_once_before_it_is_signed(
    sign_in: SignIn, office: Office
) -> None:
    case = sent_back(office, **NAMED)
    office.walk(case, "answer_remark")
    correct(office, case, "correct_details", phone=PHONE)
    correct(office, case, "correct_form", places=PLACES)
    person, task = office.task(case, "sign_again")
    browser = sign_in(person.id)
    asked = browser.post(f"/tasks/{task.id}", sending="send", press="complete").text
    assert "Nothing was changed since the remark" in asked
    assert "You sign as" not in asked
    gone_on = browser.post(f"/tasks/{task.id}", sending="send", press="unchanged").text
    assert "You sign as" in gone_on
    changed = sent_back(office, **NAMED)
    office.walk(changed, "answer_remark")
    correct(office, changed, "correct_details", phone="+77001112233")
    correct(office, changed, "correct_form", places=PLACES)
    person, task = office.task(changed, "sign_again")
    at_once = browser.post(f"/tasks/{task.id}", sending="send", press="complete").text
    assert "You sign as" in at_once


def test_the_second_review_begins_with_the_employers_answer_and_is_asked_anew(
    sign_in: SignIn, office: Office
) -> None:
    started = office.start()
    office.walk(
        started, "fill_details", "fill_application", "sign_application", "form_demand_supply"
    )
    person, task = office.task(started, "review_application")
    first = sign_in(person.id).get(f"/tasks/{task.id}").text
    assert 'id="earlier-title"' not in first
    office.complete(person, task.id, {"review": "remark"})
    office.do(started, "enter_remark", **NAMED)
    office.walk(started, "advise_employer")
    office.do(started, "answer_remark", response_note="Номер проверен")
    correct(office, started, "correct_details", phone=PHONE)
    correct(office, started, "correct_form", places=PLACES)
    office.walk(started, "sign_again")
    person, task = office.task(started, "review_application")
    page = sign_in(person.id).get(f"/tasks/{task.id}").text
    shown = panel(page)
    assert "Answer to the remark" in shown
    assert "Номер проверен" in shown
    assert "Demo Employer" in shown
    assert page.count("Номер проверен") == 1, "not among the facts as well"
    assert page.index('id="earlier-title"') < page.index('id="changes-title"')
    assert 'value="remark"' in page
    assert not re.search(r'value="\w+"\s+type="radio" checked', page)
