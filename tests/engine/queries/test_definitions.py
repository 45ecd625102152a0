"""Deployed versions, their diagrams and fields, and what may be started."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.errors import NotFound
from tests.support.diagrams import (
    Element,
    end_event,
    message,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, House, person


def form(*names: str, title: str = "x") -> bytes:
    words = {"kk": title, "ru": title, "en": title}
    properties = {name: {"type": "string", "x-label": words} for name in names}
    return json.dumps({"type": "object", "x-title": words, "properties": properties}).encode()


def test_versions_are_listed_newest_first_with_what_runs_in_them(
    make_house: Callable[..., House], one_task: Callable[..., Element]
) -> None:
    def fail() -> None:
        raise ValueError

    house = make_house(handlers={"work": fail}, settings={"retries": 1})
    house.deploy(one_task("p", names={"en": "First"}))
    house.start("p")
    house.complete(house.start("p"), "a")
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w"),
            end_event("e"),
            *path("s", "w", "e"),
            names={"en": "Second"},
        )
    )
    for _ in range(2):
        house.start("p")
    house.deploy(one_task("other"))
    rows = house.engine.queries.definitions(OPERATOR)
    assert [
        (row.process_id, row.version, row.is_latest, row.running, row.incidents) for row in rows
    ] == [("other", 1, True, 0, 0), ("p", 2, True, 2, 2), ("p", 1, False, 1, 0)]
    assert rows[1].names["en"] == "Second"
    assert (rows[1].deployed_by, rows[1].source) == ("operator", "disk")
    assert rows[1].deployed_at == house.clock.now
    assert house.engine.queries.definitions(person("aigul", "staff")) == ()


def test_the_diagram_is_as_it_was_deployed(house: House, one_task: Callable[..., Element]) -> None:
    definition_id = house.deploy(one_task()).definitions[0].id
    view = house.engine.queries.diagram(person("aigul", "staff"), definition_id)
    assert (view.process_id, view.version) == ("p", 1)
    assert view.xml == house.rows("resource", name="p.bpmn")[0].content
    with pytest.raises(NotFound):
        house.engine.queries.diagram(OPERATOR, "nowhere")


def test_the_fields_of_all_forms_are_by_variable_and_the_first_wins(house: House) -> None:
    node = process(
        "p",
        start_event("s", form_key="p/forms/s.json"),
        user_task("a", candidate_groups="staff", form_key="p/forms/a.json"),
        end_event("e"),
        *path("s", "a", "e"),
    )
    files = {
        "p/forms/s.json": form("bin", "year", title="start"),
        "p/forms/a.json": form("year", "note", title="task"),
    }
    definition_id = house.deploy(node, files=files).definitions[0].id
    fields = house.engine.queries.fields(person(), definition_id)
    assert {name: field.label("en") for name, field in fields.items()} == {
        "bin": "start",
        "year": "start",
        "note": "task",
    }


def test_a_process_may_be_started_by_its_starters_or_by_all(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(
        one_task("free"),
        one_task("by_group", properties={}),
        process(
            "by_message",
            start_event("s", message("begin")),
            end_event("e"),
            *path("s", "e"),
        ),
    )
    node = one_task("kept")
    node.set(f"{{{node.nsmap['camunda']}}}candidateStarterGroups", "employer")
    node.set(f"{{{node.nsmap['camunda']}}}candidateStarterUsers", "dana")
    house.deploy(node)

    def startable(*who: str) -> list[str]:
        rows = house.engine.queries.startable_processes(person(*who))
        return [row.process_id for row in rows]

    assert startable("aigul", "staff") == ["by_group", "free"]
    assert startable("erlan", "employer") == ["by_group", "free", "kept"]
    assert startable("dana", "staff") == ["by_group", "free", "kept"]


def test_the_newest_version_is_started_with_its_form(house: House) -> None:
    def version(field: str) -> None:
        node = process(
            "p", start_event("s", form_key="p/forms/s.json"), end_event("e"), *path("s", "e")
        )
        house.deploy(node, files={"p/forms/s.json": form(field)})

    version("old")
    version("new")
    (row,) = house.engine.queries.startable_processes(person())
    assert row.version == 2
    assert row.form is not None
    assert [field.name for field in row.form.fields] == ["new"]
