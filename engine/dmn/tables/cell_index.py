"""The cells of a column, by what they ask: a thousand of them cost little more than ten.

A set of rules is an integer, one bit a rule. Values are looked up, intervals found by bisection;
what remains is run, each text once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.tables.cells import Cell, Interval, read_cell
from engine.dmn.tables.intervals import Intervals, kind_of, place_of
from engine.feel.comparing import key
from engine.feel.evaluator.frame import Frame
from engine.feel.feel import FeelUnaryTests

MOST_BITS = 2**28
"""Rules of all regions of a column together: 32 MB."""


@dataclass(frozen=True, slots=True)
class Span:
    """The intervals of one kind in a cell, with its rules."""

    tests: FeelUnaryTests
    intervals: Sequence[Interval]
    rules: int


class CellIndex:
    """The cells of a column that are not the same, each with its rules."""

    def __init__(self, cells: Iterable[tuple[FeelUnaryTests, int]]) -> None:
        self._anything = 0
        self._values: dict[Hashable, int] = {}
        self._tests: list[tuple[FeelUnaryTests, int]] = []
        spans: dict[Hashable, list[Span]] = {}
        for tests, rules in cells:
            cell = read_cell(tests.tree)
            found = _spans(cell)
            if cell.is_anything:
                self._anything |= rules
            elif found is None:
                self._tests.append((tests, rules))
            else:
                self._add_values(cell, rules)
                for kind, intervals in found.items():
                    spans.setdefault(kind, []).append(Span(tests, intervals, rules))
        self._spans: dict[Hashable, Intervals] = {}
        for kind, those in spans.items():
            self._add_spans(kind, those)

    @property
    def cost(self) -> int:
        """How many tests have to be run where they are asked for all rules."""
        return len(self._tests)

    def matching(self, frame: Frame, value: object, rules: int) -> int:
        """Those of the rules whose cell the value passes."""
        matched = rules & (self._anything | self._found(value))
        for tests, those in self._tests:
            if rules & those & ~matched and tests.run(frame, value) is True:
                matched |= rules & those
        return matched

    def _found(self, value: object) -> int:
        """The rules of values and intervals that a value is equal to or in."""
        if isinstance(value, (list, dict)):
            return 0
        found = self._values.get(key(value), 0)
        place = place_of(value) if self._spans else None
        if place is not None and place[0] in self._spans:
            found |= self._spans[place[0]].rules(place[1])
        return found

    def _add_values(self, cell: Cell, rules: int) -> None:
        for part in cell.parts:
            if part is None:
                self._values[key(None)] = self._values.get(key(None), 0) | rules
            elif isinstance(part, Interval) and part.is_point:
                self._values[key(part.low)] = self._values.get(key(part.low), 0) | rules

    def _add_spans(self, kind: Hashable, spans: Sequence[Span]) -> None:
        """Intervals that would take too much memory are run as other tests are."""
        ends = 2 * sum(len(span.intervals) for span in spans)
        if ends * max(span.rules.bit_length() for span in spans) > MOST_BITS:
            self._tests.extend((span.tests, span.rules) for span in spans)
        else:
            self._spans[kind] = Intervals([(span.intervals, span.rules) for span in spans])


def _spans(cell: Cell) -> Mapping[Hashable, Sequence[Interval]] | None:
    """The intervals of a cell by kind, if it consists of values and intervals; else None."""
    if not cell.is_plain:
        return None
    spans: dict[Hashable, list[Interval]] = {}
    for part in cell.parts:
        if isinstance(part, Interval) and not part.is_point:
            kind = kind_of(part)
            if kind is None:
                return None
            spans.setdefault(kind, []).append(part)
    return spans
