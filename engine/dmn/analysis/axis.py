"""One input of a table, cut into regions in which every cell is either true or not throughout.

A set of regions is an integer, one bit a region, so that the rest of the analysis is arithmetic
of bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from engine.dmn.analysis.lines import (
    BOOLEANS,
    NUMBERS,
    OF_TYPE,
    WHOLE_NUMBERS,
    Line,
    Position,
    line_of,
)
from engine.dmn.analysis.segments import Segment
from engine.dmn.tables.cells import Cell, Interval, Other, Part


@dataclass(frozen=True, slots=True)
class Matched:
    """The regions where a cell is certainly true, and those where it may be; the first within."""

    sure: int
    may: int


NOWHERE = Matched(0, 0)


class Axis:
    """The regions of one column.

    `type_name` is the FEEL type of its values, None where it is not declared: then their kinds are
    those of the cells' constants. Where no kind is known there is one region, and only `-` is sure
    of it. `constraints` are cells too: input values, allowed values of a type.

    `all` are the regions that may occur, `allowed` those that certainly may.
    """

    def __init__(
        self,
        type_name: str | None,
        cells: Sequence[Cell],
        constraints: Sequence[Cell] = (),
        *,
        is_whole: bool = False,
    ) -> None:
        every = (*cells, *constraints)
        self._segments: dict[str, Segment] = {}
        self.width = 0
        for line, positions in _lines(type_name, every).items():
            chosen = WHOLE_NUMBERS if is_whole and line is NUMBERS else line
            self._segments[line.name] = Segment(chosen, positions, self.width)
            self.width += self._segments[line.name].width
        self.is_opaque = not self._segments
        self.null = 1 << self.width if any(None in cell.parts for cell in every) else 0
        self.width += bool(self.null)
        self.all = self.allowed = self._regions()
        self._constrain(constraints)

    def matched(self, cell: Cell) -> Matched:
        """The regions of a cell within what may occur."""
        regions = self._matched(cell)
        return Matched(regions.sure & self.all, regions.may & self.all)

    def example(self, regions: int) -> object:
        """A value in one of the regions; null where nothing is known of the values."""
        for segment in self._segments.values():
            if regions & segment.mask:
                return segment.example(regions)
        return None

    def _regions(self) -> int:
        if self.is_opaque:
            self.width += 1
            return (1 << self.width) - 1
        return _union([self.null, *(segment.mask for segment in self._segments.values())])

    def _constrain(self, constraints: Sequence[Cell]) -> None:
        """Null passes every constraint: it stands for a value that is not known."""
        whole = self.all
        regions = [self._matched(cell) for cell in constraints]
        self.all = reduce(and_, (each.may | self.null for each in regions), whole)
        self.allowed = reduce(and_, (each.sure | self.null for each in regions), whole)

    def _matched(self, cell: Cell) -> Matched:
        if cell.is_anything:
            return Matched(self.all, self.all)
        true = [self._true(part) for part in cell.parts]
        sure = _union(each.sure for each in true)
        if not cell.is_exact:
            return Matched(0, self.all & ~sure) if cell.is_negated else Matched(sure, self.all)
        if cell.is_negated:
            false = reduce(and_, (self._false(part) for part in cell.parts), self.all)
            return Matched(false, self.all & ~sure)
        return Matched(sure, _union(each.may for each in true))

    def _true(self, part: Part) -> Matched:
        """Where a part is true: a test of a value of another kind is null, neither true nor false.

        What can't be placed on a line may be true anywhere.
        """
        if part is None:
            return Matched(self.null, self.null)
        if self.is_opaque or not _can_be_placed(part):
            return Matched(0, self.all)
        if isinstance(part, Other):
            return self._other(part)
        segments = {self._segment(end) for end in _ends(part)}
        segment = segments.pop()
        if segment is None or segments:
            return NOWHERE
        regions = segment.interval(part)
        return Matched(regions, regions)

    def _other(self, part: Other) -> Matched:
        """Null differs from every other value."""
        segment = self._segment(part.than)
        regions = self.null
        if segment is not None:
            regions |= segment.mask & ~segment.point(part.than)
        return Matched(regions, regions)

    def _false(self, part: Part) -> int:
        """Where a part is certainly false, rather than null: there its negation is true."""
        if part is None:
            return self.all & ~self.null
        segments = {self._segment(end) for end in _ends(part)}
        segment = segments.pop()
        if segment is None or segments or not _can_be_placed(part):
            return 0
        return segment.mask & ~self._true(part).may

    def _segment(self, value: object) -> Segment | None:
        line = line_of(value)
        return None if line is None else self._segments.get(line.name)


def _lines(type_name: str | None, cells: Iterable[Cell]) -> dict[Line, set[Position]]:
    """The lines that values lie on, with the constants there."""
    found: dict[Line, set[Position]] = {}
    for value in (value for cell in cells for value in cell.constants()):
        line = line_of(value)
        if line is not None and type_name in (None, line.type_name):
            found.setdefault(line, set()).add(line.position(value))
    if not found and type_name is not None and type_name in OF_TYPE:
        found[OF_TYPE[type_name]] = set()
    if BOOLEANS in found:
        found[BOOLEANS] = {0, 1}
    return found


def _ends(part: Interval | Other) -> list[object]:
    if isinstance(part, Other):
        return [part.than]
    return [end for end in (part.low, part.high) if end is not None]


def _can_be_placed(part: Interval | Other) -> bool:
    return all(line_of(end) is not None for end in _ends(part))


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
