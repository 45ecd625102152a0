"""Decision tables in a few lines: columns by their texts, rules by the texts of their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.explanation import Explained
from engine.dmn.model import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputClause,
    OutputClause,
    Rule,
    Text,
)
from engine.dmn.scope import Scope
from engine.dmn.tables import compile_table
from engine.feel.feel import Frame, WithinLimits, from_json
from engine.feel.types import ANY, FeelType, simple_type


def text(source: str, line: int | None = None) -> Text:
    return Text(text=source, line=line)


def column(expression: str, type_ref: str | None = None, values: str | None = None) -> InputClause:
    """An input clause."""
    return InputClause(
        expression=text(expression),
        type_ref=type_ref,
        values=None if values is None else text(values),
    )


def output(
    name: str | None = None,
    type_ref: str | None = None,
    values: str | None = None,
    default: str | None = None,
) -> OutputClause:
    """An output clause."""
    return OutputClause(
        name=name,
        type_ref=type_ref,
        values=None if values is None else text(values),
        default=None if default is None else text(default),
    )


def table(
    inputs: Sequence[InputClause | str],
    rules: Sequence[Sequence[str]],
    outputs: Sequence[OutputClause] = (output(),),
    hit_policy: HitPolicy = "UNIQUE",
    aggregation: Aggregation | None = None,
) -> DecisionTable:
    """A table whose rules have the ids r1, r2 … and the lines 101, 102 …"""
    clauses = tuple(column(each) if isinstance(each, str) else each for each in inputs)
    return DecisionTable(
        hit_policy=hit_policy,
        aggregation=aggregation,
        inputs=clauses,
        outputs=tuple(outputs),
        rules=tuple(
            Rule(
                id=f"r{number}",
                line=100 + number,
                inputs=tuple(text(cell) for cell in cells[: len(clauses)]),
                outputs=tuple(text(cell) for cell in cells[len(clauses) :]),
            )
            for number, cells in enumerate(rules, start=1)
        ),
    )


def scope(types: Mapping[str, FeelType] = {}, **variables: FeelType) -> Scope:
    """A scope of variables, and named types beside the built-in ones."""

    def find_type(type_ref: str | None) -> FeelType:
        if type_ref is None:
            return ANY
        return types.get(type_ref) or simple_type(type_ref) or ANY

    return Scope("Decision", variables, named_types=types, find_type=find_type)


@dataclass(frozen=True)
class Ran:
    """What came of a table: the value, the numbers of the rules that count, the reasons."""

    value: object
    rules: list[int]
    errors: list[str]
    warnings: list[str]


def run(of: DecisionTable, types: Mapping[str, FeelType] = {}, **inputs: object) -> Ran:
    """Runs a table for inputs given as JSON or FEEL values."""
    within = scope(types, **dict.fromkeys(inputs, ANY))
    compiled = compile_table(of, within)
    assert not within.problems, within.problems
    evaluation = Explained()
    values = {name: from_json(value) for name, value in inputs.items()}
    with WithinLimits("", evaluation):
        value = compiled(Frame(values, None, evaluation))
    evaluation.note()
    return Ran(
        value,
        [rule.number for rule in evaluation.step.rules],
        [notice.reason for notice in evaluation.notices if notice.severity == "error"],
        [notice.reason for notice in evaluation.notices if notice.severity == "warning"],
    )


def problems(of: DecisionTable, **variables: FeelType) -> list[str]:
    """What compiling a table finds wrong."""
    within = scope(**variables)
    compile_table(of, within)
    return [problem.message for problem in within.problems]
