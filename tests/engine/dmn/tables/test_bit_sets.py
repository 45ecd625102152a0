"""Sets of numbers as integers."""

from __future__ import annotations

import pytest

from engine.dmn.tables.bit_sets import bits, by_region, run


@pytest.mark.parametrize("numbers", [[], [0], [3, 64, 1_000]])
def test_the_numbers_of_a_set(numbers: list[int]) -> None:
    assert list(bits(sum(1 << number for number in numbers))) == numbers


def test_runs() -> None:
    assert list(bits(run(2, 5))) == [2, 3, 4, 5]
    assert run(5, 5) == 1 << 5
    assert run(5, 4) == 0


def test_rules_by_region() -> None:
    assert by_region([(0b1011, 0b01), (0b0110, 0b10)], 4) == [0b01, 0b11, 0b10, 0b01]
    assert by_region([], 2) == [0, 0]
