"""Moments as one number: nanoseconds since 1970-01-01T00:00:00, of UTC where there is a zone."""

from __future__ import annotations

from engine.feel.temporal.calendar import date_of, day_number
from engine.feel.temporal.values import DAY, HOUR, MINUTE, SECOND, Date, DateTime, Time
from engine.feel.temporal.zones import (
    UTC,
    Moment,
    Offset,
    Zone,
    offset_at_local,
    offset_at_utc,
    usual_offset,
)

MIDNIGHT = Time(0, 0, 0)
UTC_MIDNIGHT = Time(0, 0, 0, 0, UTC)


def at_utc_midnight(day: Date) -> DateTime:
    """What a date is where a date and time is needed (DMN 1.5, 10.3.2.9.4)."""
    return DateTime(day, UTC_MIDNIGHT)


def nanosecond_of_day(time: Time) -> int:
    """Nanoseconds from midnight, by the clock."""
    return time.hour * HOUR + time.minute * MINUTE + time.second * SECOND + time.nanosecond


def time_at(nanosecond: int, zone: Zone | None) -> Time:
    """The time so many nanoseconds from a midnight, going round the clock."""
    hour, rest = divmod(nanosecond % DAY, HOUR)
    minute, rest = divmod(rest, MINUTE)
    second, rest = divmod(rest, SECOND)
    return Time(hour, minute, second, rest, zone)


def value_of_time(time: Time) -> int:
    """`valuet` of the standard (10.3.2.3.4), in nanoseconds: may lie outside the day."""
    offset = 0 if time.zone is None else usual_offset(time.zone)
    return nanosecond_of_day(time) - offset * SECOND


def value_of_date_time(moment: DateTime) -> int:
    """`valuedt` of the standard (10.3.2.3.6), in nanoseconds."""
    return _local_value(moment.date, moment.time) - offset_of(moment) * SECOND


def offset_of(moment: DateTime) -> int:
    """Seconds from UTC; 0 without a zone."""
    zone = moment.time.zone
    if zone is None:
        return 0
    return offset_at_local(zone, _moment(moment.date, moment.time), moment.fold)


def date_time_at(value: int, zone: Zone | None) -> DateTime:
    """The inverse of value_of_date_time. Raises Unfit beyond the years of a date."""
    if zone is None or isinstance(zone, Offset):
        return _on_clock(value, zone, 0 if zone is None else zone.seconds)
    in_utc = _on_clock(value, None, 0)
    offset = offset_at_utc(zone, _moment(in_utc.date, in_utc.time))
    found = _on_clock(value, zone, offset)
    if offset_of(found) == offset:
        return found
    return DateTime(found.date, found.time, fold=1)


def _on_clock(value: int, zone: Zone | None, offset: int) -> DateTime:
    days, nanosecond = divmod(value + offset * SECOND, DAY)
    return DateTime(Date(*date_of(days)), time_at(nanosecond, zone))


def _local_value(day: Date, time: Time) -> int:
    return day_number(day.year, day.month, day.day) * DAY + nanosecond_of_day(time)


def _moment(day: Date, time: Time) -> Moment:
    return Moment(day.year, day.month, day.day, time.hour, time.minute, time.second)
