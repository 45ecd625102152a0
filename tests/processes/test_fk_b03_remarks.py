"""The remark loop of FK-B.03: named fields are opened again, and what changed is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.commands import CompleteTask, SaveTaskDraft
from engine.errors import InvalidSubmission
from engine.forms.fields_of import with_fields_of
from engine.identity import Actor
from engine.queries.task_detail import TaskDetail
from handlers.shared.details_records import details_in_force
from tests.processes.fk_b03 import ANSWERS, BIN, DETAILS, TO_SENT, Office

FORMS = Path(__file__).parents[2] / "bpmn" / "fk_b03" / "forms"
SYSTEM = Actor.system()
NAMED = {
    "remark": "Уточните заявку",
    "remark_fields": ["phone", "places"],
    "remark_on_phone": "Номер не отвечает",
    "remark_on_places": "Меньше мест",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


def test_the_remark_can_name_every_field_that_the_employer_filled_in() -> None:
    named = properties("remark")["remark_fields"]["items"]["oneOf"]
    asked = {
        name: each["x-label"]
        for form in ("details", "application")
        for name, each in properties(form).items()
        if not each.get("readOnly") and name != "keep_details"
    }
    assert {each["const"]: each["x-label"] for each in named} == asked
    remarks = {name for name in properties("remark") if name.startswith("remark_on_")}
    assert remarks == {f"remark_on_{name}" for name in asked}


def properties(form: str) -> Mapping[str, dict[str, Any]]:
    files = {f"fk_b03/forms/{each.name}": each.read_bytes() for each in FORMS.iterdir()}
    key = f"fk_b03/forms/{form}.json"
    return json.loads(with_fields_of(key, files[key], files))["properties"]


def returned(office: Office, **remark: object) -> str:
    case = office.start()
    office.walk(case, "fill_details", "fill_application", "sign_application", "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.do(case, "enter_remark", **remark)
    office.walk(case, "advise_employer", "answer_remark")
    return case


def detail(office: Office, case: str, element: str) -> TaskDetail:
    return office.queries.task(SYSTEM, office.task(case, element)[1].id)


def test_only_named_fields_are_open_with_the_remark_beside_them(office: Office) -> None:
    case = returned(office, **NAMED)
    task = detail(office, case, "correct_details")
    assert task.form is not None
    assert [each.name for each in task.form.fields if not each.read_only] == ["phone"]
    assert task.remarks["phone"] == "Номер не отвечает"


def test_a_closed_field_is_refused_and_an_open_one_changes(office: Office) -> None:
    case = returned(office, **NAMED)
    person, task = office.task(case, "correct_details")
    with pytest.raises(InvalidSubmission, match="can't be changed"):
        office.engine.execute(
            CompleteTask(task.id, {"phone": "+77001112233", "email": "a@b.kz"}), person.actor
        )
    office.engine.execute(CompleteTask(task.id, {"phone": "+77001112233"}), person.actor)
    office.work()
    person, task = office.task(case, "correct_form")
    office.engine.execute(CompleteTask(task.id, {"places": 1}), person.actor)
    office.work()
    office.walk(case, "sign_again")
    review = detail(office, case, "review_application")
    assert review.earlier is not None
    changed = {
        name
        for name, before in review.earlier.items()
        if (before or None) != (review.variables.get(name) or None)
    }
    assert changed == {"phone", "places"}
    assert review.variables.get("head_change") is None
    assert review.variables["email"] == ANSWERS["fill_details"]["email"]


def test_a_corrected_detail_is_kept_where_the_form_still_says_so(office: Office) -> None:
    case = office.start()
    office.do(case, "fill_details", keep_details=True)
    office.walk(case, *TO_SENT[1:], "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.do(case, "enter_remark", **NAMED)
    office.walk(case, "advise_employer", "answer_remark")
    shown = detail(office, case, "correct_details")
    assert shown.form is not None
    wish = shown.form.field("keep_details")
    assert wish is not None and wish.read_only
    assert shown.values["keep_details"] is True
    person, task = office.task(case, "correct_details")
    office.complete(person, task.id, {"phone": "+77001112233"})
    with office.engine.database.reading() as connection:
        kept = details_in_force(connection, BIN)
    assert kept is not None
    assert kept.details == {**DETAILS, "phone": "+77001112233"}


def test_a_remark_without_fields_opens_the_whole_form(office: Office) -> None:
    case = returned(office, remark="Уточните заявку")
    form = detail(office, case, "correct_details").form
    assert form is not None
    assert form.closed == {}


def test_a_field_that_is_named_needs_its_remark(office: Office) -> None:
    with pytest.raises(InvalidSubmission, match="Write what is wrong"):
        returned(office, remark="Уточните", remark_fields=["phone"])


@pytest.mark.parametrize("named", ["bic", "iban"])
def test_a_remark_on_the_bank_or_the_account_lets_both_be_corrected(
    office: Office, named: str
) -> None:
    case = returned(
        office, remark="Уточните счёт", remark_fields=[named], **{f"remark_on_{named}": "Неверно"}
    )
    person, task = office.task(case, "correct_details")
    form = detail(office, case, "correct_details").form
    assert form is not None
    opened = {each.name for each in form.fields if not each.read_only}
    assert opened == {"iban", "bic", "bank_kk", "bank_ru"}
    other = {"iban": "KZ20601KZT5004100100", "bic": "HSBKKZKX"}
    given = {**other, "bank_kk": "Басқа банк", "bank_ru": "Другой банк"}
    office.complete(person, task.id, given)
    assert office.queries.instance(SYSTEM, case).variables.items() >= given.items()


def test_each_round_of_the_remark_is_asked_anew_and_a_draft_stays(office: Office) -> None:
    case = returned(office, **NAMED)
    person, task = office.task(case, "correct_details")
    office.complete(person, task.id, {"phone": ANSWERS["fill_details"]["phone"]})
    person, task = office.task(case, "correct_form")
    office.complete(person, task.id, {"places": 1})
    office.do(case, "sign_again", sending="edit")
    assert "response" not in detail(office, case, "answer_remark").values
    office.do(case, "answer_remark", response_note="Номер проверен")
    person, task = office.task(case, "correct_details")
    office.complete(person, task.id, {"phone": ANSWERS["fill_details"]["phone"]})
    person, task = office.task(case, "correct_form")
    office.complete(person, task.id, {"places": 1})
    again = detail(office, case, "sign_again")
    assert again.values["sending"] == "send"
    office.walk(case, "sign_again")
    review = detail(office, case, "review_application")
    assert review.values == {}
    assert review.variables["response_note"] == "Номер проверен"
    person, task = office.task(case, "review_application")
    office.engine.execute(SaveTaskDraft(task.id, {"review": "remark"}), person.actor)
    assert detail(office, case, "review_application").values == {"review": "remark"}
    office.do(case, "review_application", review="remark")
    assert detail(office, case, "enter_remark").values == {}
    office.do(case, "enter_remark", remark="Ещё раз")
    assert detail(office, case, "advise_employer").values == {}
    office.walk(case, "advise_employer")
    values = detail(office, case, "answer_remark").values
    assert not any(values.values())


def test_an_answer_that_is_edited_in_its_own_round_keeps_its_words(office: Office) -> None:
    case = office.start()
    office.walk(case, "fill_details", "fill_application", "sign_application", "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.do(case, "enter_remark", remark="Уточните заявку")
    office.walk(case, "advise_employer")
    office.do(case, "answer_remark", response_note="Номер проверен")
    office.walk(case, "correct_details", "correct_form")
    office.do(case, "sign_again", sending="edit")
    values = detail(office, case, "answer_remark").values
    assert values["response_note"] == "Номер проверен"
    assert "response" not in values
