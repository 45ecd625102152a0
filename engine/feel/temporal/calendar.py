"""The Gregorian calendar without the bounds of Python's: days counted from 1970-01-01.

Year 0 is the year before year 1 (XML Schema 1.1 part 2, 3.3.9).
"""

from __future__ import annotations

from datetime import date

from engine.feel.errors import Unfit

MOST_YEAR = 999_999_999
"""Years of a date lie within ±MOST_YEAR (DMN 1.5, 10.3.2.3.5)."""

_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def check_date(year: int, month: int, day: int) -> None:
    """Raises Unfit where there is no such day."""
    if abs(year) > MOST_YEAR:
        raise Unfit(f"expected a year within -{MOST_YEAR}..{MOST_YEAR}")
    if not 1 <= month <= 12:
        raise Unfit(f"expected a month of 1 to 12, but found {month}")
    most = month_length(year, month)
    if not 1 <= day <= most:
        raise Unfit(f"expected a day of 1 to {most} in month {month} of {year}, but found {day}")


def month_length(year: int, month: int) -> int:
    """Days in a month."""
    return 29 if month == 2 and _is_leap(year) else _MONTHS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date; negative before it."""
    cycles, year_within = divmod(year - 1, _CYCLE_YEARS)
    ordinal = date(year_within + 1, month, day).toordinal()
    return cycles * _CYCLE_DAYS + ordinal - _EPOCH


def date_of(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number. Raises Unfit beyond the years of a date."""
    cycles, day_within = divmod(number + _EPOCH - 1, _CYCLE_DAYS)
    found = date.fromordinal(day_within + 1)
    year = found.year + cycles * _CYCLE_YEARS
    check_date(year, found.month, found.day)
    return year, found.month, found.day


def within_cycle(year: int, month: int, day: int) -> date:
    """The day of the years 1 to 400 that has the same weekday, and place in its year."""
    return date((year - 1) % _CYCLE_YEARS + 1, month, day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
