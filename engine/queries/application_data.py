"""Data files of a process application that pages show: statuses, the rows of its map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions import LANGUAGES, Definition
from engine.diagram import read_map
from engine.queries.names import Names

STATUSES = "statuses"


@dataclass(frozen=True)
class Status:
    """A status in words. `tone` is info, good, bad or wait; `allows` are codes of presses."""

    code: str
    names: Names
    allows: tuple[str, ...]
    tone: str


@dataclass(frozen=True)
class MapRow:
    """A row of the functional map, as "2.2"; one without a dot is a stage. `stage` is the row of
    its stage, as "2"."""

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
            tuple(each.get("allows", ())),
            str(each.get("tone", "info")),
        )
        for code, each in data.items()
    }


def map_rows_of(definition: Definition) -> tuple[MapRow, ...]:
    """The rows of the map that the process names, in order; empty where it names none."""
    name = definition.facts.map_file
    content = definition.resources.get(f"{definition.diagram.key}/{name}")
    if name is None or content is None:
        return ()
    return tuple(
        MapRow(row.number, row.names, "." not in row.number, row.number.partition(".")[0])
        for row in read_map(content).rows
    )


def source_names(definition: Definition, sources: Iterable[str]) -> tuple[Names, ...]:
    """Sources as people read them: rows under the map's shown code, others by the map's names."""
    name = definition.facts.map_file or ""
    data: Mapping[str, Any] = definition.data(name.removesuffix(".json")) or {}
    known = {each["key"]: each["names"] for each in data.get("sources", ())}
    code, shown = data.get("code"), data.get("shown_code", {})
    return tuple(known.get(source) or _shown(source, code, shown) for source in sources)


def _shown(source: str, code: str | None, shown: Names) -> Names:
    if code is None or not source.startswith(f"{code} "):
        return dict.fromkeys(LANGUAGES, source)
    row = source.removeprefix(code)
    return {language: shown.get(language, code) + row for language in LANGUAGES}
