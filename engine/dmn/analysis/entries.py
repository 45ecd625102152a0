"""Cells that ask for what a column never holds, outputs that are not what their column allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.dmn.analysis.axis import Axis
from engine.dmn.analysis.dimensions import Column
from engine.dmn.analysis.facts import Facts
from engine.dmn.analysis.findings import Finding
from engine.dmn.analysis.kinds import (
    NEVER,
    NOT_AGGREGATED,
    OTHER_INPUT_TYPE,
    OTHER_OUTPUT_TYPE,
    OUTSIDE_INPUT_VALUES,
    OUTSIDE_OUTPUT_VALUES,
)
from engine.dmn.analysis.lines import line_of
from engine.dmn.analysis.outputs import VARIES
from engine.dmn.tables.cells import Cell
from engine.dmn.tables.results import OutputColumn
from engine.feel.errors import Unfit
from engine.feel.evaluator.frame import Evaluation, Frame
from engine.feel.types import coerce, name_of
from engine.feel.values import is_number


def check_cells(facts: Facts) -> Iterator[Finding]:
    """Cells that no value passes, or that have a test which no value passes."""
    reported: set[int] = set()
    for column in facts.inputs.columns:
        found = list(_cells(facts, column))
        reported.update(index for finding in found for index in finding.rules)
        yield from facts.limited(OUTSIDE_INPUT_VALUES, found, lambda finding: finding)
    impossible = (
        rule
        for rule in range(len(facts.table.rules))
        if not facts.inputs.grid.possible(rule) and rule + 1 not in reported
    )
    yield from facts.limited(NEVER, impossible, lambda rule: _contradiction(facts, rule))


def check_outputs(facts: Facts, columns: Sequence[OutputColumn]) -> Iterator[Finding]:
    """Constant outputs that are not of the type, not among the values, not to be aggregated."""
    for place, column in enumerate(columns):
        found = list(_outputs(facts, column, place))
        yield from facts.limited(OUTSIDE_OUTPUT_VALUES, found, lambda finding: finding)


def _cells(facts: Facts, column: Column) -> Iterator[Finding]:
    axis = facts.inputs.axis(column)
    distinct = {id(cell): cell for cell in column.cells}
    wrong = {each: _is_wrong(cell, axis) for each, cell in distinct.items()}
    for rule, cell in enumerate(column.cells):
        if wrong[id(cell)]:
            yield _wrong_cell(facts, column, rule)


def _is_wrong(cell: Cell, axis: Axis) -> bool:
    """Whether a part of the cell, or all of it, is true of no value that may occur."""
    if cell.is_anything or axis.is_opaque:
        return False
    if cell.is_negated:
        return not axis.matched(cell).may
    return any(not axis.matched(Cell((part,))).may for part in cell.parts)


def _wrong_cell(facts: Facts, column: Column, rule: int) -> Finding:
    cell = column.cells[rule]
    details = {
        "rule": facts.rule(rule),
        "column": column.label,
        "text": " ".join(facts.table.rules[rule].inputs[column.index].text.split()),
    }
    types = {line.type_name for line in map(line_of, cell.constants()) if line is not None}
    if column.type_name is not None and types - {column.type_name}:
        return facts.finding(OTHER_INPUT_TYPE, rule, type=column.type_name, **details)
    if column.constraint_texts:
        values = "; ".join(column.constraint_texts)
        return facts.finding(OUTSIDE_INPUT_VALUES, rule, values=values, **details)
    return facts.finding(NEVER, rule, **details)


def _contradiction(facts: Facts, rule: int) -> Finding:
    """Columns of one expression that ask for different values."""
    dimensions = facts.inputs.grid.dimensions
    place = next(place for place, each in enumerate(dimensions) if not each.cells[rule].may)
    columns = [
        column
        for column in facts.inputs.columns
        if facts.inputs.dimension_of[column.index] == place
    ]
    texts = [facts.table.rules[rule].inputs[column.index].text.strip() for column in columns]
    return facts.finding(
        NEVER,
        rule,
        rule=facts.rule(rule),
        column=columns[0].label,
        text="; ".join(texts),
    )


def _outputs(facts: Facts, column: OutputColumn, place: int) -> Iterator[Finding]:
    for rule, entry in enumerate(facts.outputs.entries):
        if entry[place] is VARIES or entry[place] is None:
            continue
        details = {
            "rule": facts.rule(rule),
            "column": column.label,
            "text": " ".join(facts.table.rules[rule].outputs[place].text.split()),
        }
        yield from _output(facts, column, rule, entry[place], details)


def _output(
    facts: Facts, column: OutputColumn, rule: int, constant: object, details: dict[str, str]
) -> Iterator[Finding]:
    try:
        value = coerce(constant, column.type)
    except Unfit:
        yield facts.finding(OTHER_OUTPUT_TYPE, rule, type=name_of(column.type), **details)
        return
    if not column.allows(Frame({}, None, Evaluation()), value):
        assert column.values is not None
        yield facts.finding(OUTSIDE_OUTPUT_VALUES, rule, values=column.values.text, **details)
    aggregation = facts.table.aggregation
    if aggregation is not None and not _can_be_aggregated(aggregation, value):
        yield facts.finding(NOT_AGGREGATED, rule, aggregation=aggregation, **details)


def _can_be_aggregated(aggregation: str, value: object) -> bool:
    if aggregation == "COUNT":
        return True
    if aggregation == "SUM":
        return is_number(value)
    return line_of(value) is not None and not isinstance(value, bool)
