"""FEEL's dates, times and durations (DMN 1.5, 10.3.2.3.4 to 10.3.2.3.8).

Two values are the same Python value (`==`) where FEEL's `is` says so; FEEL's `=` and order are in
`comparing`. A value that does not exist (February 30, hour 24) raises Unfit as it is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.errors import Unfit
from engine.feel.temporal.calendar import check_date
from engine.feel.temporal.zones import Zone

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
"""Nanoseconds."""

MOST_DURATION = 2**63 * SECOND
"""Nanoseconds of a days and time duration lie within ±MOST_DURATION, about 292 billion years."""

MOST_MONTHS = 2**63
"""Months of a years and months duration lie within ±MOST_MONTHS."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar, -999999999-01-01 to 999999999-12-31."""

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        check_date(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day to the nanosecond; without a zone it is local to nowhere in particular."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: Zone | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.hour <= 23:
            raise Unfit(f"expected an hour of 0 to 23, but found {self.hour}")
        if not 0 <= self.minute <= 59:
            raise Unfit(f"expected a minute of 0 to 59, but found {self.minute}")
        if not 0 <= self.second <= 59:
            raise Unfit(f"expected a second of 0 to 59, but found {self.second}")
        if not 0 <= self.nanosecond < SECOND:
            raise Unfit(f"expected nanoseconds of 0 to {SECOND - 1}, but found {self.nanosecond}")


@dataclass(frozen=True, slots=True)
class DateTime:
    """A time on a day; the zone, if any, is the time's.

    `fold` is 1 for the later of two moments that have the same local time, because the clock was
    put back between them; no text says so, arithmetic can lead there.
    """

    date: Date
    time: Time
    fold: int = 0


@dataclass(frozen=True, slots=True)
class DaysTime:
    """A days and time duration: nanoseconds, negative for a way back."""

    nanoseconds: int

    def __post_init__(self) -> None:
        if abs(self.nanoseconds) > MOST_DURATION:
            raise Unfit("expected a shorter days and time duration")


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A years and months duration: months, negative for a way back."""

    months: int

    def __post_init__(self) -> None:
        if abs(self.months) > MOST_MONTHS:
            raise Unfit("expected a shorter years and months duration")


Temporal = Date | Time | DateTime | DaysTime | YearsMonths
Duration = DaysTime | YearsMonths
