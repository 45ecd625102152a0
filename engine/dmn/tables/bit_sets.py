"""Sets of small numbers as integers, one bit a number: sets of rules, sets of regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def bits(numbers: int) -> Iterator[int]:
    """The numbers in a set, from small to large."""
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest


def run(first: int, last: int) -> int:
    """The set of all numbers from the first to the last, which is part of it."""
    return ((1 << (last - first + 1)) - 1) << first if first <= last else 0


def by_region(cells: Iterable[tuple[int, int]], width: int) -> list[int]:
    """For each of `width` regions the rules that have it, of cells with (regions, rules).

    By sweeping over the regions: rules come and go where their cells begin and end.
    """
    changes = [0] * (width + 1)
    for regions, rules in cells:
        for border in bits(regions ^ (regions << 1)):
            changes[border] ^= rules
    here, found = 0, []
    for change in changes[:-1]:
        here = here ^ change if change else here
        found.append(here)
    return found
