"""Statuses and map rows, as the process application's files have them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.errors import NotFound
from tests.support.diagrams import (
    Element,
    boundary_event,
    end_event,
    message,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import House, person

NAMES = {"kk": "Тексеруде", "ru": "На проверке", "en": "Being checked"}


def test_statuses_are_by_code_and_of_the_newest_version_unless_said(
    house: House, one_task: Callable[..., Element]
) -> None:
    first = {"checked": {"names": NAMES, "allows": ["view", "edit"], "tone": "wait"}}
    house.deploy(one_task(), files={"p/statuses.json": json.dumps(first).encode()})
    house.deploy(one_task(), files={"p/statuses.json": json.dumps({"new": {}}).encode()})
    queries = house.engine.queries
    (status,) = queries.statuses(person(), "p", 1).values()
    assert (status.code, status.names, status.tone) == ("checked", NAMES, "wait")
    assert status.allows == ("view", "edit")
    (status,) = queries.statuses(person(), "p").values()
    assert (status.code, status.names, status.allows, status.tone) == ("new", {}, (), "info")
    for process_id, version in (("q", None), ("p", 3)):
        with pytest.raises(NotFound):
            queries.statuses(person(), process_id, version)


def test_a_process_without_the_files_has_none(
    house: House, one_task: Callable[..., Element]
) -> None:
    definition_id = house.deploy(one_task()).definitions[0].id
    queries = house.engine.queries
    assert queries.statuses(person(), "p") == {}
    assert queries.actions(person(), "p") == {}
    assert queries.waiting_texts(person(), "p") == {}
    assert queries.map_rows(person(), definition_id) == ()


def test_actions_say_at_which_task_or_by_which_message(house: House) -> None:
    file = {
        "edit": {
            "names": NAMES,
            "tasks": [
                {"element": "a", "first": True},
                {"process": "q", "holding": "cases", "element": "b", "values": {"choice": "edit"}},
                {"process": "q", "holding": "cases", "element": "c", "chosen": {"choice": "stop"}},
            ],
        },
        "stop": {"names": NAMES, "message": "p.stop", "asks": NAMES},
    }
    by_hand = {"candidateGroups": "staff"}
    diagram = process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff"),
        boundary_event("stopped", "a", message("p.stop"), properties=by_hand),
        end_event("e"),
        end_event("f"),
        *path("s", "a", "e"),
        *path("stopped", "f"),
    )
    house.deploy(diagram, files={"p/actions.json": json.dumps(file).encode()})
    edit, stop = house.engine.queries.actions(person(), "p").values()
    first, second, third = edit.tasks
    assert (edit.code, edit.names, edit.message, edit.asks) == ("edit", NAMES, None, {})
    assert (first.element_id, first.process_id, first.values, first.is_first) == (
        "a",
        None,
        {},
        True,
    )
    assert (second.process_id, second.holding, second.is_first) == ("q", "cases", False)
    assert (second.values, second.chosen) == ({"choice": "edit"}, {})
    assert (third.values, third.chosen) == ({}, {"choice": "stop"})
    assert (stop.tasks, stop.message, stop.asks) == ((), "p.stop", NAMES)


def test_what_is_read_while_a_case_waits_is_by_element(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(), files={"p/waiting.json": json.dumps({"a": NAMES}).encode()})
    assert house.engine.queries.waiting_texts(person(), "p") == {"a": NAMES}


def test_a_task_is_called_in_the_words_for_whoever_does_it_and_its_step_by_its_name(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(), files={"p/tasks.json": json.dumps({"a": NAMES}).encode()})
    instance_id = house.start()
    (task,) = house.tasks(instance_id, "a")
    assert house.engine.queries.task(person(), task).names == NAMES
    case = house.engine.queries.instance(person(), instance_id)
    (waiting,) = case.row.waiting_for
    assert waiting.asks == NAMES
    assert waiting.names != NAMES
    assert [step.names for step in case.steps if step.element_id == "a"] == [waiting.names]


def test_the_rows_of_the_map_come_in_order(house: House) -> None:
    rows = [
        {"row": "1", **NAMES},
        {"row": "1.1", **NAMES, "actor": "employer"},
        {"row": "2", "ru": "Этап"},
    ]
    node = process(
        "p",
        start_event("s", properties={"source": "P 1.1"}),
        end_event("e", properties={"source": "P 2"}),
        *path("s", "e"),
        properties={"map": "map.json"},
    )
    files = {"p/map.json": json.dumps({"code": "P", "rows": rows}).encode()}
    definition_id = house.deploy(node, files=files).definitions[0].id
    found = house.engine.queries.map_rows(person(), definition_id)
    assert [(each.row, each.is_stage, each.stage) for each in found] == [
        ("1", True, "1"),
        ("1.1", False, "1"),
        ("2", True, "2"),
    ]
    assert found[1].names == NAMES
    assert found[2].names == {"ru": "Этап"}


def test_sources_are_shown_under_the_maps_code_and_names(house: House) -> None:
    guide = {"kk": "Тәртіп", "ru": "Порядок", "en": "Guide"}
    data = {
        "code": "P",
        "shown_code": {"kk": "П", "ru": "П", "en": "P"},
        "rows": [{"row": "1", **NAMES}, {"row": "1.1", **NAMES}],
        "sources": [{"key": "Guide 2", "names": guide}],
    }
    node = process(
        "p",
        start_event("s", properties={"source": "P 1; Guide 2; Order 5"}),
        end_event("e", properties={"source": "P 1.1"}),
        *path("s", "e"),
        properties={"map": "map.json"},
    )
    house.deploy(node, files={"p/map.json": json.dumps(data).encode()})
    instance = house.start()
    first, last = house.engine.queries.instance(person(), instance).steps
    assert [each["ru"] for each in first.source_names] == ["П 1", "Порядок", "Order 5"]
    assert last.source_names[0] == {"kk": "П 1.1", "ru": "П 1.1", "en": "P 1.1"}
