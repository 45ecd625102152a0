from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from engine.feel.errors import Unfit
from engine.feel.temporal import parse_literal, text
from engine.feel.temporal.comparing import compare
from engine.feel.temporal.python_values import from_python, to_python

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2024, 5, 6), "2024-05-06"),
        (time(10, 20, 30, 250_000), "10:20:30.25"),
        (time(10, 20, tzinfo=UTC), "10:20:00Z"),
        (time(10, 20, tzinfo=PARIS), "10:20:00@Europe/Paris"),
        (datetime(2024, 5, 6, 10, 20), "2024-05-06T10:20:00"),
        (datetime(2024, 5, 6, 10, 20, tzinfo=PARIS), "2024-05-06T10:20:00@Europe/Paris"),
        (
            datetime(2024, 5, 6, 10, 20, tzinfo=timezone(timedelta(hours=-5))),
            "2024-05-06T10:20:00-05:00",
        ),
        (timedelta(days=-1), "-P1D"),
        (timedelta(microseconds=1), "PT0.000001S"),
    ],
)
def test_there_and_back(value: date | time | timedelta, written: str) -> None:
    found = from_python(value)
    assert text(found) == written
    assert to_python(found) == value


def test_the_second_of_two_hours_stays_the_second() -> None:
    first = from_python(datetime(2024, 10, 27, 2, 30, tzinfo=PARIS))
    second = from_python(datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1))
    assert compare(first, second) == -1
    back = to_python(second)
    assert isinstance(back, datetime)
    assert back.fold == 1


def test_an_hour_that_was_skipped_keeps_its_moment() -> None:
    skipped = datetime(2024, 3, 31, 2, 30, tzinfo=PARIS, fold=1)
    assert text(from_python(skipped)) == "2024-03-31T02:30:00+02:00"


def test_fold_means_nothing_elsewhere() -> None:
    plain = datetime(2024, 5, 6, 2, 30, tzinfo=PARIS)
    assert from_python(plain.replace(fold=1)) == from_python(plain)


@pytest.mark.parametrize("written", ["10000-01-01", "-0001-01-01T00:00:00", "P1Y", "P2000000000D"])
def test_what_python_does_not_have(written: str) -> None:
    with pytest.raises(Unfit):
        to_python(parse_literal(written))


def test_less_than_a_microsecond_is_dropped() -> None:
    assert to_python(parse_literal("-PT0.000001999S")) == timedelta(microseconds=-1)
    assert to_python(parse_literal("10:20:30.000001999")) == time(10, 20, 30, 1)
