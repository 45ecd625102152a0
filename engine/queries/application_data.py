"""Data files of a process application that pages show: statuses, the rows of its map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions import LANGUAGES, Definition
from engine.queries.names import Names
from engine.store.codec import load_json

STATUSES = "statuses"


@dataclass(frozen=True)
class Status:
    """A status in words. `tone` is info, good, bad or wait; `employer_may` are codes of presses."""

    code: str
    names: Names
    employer_may: tuple[str, ...]
    tone: str


@dataclass(frozen=True)
class MapRow:
    """A row of the functional map, as "2.2"; `stage` is the row of its stage."""

    row: str
    names: Names
    is_stage: bool
    stage: str


def statuses_of(definition: Definition) -> dict[str, Status]:
    """The statuses by code, from `<key>/statuses.json`; empty without such a file."""
    data: Mapping[str, Mapping[str, Any]] = definition.data(STATUSES) or {}
    return {
        code: Status(
            code,
            dict(each.get("names", {})),
            tuple(each.get("employer_may", ())),
            str(each.get("tone", "info")),
        )
        for code, each in data.items()
    }


def map_rows_of(definition: Definition) -> tuple[MapRow, ...]:
    """The rows of the map that the process names, in order; empty where it names none."""
    name = definition.facts.map_file
    if name is None:
        return ()
    content = definition.resources.get(f"{definition.diagram.key}/{name}")
    if content is None:
        content = definition.resources.get(name)
    if content is None:
        return ()
    rows: list[Mapping[str, Any]] = load_json(content).get("rows", [])
    return tuple(
        MapRow(
            str(each["row"]),
            {code: each[code] for code in LANGUAGES if code in each},
            each.get("kind") == "stage",
            str(each.get("stage", each["row"])),
        )
        for each in rows
    )
