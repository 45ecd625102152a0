"""Names as the pages take them: a text for each language."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select

from engine.definitions import LANGUAGES, Definition
from engine.store.codec import load_json
from engine.store.tables import process_definition

Names = Mapping[str, str]
NO_NAMES: Names = {}
TASKS = "tasks"
_definition = process_definition.c
_NAMED = select(_definition.id, _definition.names, _definition.version).where(
    _definition.id.in_(bindparam("ids", expanding=True))
)


def element_names(definition: Definition, element_id: str | None) -> Names:
    """The names of an element; empty for none, or for one that the diagram no longer has."""
    if element_id is None or element_id not in definition.facts.elements:
        return NO_NAMES
    return definition.names(element_id)


def task_names(definition: Definition, element_id: str) -> Names:
    """A task in the words of `<key>/tasks.json` for whoever does it; else the element's names."""
    titles: Mapping[str, Names] = definition.data(TASKS) or {}
    return titles.get(element_id) or element_names(definition, element_id)


def lane_names(definition: Definition, element_id: str) -> Names:
    """The names of the lane that an element lies in; empty without one."""
    lane = definition.facts.lanes.get(definition.element(element_id).lane or "")
    return NO_NAMES if lane is None else {code: lane.name(code) for code in LANGUAGES}


def process_names(connection: Connection, definition_ids: set[str]) -> dict[str, tuple[Names, int]]:
    """The names and the version number of definitions, without reading their diagrams."""
    rows = connection.execute(_NAMED, {"ids": sorted(definition_ids)})
    return {row.id: (load_json(row.names), row.version) for row in rows}
