from __future__ import annotations

import random

import pytest

from engine.feel.errors import Unfit
from engine.feel.temporal import Date, DaysTime, Offset, Region, Time, YearsMonths
from engine.feel.temporal.calendar import date_of, day_number


@pytest.mark.parametrize(
    "parts", [(2024, 0, 1), (2024, 2, 30), (1900, 2, 29), (10**9, 1, 1), (-(10**9), 1, 1)]
)
def test_there_is_no_such_date(parts: tuple[int, int, int]) -> None:
    with pytest.raises(Unfit):
        Date(*parts)


@pytest.mark.parametrize(
    "parts", [(24, 0, 0, 0), (-1, 0, 0, 0), (0, 60, 0, 0), (0, 0, 60, 0), (0, 0, 0, 10**9)]
)
def test_there_is_no_such_time(parts: tuple[int, int, int, int]) -> None:
    with pytest.raises(Unfit):
        Time(*parts)


def test_zones_and_durations_have_bounds() -> None:
    with pytest.raises(Unfit):
        Offset(14 * 3600 + 1)
    with pytest.raises(Unfit):
        Region("Moon/Base")
    with pytest.raises(Unfit):
        DaysTime(10**30)
    with pytest.raises(Unfit):
        YearsMonths(10**20)


def test_every_day_has_a_number_and_every_number_a_day() -> None:
    chance = random.Random(20240506)
    assert day_number(1970, 1, 1) == 0
    assert day_number(2000, 3, 1) - day_number(2000, 2, 28) == 2
    assert day_number(1, 1, 1) - day_number(0, 12, 31) == 1
    for _ in range(2_000):
        number = chance.randint(day_number(-999_999_999, 1, 1), day_number(999_999_999, 12, 31))
        assert day_number(*date_of(number)) == number


def test_days_end_with_the_years_of_a_date() -> None:
    with pytest.raises(Unfit):
        date_of(day_number(999_999_999, 12, 31) + 1)
    with pytest.raises(Unfit):
        date_of(day_number(-999_999_999, 1, 1) - 1)
