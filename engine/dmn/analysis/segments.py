"""A line, cut at the constants of a column into points and what lies between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from engine.dmn.analysis.lines import Line, Position
from engine.dmn.tables.bit_sets import run
from engine.dmn.tables.cells import Interval


class Segment:
    """The regions of one line: before its first position, the first, between it and the next, …

    Each region is one bit of a set, from bit `offset` on; `mask` has those that exist: between two
    neighbouring dates there is nothing.
    """

    def __init__(self, line: Line, positions: Iterable[Position], offset: int) -> None:
        self.line = line
        self.offset = offset
        self._positions: list[Position] = sorted(set(positions))
        self._index = {position: index for index, position in enumerate(self._positions)}
        self.width = 2 * len(self._positions) + 1
        self.mask = self._existing()

    def interval(self, interval: Interval) -> int:
        """The regions of an interval whose ends are on this line."""
        first, last = 0, self.width - 1
        if interval.low is not None:
            first = self._point(interval.low) + (not interval.low_included)
        if interval.high is not None:
            last = self._point(interval.high) - (not interval.high_included)
        return (run(first, last) << self.offset) & self.mask

    def point(self, value: object) -> int:
        """The region of one constant."""
        return 1 << (self.offset + self._point(value))

    def example(self, regions: int) -> object:
        """A value in one of these regions, of which one at least must be of this segment.

        The familiar one if it is among them, else one in the first region.
        """
        own = (regions & self.mask) >> self.offset
        familiar = self.line.familiar
        if familiar is not None and own >> self._region_of(familiar) & 1:
            return self.line.value(familiar)
        position = self._position((own & -own).bit_length() - 1)
        assert position is not None
        return self.line.value(position)

    def _region_of(self, position: Position) -> int:
        if position in self._index:
            return 2 * self._index[position] + 1
        return 2 * bisect_left(self._positions, position)

    def _point(self, value: object) -> int:
        return 2 * self._index[self.line.position(value)] + 1

    def _position(self, region: int) -> Position | None:
        """A position in a region; None where there is nothing between two neighbours."""
        place, is_point = divmod(region, 2)
        if is_point:
            return self._positions[place]
        low = self._positions[place - 1] if place > 0 else None
        high = self._positions[place] if place < len(self._positions) else None
        return self.line.between(low, high)

    def _existing(self) -> int:
        existing = (region for region in range(self.width) if self._position(region) is not None)
        return sum(1 << (self.offset + region) for region in existing)
