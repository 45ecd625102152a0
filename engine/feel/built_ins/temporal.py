"""Built-in functions that make dates, times and durations, or take them apart (DMN 1.5, 10.3.4.1,
10.3.4.6 and 10.3.4.8).

`now` and `today` are not here: the engine gives them, so that an evaluation can be repeated.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel.built_ins.arguments import number, single, unfit, whole
from engine.feel.built_ins.registry import built_in
from engine.feel.errors import Unfit
from engine.feel.numbers import CONTEXT
from engine.feel.temporal import (
    Date,
    DateTime,
    DaysTime,
    Offset,
    Time,
    YearsMonths,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from engine.feel.temporal.arithmetic import months_between
from engine.feel.temporal.properties import day_of_year as day_of_its_year
from engine.feel.temporal.properties import week_of_year as week_of_its_year
from engine.feel.temporal.properties import weekday
from engine.feel.temporal.timeline import UTC_MIDNIGHT
from engine.feel.temporal.values import SECOND
from engine.feel.values import Range

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@built_in("date", "from")
def date(value: object) -> Date:
    """`date("2017-08-10")`; of a date and time, its day."""
    value = single(value)
    match value:
        case str():
            return parse_date(value)
        case DateTime():
            return value.date
        case Date():
            return value
    raise unfit("a string, a date or a date and time", value, "from")


@built_in("date", "year", "month", "day")
def date_of_parts(year: object, month: object, day: object) -> Date:
    """`date(2017, 8, 10)`."""
    return Date(whole(year, "year"), whole(month, "month"), whole(day, "day"))


@built_in("time", "from")
def time(value: object) -> Time:
    """`time("10:20:00")`; of a date and time, its time with its zone; of a date, UTC's midnight."""
    value = single(value)
    match value:
        case str():
            return parse_time(value)
        case DateTime():
            return value.time
        case Date():
            return UTC_MIDNIGHT
        case Time():
            return value
    raise unfit("a string, a time, a date or a date and time", value, "from")


@built_in("time", "hour", "minute", "second", "offset?")
def time_of_parts(hour: object, minute: object, second: object, offset: object = None) -> Time:
    """`time(10, 20, 0.5, duration("PT5H"))`; without an offset, or with null, without a zone."""
    seconds = number(second, "second")
    if not 0 <= seconds < 60:
        raise Unfit("expected a number of 0 to below 60 for second")
    nanoseconds = int(seconds.scaleb(9, CONTEXT))
    return Time(
        whole(hour, "hour"),
        whole(minute, "minute"),
        *divmod(nanoseconds, SECOND),
        _offset(offset),
    )


@built_in("date and time", "from")
def date_and_time(value: object) -> DateTime:
    """`date and time("2017-08-10T10:20:00")`; of a date's text, its midnight without a zone."""
    value = single(value)
    if not isinstance(value, str):
        raise unfit("a string", value, "from")
    return parse_date_time(value)


@built_in("date and time", "date", "time")
def date_and_time_of_parts(day: object, time_of_day: object) -> DateTime:
    """A date, or the day of a date and time, with a time and its zone."""
    time_of_day = single(time_of_day)
    if not isinstance(time_of_day, Time):
        raise unfit("a time", time_of_day, "time")
    return DateTime(_day(day, "date"), time_of_day)


@built_in("duration", "from")
def duration(value: object) -> DaysTime | YearsMonths:
    """`duration("P1DT2H")` or `duration("P1Y2M")`."""
    value = single(value)
    if not isinstance(value, str):
        raise unfit("a string", value, "from")
    return parse_duration(value)


@built_in("years and months duration", "from", "to")
def years_and_months_duration(start: object, end: object) -> YearsMonths:
    """Whole months between two dates; times of day do not count."""
    return YearsMonths(months_between(_day(start, "from"), _day(end, "to")))


@built_in("day of year", "date")
def day_of_year(value: object) -> Decimal:
    """1 for January 1."""
    return Decimal(day_of_its_year(_day(value, "date")))


@built_in("day of week", "date")
def day_of_week(value: object) -> str:
    """`"Monday"` to `"Sunday"`."""
    return _DAYS[weekday(_day(value, "date")) - 1]


@built_in("month of year", "date")
def month_of_year(value: object) -> str:
    """`"January"` to `"December"`."""
    return _MONTHS[_day(value, "date").month - 1]


@built_in("week of year", "date")
def week_of_year(value: object) -> Decimal:
    """The week by ISO 8601: the first one of a year has its first Thursday."""
    return Decimal(week_of_its_year(_day(value, "date")))


@built_in("is", "value1", "value2")
def is_same(first: object, second: object) -> bool:
    """Whether both are the same element of the semantic domain: zones and offsets count too."""
    pairs = [(first, second)]
    while pairs:
        one, other = pairs.pop()
        if type(one) is not type(other):
            return False
        if isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            pairs.extend(zip(one, other, strict=True))
        elif isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            pairs.extend((one[name], other[name]) for name in one)
        elif isinstance(one, Range) and isinstance(other, Range):
            if _bounds(one) != _bounds(other):
                return False
            pairs += [(one.start, other.start), (one.end, other.end)]
        elif one != other:
            return False
    return True


def _bounds(value: Range) -> tuple[bool, bool]:
    return value.start_included, value.end_included


def _day(value: object, what: str) -> Date:
    value = single(value)
    if isinstance(value, DateTime):
        return value.date
    if isinstance(value, Date):
        return value
    raise unfit("a date or a date and time", value, what)


def _offset(value: object) -> Offset | None:
    value = single(value)
    if value is None:
        return None
    if not isinstance(value, DaysTime):
        raise unfit("a days and time duration", value, "offset")
    seconds, rest = divmod(value.nanoseconds, SECOND)
    if rest:
        raise Unfit("expected whole seconds for offset")
    return Offset(seconds)
