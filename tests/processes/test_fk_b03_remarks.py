"""The remark loop of FK-B.03: named fields are opened again, and what changed is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.commands import CompleteTask
from engine.errors import InvalidSubmission
from engine.forms.fields_of import with_fields_of
from engine.identity import Actor
from engine.queries.task_detail import TaskDetail
from tests.processes.fk_b03 import ANSWERS, Office

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


def test_a_remark_without_fields_opens_the_whole_form(office: Office) -> None:
    case = returned(office, remark="Уточните заявку")
    form = detail(office, case, "correct_details").form
    assert form is not None
    assert form.closed == {}


def test_a_field_that_is_named_needs_its_remark(office: Office) -> None:
    with pytest.raises(InvalidSubmission, match="Write what is wrong"):
        returned(office, remark="Уточните", remark_fields=["phone"])
