"""Sets of code points as ranges: what a character class of a pattern stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each range: in order, none touches the next."""

LAST = 0x10FFFF

NONE: Ranges = ()
ALL: Ranges = ((0, LAST),)


def joined(pairs: Iterable[tuple[int, int]]) -> Ranges:
    """The set of all code points in any of the pairs."""
    result: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if result and first <= result[-1][1] + 1:
            if last > result[-1][1]:
                result[-1] = (result[-1][0], last)
        else:
            result.append((first, last))
    return tuple(result)


def complement(ranges: Ranges) -> Ranges:
    result = []
    first = 0
    for start, end in ranges:
        if first < start:
            result.append((first, start - 1))
        first = end + 1
    if first <= LAST:
        result.append((first, LAST))
    return tuple(result)


def without(ranges: Ranges, removed: Ranges) -> Ranges:
    """The code points of the first set that are not in the second."""
    return complement(joined((*complement(ranges), *removed)))


def has(ranges: Ranges, code_point: int) -> bool:
    index = bisect_right(ranges, (code_point, LAST)) - 1
    return index >= 0 and code_point <= ranges[index][1]


def size(ranges: Ranges) -> int:
    """How many code points the set has."""
    return sum(last - first + 1 for first, last in ranges)
