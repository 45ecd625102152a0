"""Intervals of one ordered kind of values, to find those that a value is in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import TypeAlias

from engine.dmn.tables.bit_sets import by_region, run
from engine.dmn.tables.cells import Interval
from engine.feel import temporal
from engine.feel.temporal.comparing import key

Position: TypeAlias = Decimal | str | int

Place: TypeAlias = tuple[Hashable, Position]
"""A kind of values that are ordered among each other, and the position of one of them."""


def place_of(value: object) -> Place | None:
    """Where a value lies; None for those without an order."""
    if isinstance(value, Decimal):
        return Decimal, value
    if isinstance(value, str):
        return str, value
    if isinstance(value, temporal.Temporal):
        kind, is_zoned, position = key(value)
        return (kind, is_zoned), position
    return None


def kind_of(interval: Interval) -> Hashable | None:
    """The kind of the values in an interval; None where its ends are not of one ordered kind."""
    places = [place_of(end) for end in (interval.low, interval.high) if end is not None]
    kinds = {None if place is None else place[0] for place in places}
    return kinds.pop() if len(kinds) == 1 else None


class Intervals:
    """Sets of rules (one bit a rule) by the intervals in which they match, all of one kind.

    The ends of the intervals cut the values into points and what lies between them; in each of
    these regions the same rules match throughout.
    """

    def __init__(self, cells: Sequence[tuple[Sequence[Interval], int]]) -> None:
        """`cells` are the intervals of each cell with its rules."""
        intervals = [each for parts, _ in cells for each in parts]
        ends = [end for each in intervals for end in (each.low, each.high) if end is not None]
        self._positions = sorted({_position(end) for end in ends})
        self._index = {position: index for index, position in enumerate(self._positions)}
        width = 2 * len(self._positions) + 1
        self._rules = by_region([(self._regions(parts), rules) for parts, rules in cells], width)

    def rules(self, position: Position) -> int:
        """The rules that match at a position."""
        index = self._index.get(position)
        if index is not None:
            return self._rules[2 * index + 1]
        return self._rules[2 * bisect_left(self._positions, position)]

    def _regions(self, intervals: Sequence[Interval]) -> int:
        regions = 0
        for each in intervals:
            first = 0 if each.low is None else self._point(each.low) + (not each.low_included)
            last = 2 * len(self._positions)
            if each.high is not None:
                last = self._point(each.high) - (not each.high_included)
            regions |= run(first, last)
        return regions

    def _point(self, value: object) -> int:
        return 2 * self._index[_position(value)] + 1


def _position(value: object) -> Position:
    place = place_of(value)
    assert place is not None
    return place[1]
