"""Remarks at a task: what they open, those that can't be read, and earlier answers beside it."""

from __future__ import annotations

import json

import pytest

from engine.commands import CompleteTask
from engine.errors import StepFailed
from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.house import House, person

WORDS = {"kk": "x", "ru": "x", "en": "x"}
FORM = {
    "type": "object",
    "x-title": WORDS,
    "properties": {name: {"type": "string", "x-label": WORDS} for name in ("one", "other")},
}
FILES = {"p/forms/a.json": json.dumps(FORM).encode()}


def corrected(**properties: str) -> Element:
    form = {"candidate_groups": "staff", "form_key": "p/forms/a.json"}
    return process(
        "p",
        start_event("s"),
        user_task("ask", **form),
        user_task("correct", **form, properties=properties),
        end_event("e"),
        *path("s", "ask", "correct", "e"),
        properties={"inputs": "found"},
    )


def come_to_it(house: House, found: object, **properties: str) -> str:
    """The id of the task that has the remarks; completes the one before it."""
    house.deploy(corrected(**properties), files=FILES)
    instance_id = house.start("p", {"found": found})
    (before,) = house.tasks(instance_id, "ask")
    house.execute(CompleteTask(before, {"one": "a", "other": "b"}), person())
    return house.tasks(instance_id, "correct")[0]


@pytest.mark.parametrize("nothing", [None, {}])
def test_without_remarks_all_is_open(house: House, nothing: object) -> None:
    task = house.engine.queries.task(person(), come_to_it(house, nothing, remarks="${found}"))
    assert task.form is not None
    assert not task.form.closed


def test_remarks_open_what_they_name(house: House) -> None:
    task_id = come_to_it(house, {"one": "Why?"}, remarks="${found}")
    task = house.engine.queries.task(person(), task_id)
    assert task.form is not None
    assert task.form.closed == {"other": "b"}
    assert not task.form.is_closed


def test_remarks_on_other_fields_leave_none_open(house: House) -> None:
    task_id = come_to_it(house, {"elsewhere": "Why?"}, remarks="${found}")
    task = house.engine.queries.task(person(), task_id)
    assert task.form is not None
    assert task.form.is_closed


@pytest.mark.parametrize(
    ("found", "expression"),
    [("x", "${found}"), ({"one": 1}, "${found}"), (["one"], "${found}"), (1, "${found.no.such}")],
)
def test_remarks_that_can_t_be_read_open_nothing_and_make_an_incident(
    house: House, found: object, expression: str
) -> None:
    with pytest.raises(StepFailed):
        come_to_it(house, found, remarks=expression)
    (instance,) = house.rows("process_instance")
    assert house.open(instance.id) == ["ask"]
    assert len(house.incidents()) == 1


def test_a_task_names_the_earlier_ones_that_it_shows(house: House) -> None:
    task_id = come_to_it(house, None, shows="ask")
    (shown,) = house.engine.queries.task(person(), task_id).shows
    assert (shown.element_id, [each.name for each in shown.form.fields]) == (
        "ask",
        ["one", "other"],
    )
