"""Working days: Monday to Friday, and the exceptions that rows name. Pure: rows and zone are given.

Day counting follows the Civil Code of Kazakhstan, article 173: a term runs from the day after the
one that begins it. So the next working day is day 1.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from engine.calendar.errors import CalendarError, CalendarNotCovered
from engine.calendar.iso8601 import ALMATY, in_zone

BEGINNING = datetime.time(9, 0)
"""Local time at which something is done that is to be done on a working day."""

END = datetime.time(23, 59, 59)
"""Local time at which a term ends that runs to the end of a working day."""

LONGEST = 10_000
"""Working days of the longest term."""

_SATURDAY = 5


@dataclass(frozen=True)
class CalendarDay:
    """One exception: a day off, or a working day on a weekend. `names` by language."""

    date: datetime.date
    working: bool
    names: Mapping[str, str] = field(default_factory=dict)


class WorkingCalendar:
    """The working days of the years that the rows cover.

    A year is covered when there is a row for its 1 January (`seed_rows` always makes one), or when
    `years` names it: a single row entered for a far year must not make terms in it look certain.
    """

    def __init__(
        self, rows: Iterable[CalendarDay], zone: ZoneInfo = ALMATY, years: Iterable[int] = ()
    ) -> None:
        self.zone = zone
        self._exceptions = {row.date: row.working for row in rows}
        self._years = frozenset(years) | {
            day.year for day in self._exceptions if (day.month, day.day) == (1, 1)
        }

    def covers(self, day: datetime.date) -> bool:
        """Whether the exceptions of the day's year are known."""
        return day.year in self._years

    def is_working(self, day: datetime.date) -> bool:
        """Raises CalendarNotCovered."""
        if not self.covers(day):
            raise CalendarNotCovered(day.year)
        exception = self._exceptions.get(day)
        return day.weekday() < _SATURDAY if exception is None else exception

    def day_of(self, moment: datetime.datetime | datetime.date) -> datetime.date:
        """The day in the calendar's zone; a naive date-time is local."""
        return (
            in_zone(moment, self.zone).date() if isinstance(moment, datetime.datetime) else moment
        )

    def nth_working_day(
        self, start: datetime.datetime | datetime.date, count: int
    ) -> datetime.date:
        """The `count`-th working day after the day of `start`.

        0 is the day of `start` itself, or the next working day where it is not one. Raises
        CalendarNotCovered; CalendarError for a negative or absurd count.
        """
        return self._counted(start, count, 1)

    def add_working_days(
        self, start: datetime.datetime | datetime.date, count: int
    ) -> datetime.datetime:
        """When a term of `count` working days is over: 23:59:59 of its last day, in the zone.

        Where the clock is put back on that evening it is the later 23:59:59. Raises as
        `nth_working_day`.
        """
        day = self.nth_working_day(start, count)
        return datetime.datetime.combine(day, END, self.zone).replace(fold=1)

    def add_working_days_start(
        self, start: datetime.datetime | datetime.date, count: int, at: datetime.time = BEGINNING
    ) -> datetime.datetime:
        """When to do what is due on the `count`-th working day: at 9:00 local unless `at` says.

        "Published on the third working day" names a day, not a moment; at nine people are there to
        see it [R]. Raises as `nth_working_day`.
        """
        return datetime.datetime.combine(self.nth_working_day(start, count), at, self.zone)

    def nth_working_day_before(
        self, end: datetime.datetime | datetime.date, count: int
    ) -> datetime.date:
        """The `count`-th working day before the day of `end`.

        0 is the day of `end` itself, or the working day before it where it is not one. Raises
        CalendarNotCovered; CalendarError for a negative or absurd count.
        """
        return self._counted(end, count, -1)

    def working_days_before(
        self, end: datetime.datetime | datetime.date, count: int, at: datetime.time = BEGINNING
    ) -> datetime.datetime:
        """When to remind of what ends at `end`: 9:00 local of the `count`-th working day before.

        Raises as `nth_working_day_before`.
        """
        return datetime.datetime.combine(self.nth_working_day_before(end, count), at, self.zone)

    def working_days_between(
        self, first: datetime.datetime | datetime.date, last: datetime.datetime | datetime.date
    ) -> int:
        """Working days after the day of `first` up to and with that of `last`; negative backwards.

        The inverse of `nth_working_day`. Raises CalendarNotCovered.
        """
        begin, end = self.day_of(first), self.day_of(last)
        if end < begin:
            return -self.working_days_between(end, begin)
        count = 0
        while begin < end:
            begin = _beside(begin, 1)
            count += self.is_working(begin)
        return count

    def _counted(
        self, moment: datetime.datetime | datetime.date, count: int, step: int
    ) -> datetime.date:
        """The `count`-th working day from the day of a moment; `step` is 1 onwards, -1 back."""
        if not 0 <= count <= LONGEST:
            raise CalendarError(f"Expected 0 to {LONGEST} working days, but found {count}")
        day, left = self.day_of(moment), count
        if left == 0:
            while not self.is_working(day):
                day = _beside(day, step)
        while left:
            day = _beside(day, step)
            left -= self.is_working(day)
        return day


def _beside(day: datetime.date, step: int) -> datetime.date:
    """The next day, or with -1 the one before. Raises CalendarNotCovered where there is none."""
    try:
        return day + datetime.timedelta(days=step)
    except OverflowError:
        raise CalendarNotCovered(day.year + step) from None
