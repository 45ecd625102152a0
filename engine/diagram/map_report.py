"""Traceability: which rows of a functional map are carried out by which elements.

An element names rows by its property `source`: "FK-B.03 2.2"; several are separated by `;`. Other
sources (a paragraph, a guide) are not the map's and are left alone. A stage, as row "2" with rows
"2.1", "2.2" below it, is carried out when all of its rows are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.parts import ACTIVITIES
from engine.diagram.resources import FunctionalMap, MapRow


@dataclass(frozen=True)
class MapReport:
    """A map compared with a diagram.

    `carried_out`: row number → ids of the elements that name it (a stage: those of its rows too).
    `missing`: rows that nothing carries out. `unknown`: (element id, row number) where an element
    names a row that the map lacks. `without_row`: activities that name no row of the map.
    """

    map: FunctionalMap
    carried_out: Mapping[str, tuple[str, ...]]
    missing: tuple[MapRow, ...]
    unknown: tuple[tuple[str, str], ...]
    without_row: tuple[str, ...]


def report_map(diagram: Diagram, functional_map: FunctionalMap) -> MapReport:
    """Compares the executable processes of a diagram with a map."""
    elements = [element for process in diagram.executable for element in process.elements.values()]
    named: dict[str, list[str]] = {}
    without: list[str] = []
    for element in elements:
        numbers = rows_named(element, functional_map.code)
        for number in numbers:
            named.setdefault(number, []).append(element.id)
        if not numbers and element.type in ACTIVITIES:
            without.append(element.id)
    rows = {row.number: row for row in functional_map.rows}
    carried = {number: _carriers(number, rows, named) for number in rows}
    return MapReport(
        map=functional_map,
        carried_out={number: ids for number, ids in carried.items() if ids},
        missing=tuple(row for number, row in rows.items() if not carried[number]),
        unknown=tuple(
            (identifier, number)
            for number, ids in named.items()
            if number not in rows
            for identifier in ids
        ),
        without_row=tuple(without),
    )


def rows_named(element: ElementFacts, code: str) -> tuple[str, ...]:
    """The numbers of the rows of the map `code` that an element names."""
    prefix = f"{code} "
    return tuple(
        source.removeprefix(prefix).strip()
        for source in element.sources
        if source.startswith(prefix)
    )


def _carriers(number: str, rows: Iterable[str], named: Mapping[str, list[str]]) -> tuple[str, ...]:
    below = [row for row in rows if row.startswith(f"{number}.")]
    own = tuple(named.get(number, ()))
    if own or not below:
        return own
    if not all(row in named for row in below):
        return ()
    return tuple(identifier for row in below for identifier in named[row])
