"""Everything that can be said of one decision table without running it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.dmn.analysis.coverage import check_gaps, check_masked
from engine.dmn.analysis.entries import check_cells, check_outputs
from engine.dmn.analysis.facts import Facts
from engine.dmn.analysis.findings import Finding, Place
from engine.dmn.analysis.grid import TooLarge
from engine.dmn.analysis.kinds import GAP, OVERLAP, PARTLY, TOO_LARGE
from engine.dmn.analysis.overlaps import check_overlaps
from engine.dmn.model import DecisionTable
from engine.dmn.scope import Scope
from engine.dmn.tables.hit_policies import LIST_POLICIES
from engine.dmn.tables.results import compile_output


def analyse_table(table: DecisionTable, scope: Scope, place: Place) -> list[Finding]:
    """The findings about a table whose texts see the names of `scope`."""
    try:
        facts = Facts.of(table, scope, place)
    except TooLarge:
        return [place.finding(TOO_LARGE, (), table.line, None, what=f"{OVERLAP.code}, {GAP.code}")]
    return list(_findings(facts))


def _findings(facts: Facts) -> Iterator[Finding]:
    table, quiet = facts.table, replace(facts.scope, problems=[])
    columns = [
        compile_output(table, index, [rule.outputs[index] for rule in table.rules], quiet)
        for index in range(len(table.outputs))
    ]
    yield from check_cells(facts)
    yield from check_outputs(facts, columns)
    yield from check_overlaps(facts)
    yield from check_masked(facts, [column.rank for column in columns])
    yield from check_gaps(facts)
    if facts.inputs.unknown and table.hit_policy not in LIST_POLICIES:
        labels = ", ".join(column.label for column in facts.inputs.unknown)
        yield facts.finding(PARTLY, columns=labels)
