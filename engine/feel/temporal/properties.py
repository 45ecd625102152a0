"""What `value.name` gives for dates, times and durations (DMN 1.5, 10.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel.errors import Unfit
from engine.feel.temporal.calendar import within_cycle
from engine.feel.temporal.timeline import offset_of
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
from engine.feel.temporal.zones import Region, Zone, usual_offset


def properties(value: Temporal, name: str) -> object:
    """A property: a number; `time offset` and `timezone` are null where the value has none.

    Raises Unfit for a name that this kind of value does not have.
    """
    found = PROPERTIES[type(value)].get(name)
    if found is None:
        names = ", ".join(PROPERTIES[type(value)])
        raise Unfit(f"expected a property ({names}), but found {name[:40]!r}")
    return found(value)


def weekday(value: Date) -> int:
    """1 for Monday to 7 for Sunday."""
    return within_cycle(value.year, value.month, value.day).isoweekday()


def day_of_year(value: Date) -> int:
    """1 for January 1."""
    return within_cycle(value.year, value.month, value.day).timetuple().tm_yday


def week_of_year(value: Date) -> int:
    """The week by ISO 8601."""
    return within_cycle(value.year, value.month, value.day).isocalendar().week


def _second(value: Time) -> Decimal:
    return _seconds(value.second * SECOND + value.nanosecond)


def _seconds(nanoseconds: int) -> Decimal:
    whole, rest = divmod(abs(nanoseconds), SECOND)
    seconds = Decimal(whole) if not rest else Decimal(abs(nanoseconds)).scaleb(-9).normalize()
    return -seconds if nanoseconds < 0 else seconds


def _time_offset(value: Time) -> DaysTime | None:
    return None if value.zone is None else DaysTime(usual_offset(value.zone) * SECOND)


def _date_time_offset(value: DateTime) -> DaysTime | None:
    return None if value.time.zone is None else DaysTime(offset_of(value) * SECOND)


def _timezone(zone: Zone | None) -> str | None:
    return zone.name if isinstance(zone, Region) else None


def _part(value: int, unit: int, most: int) -> int:
    """So many units to zero, of which `most` make the next larger one; with the value's sign."""
    part = abs(value) // unit % most
    return -part if value < 0 else part


def _days(value: DaysTime) -> Decimal:
    days = abs(value.nanoseconds) // DAY
    return Decimal(-days if value.nanoseconds < 0 else days)


def _seconds_of(value: DaysTime) -> Decimal:
    rest = abs(value.nanoseconds) % MINUTE
    return _seconds(-rest if value.nanoseconds < 0 else rest)


def _years(value: YearsMonths) -> Decimal:
    years = abs(value.months) // 12
    return Decimal(-years if value.months < 0 else years)


Property = Callable[..., object]

_DATE: dict[str, Property] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(weekday(value)),
}

_TIME: dict[str, Property] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": _second,
    "time offset": _time_offset,
    "timezone": lambda value: _timezone(value.zone),
}


def _of_date(part: Property) -> Property:
    return lambda value: part(value.date)


def _of_time(part: Property) -> Property:
    return lambda value: part(value.time)


PROPERTIES: Mapping[type, Mapping[str, Property]] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {
        **{name: _of_date(part) for name, part in _DATE.items()},
        **{name: _of_time(part) for name, part in _TIME.items()},
        "time offset": _date_time_offset,
    },
    DaysTime: {
        "days": _days,
        "hours": lambda value: Decimal(_part(value.nanoseconds, HOUR, 24)),
        "minutes": lambda value: Decimal(_part(value.nanoseconds, MINUTE, 60)),
        "seconds": _seconds_of,
    },
    YearsMonths: {
        "years": _years,
        "months": lambda value: Decimal(_part(value.months, 1, 12)),
    },
}
"""Type of value → name of a property → what gives it."""
