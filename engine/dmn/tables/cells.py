"""What a cell matches, as far as its text says it: values, intervals, everything but these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from engine.dmn.tables.constants import NotConstant, constant
from engine.feel.syntax import Comparison, Literal, Matching, Node, RangeLiteral, Test, UnaryTests
from engine.feel.values import Range


@dataclass(frozen=True, slots=True)
class Interval:
    """Values of one kind between two; an end that is None has no bound."""

    low: object
    high: object
    low_included: bool
    high_included: bool

    @property
    def is_point(self) -> bool:
        """Whether it was written as a single value."""
        return self.low is self.high and self.low_included and self.high_included


@dataclass(frozen=True, slots=True)
class Other:
    """The values of the same kind that are not equal to this one."""

    than: object


Part: TypeAlias = Interval | Other | None
"""None is the part that null alone is in."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A union of parts, or with `is_negated` what is in none of them.

    `is_exact` False: there are tests besides whose values are not known here. `has_lists`: a test
    is a list, which an equal list passes as well as its items.
    """

    parts: tuple[Part, ...] = ()
    is_negated: bool = False
    is_exact: bool = True
    is_anything: bool = False
    has_lists: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a union of values and intervals, and nothing else."""
        others = self.is_negated or self.is_anything or self.has_lists or not self.is_exact
        return not others and not any(isinstance(part, Other) for part in self.parts)

    def values(self) -> list[object] | None:
        """The single values that a cell lists, None where there is anything else in it."""
        if not self.is_plain:
            return None
        values: list[object] = []
        for part in self.parts:
            if part is None:
                values.append(None)
            elif isinstance(part, Interval) and part.is_point:
                values.append(part.low)
            else:
                return None
        return values

    def constants(self) -> Iterator[object]:
        """The values that bound the parts."""
        for part in self.parts:
            if isinstance(part, Interval):
                yield from (end for end in (part.low, part.high) if end is not None)
            elif isinstance(part, Other):
                yield part.than


ANYTHING = Cell(is_anything=True)
UNKNOWN = Cell(is_exact=False)


def read_cell(tests: UnaryTests) -> Cell:
    """The cell of a tree of unary tests."""
    if not tests.tests:
        return ANYTHING
    parts: list[Part] = []
    is_exact, has_lists = True, False
    for test in tests.tests:
        try:
            found, is_list = _parts(test)
        except NotConstant:
            is_exact = False
        else:
            parts.extend(found)
            has_lists = has_lists or is_list
    return Cell(tuple(parts), tests.is_negated, is_exact, has_lists=has_lists)


def _parts(test: Test) -> tuple[list[Part], bool]:
    """The parts of one test, and whether it is a list."""
    match test:
        case Comparison(_, operator, operand):
            return [_compared(operator, constant(operand))], False
        case Matching(_, RangeLiteral() as value):
            return [_range(value)], False
        case Matching(_, value):
            matched = _constant(value)
            if isinstance(matched, list):
                return [_item(item) for item in matched], True
            return [_item(matched)], False
        case _:
            raise NotConstant


def _constant(node: Node) -> object:
    """A constant to be equal to; `1 = 1` is a condition, true of every value."""
    value = constant(node)
    if isinstance(value, bool) and not isinstance(node, Literal):
        raise NotConstant
    return value


def _compared(operator: str, value: object) -> Part:
    if not _is_bound(value):
        raise NotConstant
    match operator:
        case "<":
            return Interval(None, value, False, False)
        case "<=":
            return Interval(None, value, False, True)
        case ">":
            return Interval(value, None, False, False)
        case ">=":
            return Interval(value, None, True, False)
        case "=":
            return Interval(value, value, True, True)
    return Other(value)


def _range(node: RangeLiteral) -> Part:
    """Read by its ends: one that ends before it starts is no value, but it can be told."""
    written = [each for each in (node.start, node.end) if each is not None]
    if any(constant(each) is None for each in written):
        raise NotConstant
    start, end = (None if each is None else constant(each) for each in (node.start, node.end))
    return _within(Range(start, end, node.start_included, node.end_included))


def _item(value: object) -> Part:
    if value is None:
        return None
    if isinstance(value, Range):
        return _within(value)
    if not _is_bound(value):
        raise NotConstant
    return Interval(value, value, True, True)


def _within(value: Range) -> Part:
    ends = (value.start, value.end)
    if all(end is None for end in ends) or not all(end is None or _is_bound(end) for end in ends):
        raise NotConstant
    return Interval(value.start, value.end, value.start_included, value.end_included)


def _is_bound(value: object) -> bool:
    return value is not None and not isinstance(value, (list, dict, Range))
