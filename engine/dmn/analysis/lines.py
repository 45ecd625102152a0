"""The ordered kinds of values as lines of positions, to find a value before, between or after.

A position is a number, a string, or an integer that stands for a date, a time or a duration; the
order of positions is FEEL's order of the values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from typing import TypeAlias

from engine.feel import temporal
from engine.feel.numbers import CONTEXT, write_number
from engine.feel.temporal import UTC, Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.temporal.calendar import MOST_YEAR, date_of, day_number
from engine.feel.temporal.timeline import date_time_at, nanosecond_of_day, time_at
from engine.feel.temporal.timeline import value_of_date_time as moment
from engine.feel.temporal.values import DAY, HOUR, MINUTE, MOST_DURATION, MOST_MONTHS, SECOND

Position: TypeAlias = Decimal | str | int

Between: TypeAlias = Callable[[Position | None, Position | None], Position | None]
"""A position strictly between two (None: no bound on that side), None if there is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One ordered kind of values.

    `name` tells it from the others, `type_name` is the FEEL type it belongs to, `familiar` a
    position that makes a good example.
    """

    name: str
    type_name: str
    position: Callable[[object], Position]
    value: Callable[[Position], object]
    between: Between
    familiar: Position | None = None


def line_of(value: object) -> Line | None:
    """The line that a value lies on; None for null, lists, contexts and the like."""
    if isinstance(value, bool):
        return BOOLEANS
    if isinstance(value, Time):
        return TIMES if value.zone is None else None
    if isinstance(value, DateTime):
        return DATE_TIMES if value.time.zone is None else ZONED_DATE_TIMES
    return _BY_CLASS.get(type(value))


def write(value: object) -> str:
    """The value as a literal of FEEL."""
    if isinstance(value, Decimal):
        return write_number(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Date, Time, DateTime, DaysTime, YearsMonths)):
        return f'@"{temporal.text(value)}"'
    return "null"


def _between_numbers(low: Position | None, high: Position | None) -> Position | None:
    whole = _between_whole_numbers(low, high)
    if whole is not None or not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return whole
    half = Decimal("0.5")
    middle = CONTEXT.add(CONTEXT.multiply(low, half), CONTEXT.multiply(high, half))
    return _first((middle, CONTEXT.next_plus(low)), low, high)


def _between_whole_numbers(low: Position | None, high: Position | None) -> Position | None:
    if isinstance(low, Decimal):
        above = _sum(low.to_integral_value(ROUND_FLOOR), Decimal(1))
        return _first((above, CONTEXT.next_plus(low).to_integral_value()), low, high)
    if isinstance(high, Decimal):
        below = _sum(high.to_integral_value(ROUND_CEILING), Decimal(-1))
        return _first((below, CONTEXT.next_minus(high).to_integral_value()), low, high)
    return Decimal(0)


def _sum(one: Decimal, other: Decimal) -> Decimal:
    """NaN beyond the range of numbers."""
    try:
        return CONTEXT.add(one, other)
    except ArithmeticError:
        return Decimal("NaN")


def _first(
    candidates: Iterable[Decimal], low: Position | None, high: Position | None
) -> Position | None:
    for each in candidates:
        if each.is_finite() and _is_less(low, each) and _is_less(each, high):
            return each
    return None


def _is_less(one: Position | None, other: Position | None) -> bool:
    """Whether a number is less than another, where there are two."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return one < other
    return True


def _between_strings(low: Position | None, high: Position | None) -> Position | None:
    start = "" if low is None else str(low)
    beginnings = ["other", "a"] if low is None else ["other", start + "a", start + " "]
    nearest = "" if low is None else start + "\0"
    for each in (*beginnings, nearest):
        if (low is None or start < each) and (high is None or each < str(high)):
            return each
    return None


def _between_integers(
    low: Position | None, high: Position | None, *, least: int, most: int, steps: tuple[int, ...]
) -> Position | None:
    """The largest of the steps that still stays between: a round value where there is one."""
    if low is None and high is None:
        return 0
    floor = least - 1 if low is None else int(low)
    ceiling = most + 1 if high is None else int(high)
    for step in steps:
        candidate = ceiling - step if low is None else floor + step
        if floor < candidate < ceiling:
            return candidate
    return None


def _integers(least: int, most: int, *steps: int) -> Between:
    return partial(_between_integers, least=least, most=most, steps=(*steps, 1))


def _value(position: Position) -> object:
    return position


def _number(value: object) -> Position:
    assert isinstance(value, Decimal)
    return value


def _day(value: object) -> Position:
    assert isinstance(value, Date)
    return day_number(value.year, value.month, value.day)


def _time(value: object) -> Position:
    assert isinstance(value, Time)
    return nanosecond_of_day(value)


def _moment(value: object) -> Position:
    assert isinstance(value, DateTime)
    return moment(value)


def _nanoseconds(value: object) -> Position:
    assert isinstance(value, DaysTime)
    return value.nanoseconds


def _months(value: object) -> Position:
    assert isinstance(value, YearsMonths)
    return value.months


_CLOCK = (HOUR, MINUTE, SECOND)
_FIRST_DAY = day_number(-MOST_YEAR, 1, 1)
_LAST_DAY = day_number(MOST_YEAR, 12, 31)
_moments = _integers(_FIRST_DAY * DAY, (_LAST_DAY + 1) * DAY - 1, DAY, *_CLOCK)

NUMBERS = Line("number", "number", _number, _value, _between_numbers)
WHOLE_NUMBERS = Line("number", "number", _number, _value, _between_whole_numbers)
STRINGS = Line("string", "string", str, _value, _between_strings, "other")
BOOLEANS = Line("boolean", "boolean", lambda value: int(value is True), bool, _integers(0, 1))
DATES = Line(
    "date",
    "date",
    _day,
    lambda day: Date(*date_of(int(day))),
    _integers(_FIRST_DAY, _LAST_DAY),
)
TIMES = Line(
    "time",
    "time",
    _time,
    lambda at: time_at(int(at), None),
    _integers(0, DAY - 1, *_CLOCK),
)
DATE_TIMES = Line(
    "date and time",
    "date and time",
    _moment,
    lambda at: date_time_at(int(at), None),
    _moments,
)
ZONED_DATE_TIMES = Line(
    "zoned date and time",
    "date and time",
    _moment,
    lambda at: date_time_at(int(at), UTC),
    _moments,
)
DAYS_TIMES = Line(
    "days and time duration",
    "days and time duration",
    _nanoseconds,
    lambda at: DaysTime(int(at)),
    _integers(-MOST_DURATION, MOST_DURATION, DAY, *_CLOCK),
    familiar=0,
)
YEARS_MONTHS = Line(
    "years and months duration",
    "years and months duration",
    _months,
    lambda months: YearsMonths(int(months)),
    _integers(-MOST_MONTHS, MOST_MONTHS, 12),
    familiar=0,
)

_BY_CLASS: Mapping[type, Line] = {
    Decimal: NUMBERS,
    str: STRINGS,
    Date: DATES,
    DaysTime: DAYS_TIMES,
    YearsMonths: YEARS_MONTHS,
}

OF_TYPE: Mapping[str, Line] = {
    line.type_name: line
    for line in (NUMBERS, STRINGS, BOOLEANS, DATES, TIMES, DATE_TIMES, DAYS_TIMES, YEARS_MONTHS)
}
"""The line for a type whose values nothing more is known of."""
