"""A table as boxes: each rule is, for each input, a set of regions.

Sets of rules are integers as well, bit 0 for the first rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from engine.dmn.analysis.axis import Axis, Matched
from engine.dmn.tables.bit_sets import by_region

Regions: TypeAlias = Callable[[Matched], int]
"""Which regions of a cell are meant."""

MOST_WORK = 20_000_000
"""Regions and pairs of cells that one search looks at, and words of memory: a few seconds."""

_WORD = 64
"""Bits of a set that are worth one step."""


class TooLarge(Exception):
    """The search would take too long, or too much memory; nothing is known."""


@dataclass(slots=True)
class Work:
    """How much one search may still do."""

    left: int = MOST_WORK

    def spend(self, amount: int) -> None:
        """Raises TooLarge."""
        self.left -= amount
        if self.left < 0:
            raise TooLarge


def sure(cell: Matched) -> int:
    return cell.sure


def may(cell: Matched) -> int:
    return cell.may


def _not_sure(cell: Matched) -> int:
    return ~cell.sure


@dataclass(frozen=True)
class Dimension:
    """One input: its regions, and those of every rule.

    `is_free` tells whether each region certainly occurs, together with any of the other inputs: an
    input that is calculated (`string length(name)`) may never have some of its values.
    """

    label: str
    axis: Axis
    cells: Sequence[Matched]
    is_free: bool = True

    @property
    def whole(self) -> int:
        """The regions that may occur."""
        return self.axis.all

    @property
    def certain(self) -> int:
        """The regions that certainly occur; null is nothing that one looks for."""
        return self.axis.allowed & ~self.axis.null if self.is_free else 0

    @cached_property
    def distinct(self) -> Mapping[Matched, int]:
        """The different cells, each with its rules."""
        rules: dict[Matched, int] = {}
        for index, cell in enumerate(self.cells):
            rules[cell] = rules.get(cell, 0) | 1 << index
        return rules

    @cached_property
    def sure_at(self) -> Sequence[int]:
        """For each region the rules whose cell is certainly true there."""
        return self._at(sure)

    @cached_property
    def may_at(self) -> Sequence[int]:
        """For each region the rules whose cell may be true there."""
        return self._at(may)

    def meeting(self, regions: Regions, others: Regions, work: Work) -> dict[Matched, int]:
        """For each cell the rules whose `others` have a region in common with its `regions`.

        Raises TooLarge.
        """
        asked = [(others(cell), rules) for cell, rules in self.distinct.items()]
        work.spend(len(asked) ** 2)
        found: dict[Matched, int] = {}
        for cell in self.distinct:
            own, meeting = regions(cell), 0
            for other, rules in asked:
                if own & other:
                    meeting |= rules
            found[cell] = meeting
        return found

    def _at(self, regions: Regions) -> list[int]:
        cells = [(regions(cell), rules) for cell, rules in self.distinct.items()]
        return by_region(cells, self.axis.width)


@dataclass(frozen=True)
class Grid:
    """All inputs of a table with `count` rules."""

    dimensions: Sequence[Dimension]
    count: int

    @property
    def everything(self) -> int:
        """All rules."""
        return (1 << self.count) - 1

    def possible(self, rule: int) -> bool:
        """Whether a rule can match at all, as far as its cells say."""
        return all(dimension.cells[rule].may for dimension in self.dimensions)

    def meeting(self, regions: Regions, others: Regions, work: Work) -> list[int]:
        """For each rule the rules that meet it in every dimension. Raises TooLarge."""
        found = self._all_rules(work)
        for dimension in self.dimensions:
            meeting = dimension.meeting(regions, others, work)
            for rule, cell in enumerate(dimension.cells):
                found[rule] &= meeting[cell]
        return found

    def within(self, work: Work) -> list[int]:
        """For each rule the rules that are certainly true wherever it may be, itself too.

        Raises TooLarge.
        """
        found = self._all_rules(work)
        for dimension in self.dimensions:
            beyond = dimension.meeting(may, _not_sure, work)
            for rule, cell in enumerate(dimension.cells):
                found[rule] &= ~beyond[cell]
        return found

    def same_boxes(self) -> list[int]:
        """For each rule the rules with the very same regions, itself too."""
        boxes = list(zip(*(dimension.cells for dimension in self.dimensions), strict=True))
        boxes = boxes or [()] * self.count
        rules: dict[tuple[Matched, ...], int] = {}
        for rule, box in enumerate(boxes):
            rules[box] = rules.get(box, 0) | 1 << rule
        return [rules[box] for box in boxes]

    def spend_on_regions(self, work: Work) -> None:
        """To be called before the rules of all regions are asked for. Raises TooLarge."""
        for dimension in self.dimensions:
            work.spend(dimension.axis.width * self.count // _WORD)

    def _all_rules(self, work: Work) -> list[int]:
        """For each rule all rules: to be narrowed down. Raises TooLarge."""
        work.spend(self.count**2 // _WORD)
        return [self.everything] * self.count

    def example(self, regions: Sequence[int]) -> list[tuple[str, object]]:
        """A value for each input that matters: whose regions are not all that may occur."""
        return [
            (dimension.label, dimension.axis.example(within))
            for dimension, within in zip(self.dimensions, regions, strict=True)
            if within != dimension.whole
        ]
