"""The input columns of a decision table: which rules a value may belong to (DMN 1.5, clause 8.3.3).

A set of rules is an integer, one bit a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn import reasons
from engine.dmn.explanation import report_warning
from engine.dmn.model import InputClause, Text
from engine.dmn.scope import Run, Scope
from engine.dmn.tables.cell_index import CellIndex
from engine.dmn.tables.results import compile_text
from engine.feel.errors import Unfit
from engine.feel.evaluator.frame import Frame
from engine.feel.feel import FeelUnaryTests
from engine.feel.types import FeelType, coerce


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A compiled input clause: its expression, the values it may have, its cells.

    `label` is what messages call it.
    """

    label: str
    expression: Run
    type: FeelType
    values: FeelUnaryTests | None
    cells: CellIndex

    def value(self, frame: Frame) -> object:
        """The value of the input expression as the type of the clause; null where it is not."""
        try:
            return coerce(self.expression(frame), self.type)
        except Unfit as unfit:
            report_warning(frame, reasons.COLUMN, reason=unfit, name=self.label)
            return None

    def allows(self, frame: Frame, value: object) -> bool:
        """Whether the input values allow a value. Null stands for one that is not known.

        Of a list they are asked item by item, as allowed values of a collection are.
        """
        if self.values is None or value is None:
            return True
        if isinstance(value, list):
            return all(self.allows(frame, item) for item in value)
        return self.values.run(frame, value) is True


def compile_column(
    clause: InputClause, cells: Sequence[Text], number: int, scope: Scope
) -> InputColumn:
    """The column with this number (from 1). What is no FEEL is reported to the scope."""
    label = clause.label or clause.expression.text or f"input {number}"
    what = f"input {number} ({label})"
    return InputColumn(
        label,
        compile_text(clause.expression, what, scope),
        scope.find_type(clause.type_ref),
        None if clause.values is None else scope.unary_tests(clause.values, f"{what}, values"),
        _compile_cells(cells, what, clause.variable, scope),
    )


def _compile_cells(cells: Sequence[Text], what: str, variable: str, scope: Scope) -> CellIndex:
    """Each text once, however many rules have it."""
    rules: dict[str, int] = {}
    first: dict[str, tuple[int, Text]] = {}
    for index, cell in enumerate(cells):
        text = cell.text.strip()
        rules[text] = rules.get(text, 0) | 1 << index
        first.setdefault(text, (index + 1, cell))
    compiled = [
        (scope.unary_tests(cell, f"rule {number}, {what}", variable), rules[text])
        for text, (number, cell) in first.items()
    ]
    return CellIndex([(tests, those) for tests, those in compiled if tests is not None])
