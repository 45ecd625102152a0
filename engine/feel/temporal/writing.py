"""The texts of dates, times and durations, as `string` writes them (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

from engine.feel.temporal.values import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysTime,
    Temporal,
    Time,
    YearsMonths,
)
from engine.feel.temporal.zones import Region, Zone


def text(value: Temporal) -> str:
    """The text that reads back as the same value; a duration in the fewest, largest units."""
    match value:
        case Date():
            return _date_text(value)
        case Time():
            return _time_text(value)
        case DateTime():
            return f"{_date_text(value.date)}T{_time_text(value.time)}"
        case DaysTime():
            return _days_text(value)
        case YearsMonths():
            return _months_text(value)


def _date_text(value: Date) -> str:
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04}-{value.month:02}-{value.day:02}"


def _time_text(value: Time) -> str:
    clock = f"{value.hour:02}:{value.minute:02}:{value.second:02}"
    return f"{clock}{_fraction_text(value.nanosecond)}{_zone_text(value.zone)}"


def _fraction_text(nanoseconds: int) -> str:
    return f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""


def _zone_text(zone: Zone | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, Region):
        return f"@{zone.name}"
    if not zone.seconds:
        return "Z"
    minutes, seconds = divmod(abs(zone.seconds), 60)
    sign = "-" if zone.seconds < 0 else "+"
    rest = f":{seconds:02}" if seconds else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}{rest}"


def _days_text(value: DaysTime) -> str:
    if not value.nanoseconds:
        return "PT0S"
    days, rest = divmod(abs(value.nanoseconds), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, nanoseconds = divmod(rest, SECOND)
    clock = _part(hours, "H") + _part(minutes, "M")
    if seconds or nanoseconds:
        clock += f"{seconds}{_fraction_text(nanoseconds)}S"
    sign = "-" if value.nanoseconds < 0 else ""
    return f"{sign}P{_part(days, 'D')}{'T' + clock if clock else ''}"


def _months_text(value: YearsMonths) -> str:
    if not value.months:
        return "P0M"
    years, months = divmod(abs(value.months), 12)
    sign = "-" if value.months < 0 else ""
    return f"{sign}P{_part(years, 'Y')}{_part(months, 'M')}"


def _part(number: int, unit: str) -> str:
    return f"{number}{unit}" if number else ""
