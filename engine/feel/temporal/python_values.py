"""Python's dates, times and durations to FEEL's and back, for the edge of the language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import overload
from zoneinfo import ZoneInfo

from engine.feel.errors import Unfit
from engine.feel.temporal.timeline import offset_of, value_of_date_time
from engine.feel.temporal.values import (
    Date,
    DateTime,
    DaysTime,
    Duration,
    Temporal,
    Time,
)
from engine.feel.temporal.zones import Offset, Region, Zone

_MICROSECOND = 1_000


@overload
def from_python(value: datetime) -> DateTime: ...
@overload
def from_python(value: date) -> Date | DateTime: ...
@overload
def from_python(value: time) -> Time: ...
@overload
def from_python(value: timedelta) -> DaysTime: ...
def from_python(value: date | time | timedelta) -> Temporal:
    """The same value of FEEL: a ZoneInfo stays a region, any other time zone is its offset.

    A time with a time zone that has no offset without a date raises Unfit.
    """
    if isinstance(value, datetime):
        return _date_time(value)
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    if isinstance(value, time):
        return _time(value, _zone(value.tzinfo, value.utcoffset()))
    microseconds = value // timedelta(microseconds=1)
    return DaysTime(microseconds * _MICROSECOND)


def to_python(value: Date | Time | DateTime | Duration) -> date | time | datetime | timedelta:
    """The same value of Python, to the microsecond.

    Raises Unfit beyond the years 1 to 9999 and for a years and months duration, which Python
    does not have.
    """
    try:
        match value:
            case Date():
                return date(value.year, value.month, value.day)
            case Time():
                return _python_time(value)
            case DateTime():
                day = date(value.date.year, value.date.month, value.date.day)
                clock = _python_time(value.time).replace(fold=value.fold)
                return datetime.combine(day, clock)
            case DaysTime():
                return timedelta(microseconds=_toward_zero(value.nanoseconds))
    except (ValueError, OverflowError):
        raise Unfit("expected the years 1 to 9999 and at most 999999999 days") from None
    raise Unfit("expected a days and time duration, but found one of years and months")


def _date_time(value: datetime) -> DateTime:
    day = Date(value.year, value.month, value.day)
    offset = value.utcoffset()
    clock = _time(value.timetz(), _zone(value.tzinfo, offset))
    if not isinstance(clock.zone, Region) or not value.fold:
        return DateTime(day, clock)
    first, second = DateTime(day, clock), DateTime(day, clock, fold=1)
    is_repeated = value_of_date_time(first) < value_of_date_time(second)
    return second if is_repeated else _at_offset(first, offset_of(second))


def _at_offset(value: DateTime, offset: int) -> DateTime:
    clock = value.time
    fixed = Time(clock.hour, clock.minute, clock.second, clock.nanosecond, Offset(offset))
    return value if offset == offset_of(value) else DateTime(value.date, fixed)


def _time(value: time, zone: Zone | None) -> Time:
    return Time(value.hour, value.minute, value.second, value.microsecond * _MICROSECOND, zone)


def _zone(zone: tzinfo | None, offset: timedelta | None) -> Zone | None:
    if zone is None:
        return None
    if isinstance(zone, ZoneInfo) and zone.key is not None:
        return Region(zone.key)
    if offset is None:
        raise Unfit("expected a time zone with an offset that needs no date")
    return Offset(offset // timedelta(seconds=1))


def _python_time(value: Time) -> time:
    microsecond = value.nanosecond // _MICROSECOND
    return time(value.hour, value.minute, value.second, microsecond, _python_zone(value.zone))


def _python_zone(zone: Zone | None) -> tzinfo | None:
    if zone is None:
        return None
    if isinstance(zone, Region):
        return ZoneInfo(zone.name)
    return timezone(timedelta(seconds=zone.seconds))


def _toward_zero(nanoseconds: int) -> int:
    whole = abs(nanoseconds) // _MICROSECOND
    return -whole if nanoseconds < 0 else whole
