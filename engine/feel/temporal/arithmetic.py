"""Sums, differences, products and quotients of dates, times and durations (DMN 1.5, 10.3.2).

Every function takes any two values of FEEL and raises Unfit for a combination that the standard
does not know, and for a result that lies beyond the years of a date or the length of a duration.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel.errors import Unfit
from engine.feel.numbers import CONTEXT
from engine.feel.temporal.calendar import month_length
from engine.feel.temporal.timeline import (
    MIDNIGHT,
    at_utc_midnight,
    date_time_at,
    nanosecond_of_day,
    time_at,
    value_of_date_time,
    value_of_time,
)
from engine.feel.temporal.values import (
    Date,
    DateTime,
    DaysTime,
    Duration,
    Time,
    YearsMonths,
)
from engine.feel.values import kind

_MOST_EXPONENT = 60
"""Beyond it a product or quotient is out of range, or nothing, whatever the duration."""

Point = Date | DateTime | Time
_POINTS = (Date, DateTime, Time)


def add(a: object, b: object) -> Point | Duration:
    """A duration added to a duration of its kind, or to a date, time or date and time."""
    if isinstance(a, DaysTime) and isinstance(b, DaysTime):
        return DaysTime(a.nanoseconds + b.nanoseconds)
    if isinstance(a, YearsMonths) and isinstance(b, YearsMonths):
        return YearsMonths(a.months + b.months)
    if isinstance(a, _POINTS) and isinstance(b, DaysTime | YearsMonths):
        return _moved(a, b)
    if isinstance(a, DaysTime | YearsMonths) and isinstance(b, _POINTS):
        return _moved(b, a)
    raise _unknown("added", a, b)


def subtract(a: object, b: object) -> Point | Duration:
    """A duration taken from what `add` takes; or the days and time between two moments.

    Of a date and a date and time, the date is its midnight at UTC. Times or dates and times have
    a distance where both have a zone or both have none.
    """
    if isinstance(b, DaysTime | YearsMonths) and (isinstance(a, _POINTS) or type(a) is type(b)):
        return add(a, negate(b))
    if isinstance(a, Time) and isinstance(b, Time):
        _check_zones(a, b)
        return DaysTime(value_of_time(a) - value_of_time(b))
    if isinstance(a, Date | DateTime) and isinstance(b, Date | DateTime):
        later, earlier = _date_time(a), _date_time(b)
        _check_zones(later.time, earlier.time)
        return DaysTime(value_of_date_time(later) - value_of_date_time(earlier))
    raise _unknown("subtracted", a, b)


def multiply(a: object, b: object) -> Duration:
    """A duration times a number, either first; what is less than a unit is dropped."""
    if isinstance(a, Decimal) and isinstance(b, DaysTime | YearsMonths):
        return _scaled(b, a)
    if isinstance(a, DaysTime | YearsMonths) and isinstance(b, Decimal):
        return _scaled(a, b)
    raise _unknown("multiplied", a, b)


def divide(a: object, b: object) -> Duration | Decimal:
    """A duration divided by a number, or by a duration of its kind (a number)."""
    if isinstance(a, DaysTime | YearsMonths) and isinstance(b, Decimal):
        if not b:
            raise Unfit("expected a number other than 0 to divide by")
        return _divided(a, b)
    if isinstance(a, DaysTime) and isinstance(b, DaysTime):
        return _ratio(a.nanoseconds, b.nanoseconds)
    if isinstance(a, YearsMonths) and isinstance(b, YearsMonths):
        return _ratio(a.months, b.months)
    raise _unknown("divided", a, b)


def negate(value: object) -> Duration:
    """A duration the other way."""
    if isinstance(value, DaysTime):
        return DaysTime(-value.nanoseconds)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    raise Unfit(f"expected a number or a duration to negate, but found {kind(value)}")


def add_months(value: Date, months: int) -> Date:
    """The same day of another month; its last day where it is shorter. Raises Unfit."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    return Date(year, month + 1, min(value.day, month_length(year, month + 1)))


def months_between(start: Date, end: Date) -> int:
    """Whole months from one date to another, negative for a way back."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        return months - 1
    if months < 0 and end.day > start.day:
        return months + 1
    return months


def _moved(point: Point, by: Duration) -> Point:
    if isinstance(by, YearsMonths):
        return _moved_months(point, by.months)
    if isinstance(point, Date):
        midnight = value_of_date_time(DateTime(point, MIDNIGHT))
        return date_time_at(midnight + by.nanoseconds, None).date
    if isinstance(point, DateTime):
        return date_time_at(value_of_date_time(point) + by.nanoseconds, point.time.zone)
    return time_at(nanosecond_of_day(point) + by.nanoseconds, point.zone)


def _moved_months(point: Point, months: int) -> Date | DateTime:
    if isinstance(point, Date):
        return add_months(point, months)
    if isinstance(point, DateTime):
        return DateTime(add_months(point.date, months), point.time)
    raise Unfit("expected a days and time duration with a time, but found one of years and months")


def _date_time(value: Date | DateTime) -> DateTime:
    return at_utc_midnight(value) if isinstance(value, Date) else value


def _check_zones(a: Time, b: Time) -> None:
    if (a.zone is None) != (b.zone is None):
        raise Unfit("expected both with a time zone or both without, but found one of each")


def _scaled(duration: Duration, factor: Decimal) -> Duration:
    if factor.adjusted() > _MOST_EXPONENT and factor and _units(duration):
        raise Unfit("expected a product within the length of a duration")
    if factor.adjusted() < -_MOST_EXPONENT:
        return _of_units(duration, 0)
    numerator, denominator = factor.as_integer_ratio()
    return _of_units(duration, _whole_quotient(_units(duration) * numerator, denominator))


def _divided(duration: Duration, divisor: Decimal) -> Duration:
    if divisor.adjusted() < -_MOST_EXPONENT and _units(duration):
        raise Unfit("expected a quotient within the length of a duration")
    if divisor.adjusted() > _MOST_EXPONENT:
        return _of_units(duration, 0)
    numerator, denominator = divisor.as_integer_ratio()
    return _of_units(duration, _whole_quotient(_units(duration) * denominator, numerator))


def _units(duration: Duration) -> int:
    return duration.nanoseconds if isinstance(duration, DaysTime) else duration.months


def _of_units(like: Duration, units: int) -> Duration:
    return DaysTime(units) if isinstance(like, DaysTime) else YearsMonths(units)


def _whole_quotient(dividend: int, divisor: int) -> int:
    """The quotient rounded to zero."""
    quotient = abs(dividend) // abs(divisor)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def _ratio(dividend: int, divisor: int) -> Decimal:
    if not divisor:
        raise Unfit("expected a duration other than 0 to divide by")
    return CONTEXT.divide(Decimal(dividend), Decimal(divisor))


def _unknown(verb: str, a: object, b: object) -> Unfit:
    return Unfit(f"expected two values that can be {verb}, but found {kind(a)} and {kind(b)}")
