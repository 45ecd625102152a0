"""Equality and order of dates, times and durations (DMN 1.5, 10.3.2.3).

Times, and dates and times, lie on the time line of UTC with a zone and on a line of their own
without one: one of each is never equal, and neither is before the other.
"""

from __future__ import annotations

from engine.feel.errors import Unfit
from engine.feel.temporal.timeline import value_of_date_time, value_of_time
from engine.feel.temporal.values import Date, DateTime, DaysTime, Temporal, Time, YearsMonths

Key = tuple[str, bool, int]


def equal(a: Temporal, b: object) -> bool | None:
    """FEEL's `=`; None where the kinds differ."""
    if not isinstance(b, Temporal) or type(a) is not type(b):
        return None
    return key(a) == key(b)


def compare(a: Temporal, b: object) -> int:
    """-1, 0 or 1 as a is before, at or after b. Raises Unfit where neither is said."""
    kind, is_zoned, value = key(a)
    if not isinstance(b, Temporal) or type(a) is not type(b):
        other_kind = key(b)[0] if isinstance(b, Temporal) else "another kind of value"
        raise Unfit(f"expected two values of one kind, but found {kind} and {other_kind}")
    _, is_other_zoned, other = key(b)
    if is_zoned != is_other_zoned:
        raise Unfit("expected both with a time zone or both without, but found one of each")
    return (value > other) - (value < other)


def key(value: Temporal) -> Key:
    """What is the same for two values exactly where they are equal."""
    match value:
        case Date():
            return "a date", False, (value.year * 12 + value.month) * 31 + value.day
        case Time():
            return "a time", value.zone is not None, value_of_time(value)
        case DateTime():
            return "a date and time", value.time.zone is not None, value_of_date_time(value)
        case DaysTime():
            return "a days and time duration", False, value.nanoseconds
        case YearsMonths():
            return "a years and months duration", False, value.months
