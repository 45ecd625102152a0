"""The output columns of a decision table (DMN 1.5, clauses 8.2.10, 8.3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.dmn import reasons
from engine.dmn.explanation import report_no_feel, report_warning
from engine.dmn.model import DecisionTable, OutputClause, Text
from engine.dmn.scope import Run, Scope
from engine.dmn.tables.cells import read_cell
from engine.dmn.tables.hit_policies import Rank
from engine.feel.budget import CURRENT, Budget
from engine.feel.comparing import key
from engine.feel.errors import Unfit
from engine.feel.evaluator.frame import Evaluation, Frame
from engine.feel.feel import FeelUnaryTests
from engine.feel.texts import in_short
from engine.feel.types import (
    ANY,
    Constrained,
    ContextOf,
    FeelType,
    ListOf,
    Reference,
    coerce,
)

_MOST_TYPES = 100
"""References and lists around the type of one value."""


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """A compiled output clause: one expression a rule; `default` None where there is none.

    `rank` gives the place of a value in the output values, None where none are listed.
    """

    label: str
    type: FeelType
    values: FeelUnaryTests | None
    rank: Rank | None
    cells: Sequence[Run]
    default: Run | None

    def output(self, frame: Frame, rule: int) -> object:
        """The output of a rule, by its index."""
        return self._typed(frame, self.cells[rule])

    def default_output(self, frame: Frame) -> object:
        """The default output; null where there is none."""
        return None if self.default is None else self._typed(frame, self.default)

    def _typed(self, frame: Frame, run: Run) -> object:
        try:
            value = coerce(run(frame), self.type)
        except Unfit as unfit:
            report_warning(frame, reasons.COLUMN, reason=unfit, name=self.label)
            return None
        if not self.allows(frame, value):
            assert self.values is not None
            report_warning(
                frame,
                reasons.NOT_AMONG,
                name=self.label,
                values=self.values.text,
                found=in_short(value),
            )
        return value

    def allows(self, frame: Frame, value: object) -> bool:
        """Whether the output values allow a value; null always. Of a list, its items."""
        if self.values is None or value is None:
            return True
        if isinstance(value, list):
            return all(self.allows(frame, item) for item in value)
        return self.values.run(frame, value) is True


def compile_output(
    table: DecisionTable, index: int, cells: Sequence[Text], scope: Scope
) -> OutputColumn:
    """The column at an index of the table's outputs. What is no FEEL is reported to the scope."""
    clause = table.outputs[index]
    what = f"output {index + 1}" + (f" ({clause.name})" if clause.name else "")
    declared = scope.find_type(clause.type_ref)
    values = clause.values or _allowed_values(clause, _type_in(table, clause, declared, scope))
    tests = None if values is None else scope.unary_tests(values, f"{what}, values")
    return OutputColumn(
        clause.name or clause.label or what,
        declared,
        None if clause.values is None else tests,
        None if tests is None else rank_of(tests),
        [compile_text(cell, f"rule {rule}, {what}", scope) for rule, cell in enumerate(cells, 1)],
        None if clause.default is None else compile_text(clause.default, f"{what}, default", scope),
    )


def compile_text(source: Text, what: str, scope: Scope) -> Run:
    """The closure of an expression: null where there is no text, or, with a warning, no FEEL."""
    if not source.text.strip():
        return lambda frame: None
    expression = scope.expression(source, what)
    if expression is not None:
        return expression.run

    def run(frame: Frame) -> object:
        report_no_feel(frame, what, source.text)
        return None

    return run


def rank_of(values: FeelUnaryTests) -> Rank | None:
    """The order of output values as they are listed; None where they are no list (`-`, not(…))."""
    tree = values.tree
    if tree.is_negated or not tree.tests:
        return None
    listed = read_cell(tree).values()
    if listed is not None:
        return _rank_of_constants(listed)
    each = [FeelUnaryTests(values.text, replace(tree, tests=(test,))) for test in tree.tests]
    return lambda value: _first_passed(each, value)


def _rank_of_constants(listed: Sequence[object]) -> Rank:
    places = {key(value): place for place, value in reversed(list(enumerate(listed)))}
    return lambda value: places.get(key(value), len(listed))


def _first_passed(tests: Sequence[FeelUnaryTests], value: object) -> int:
    frame = Frame({}, None, Evaluation(budget=CURRENT.get() or Budget()))
    places = (place for place, test in enumerate(tests) if test.run(frame, value) is True)
    return next(places, len(tests))


def _type_in(
    table: DecisionTable, clause: OutputClause, declared: FeelType, scope: Scope
) -> FeelType:
    """The type of an output: its own, else what the type of the table says of it."""
    if declared != ANY:
        return declared
    of_table = _of_one(scope.find_type(table.type_ref))
    if len(table.outputs) == 1:
        return of_table
    members = dict(of_table.members) if isinstance(of_table, ContextOf) else {}
    return members.get(clause.name or "", ANY)


def _of_one(declared: FeelType) -> FeelType:
    """What a reference stands for; of a list, the type of its items."""
    for _ in range(_MOST_TYPES):
        if isinstance(declared, Reference):
            declared = declared.resolve()
        elif isinstance(declared, ListOf):
            declared = declared.item
        else:
            return declared
    return ANY


def _allowed_values(clause: OutputClause, declared: FeelType) -> Text | None:
    one = _of_one(declared)
    if isinstance(one, Constrained):
        return Text(text=one.text, id=clause.id, line=clause.line)
    return None
