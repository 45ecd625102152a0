"""Dates, times and durations from their texts (XML Schema 1.1 part 2, DMN 1.5 10.3.4.1).

Beyond XML Schema, a time may name a region (`10:20:00@Asia/Almaty`), an offset may have seconds
(what `string` writes), and `z` is `Z`, as the examples of the standard have it. Within it, a
fraction of a second has up to nine digits. Every function raises Unfit for any other text.
"""

from __future__ import annotations

import re

from engine.feel.errors import Unfit
from engine.feel.temporal.calendar import day_number
from engine.feel.temporal.timeline import MIDNIGHT, date_time_at
from engine.feel.temporal.values import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DaysTime,
    Duration,
    Temporal,
    Time,
    YearsMonths,
)
from engine.feel.temporal.zones import Offset, Region, Zone

_MOST_CHARACTERS = 128

_DATE = r"(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})"
_CLOCK = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
_OFFSET = r"([Zz])|([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?"
_REGION = r"@([A-Za-z0-9_+/-]+)"
_TIME = rf"{_CLOCK}(?:{_OFFSET}|{_REGION})?"

_DATE_TEXT = re.compile(_DATE)
_TIME_TEXT = re.compile(_TIME)
_DATE_TIME_TEXT = re.compile(rf"{_DATE}T{_TIME}")
_MONTHS_TEXT = re.compile(r"(-?)P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?")
_DAYS_TEXT = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]{1,9}))?S)?)?"
)


def parse_date(text: str) -> Date:
    """`2017-08-10`, years of four to nine digits, no zone."""
    return _read_date(*_groups(_DATE_TEXT, text, "a date such as 2017-08-10"))


def parse_time(text: str) -> Time:
    """`10:20:00`, with a fraction, `Z`, an offset or a region; `24:00:00` is midnight."""
    return _read_time(_groups(_TIME_TEXT, text, "a time such as 10:20:00"))[0]


def parse_date_time(text: str) -> DateTime:
    """`2017-08-10T10:20:00` as date and time; a date alone is its midnight without a zone."""
    if len(text) <= _MOST_CHARACTERS and _DATE_TEXT.fullmatch(text):
        return DateTime(parse_date(text), MIDNIGHT)
    year, month, day, *rest = _groups(
        _DATE_TIME_TEXT, text, "a date and time such as 2017-08-10T10:20:00"
    )
    found = _read_date(year, month, day)
    time, is_next_day = _read_time(rest)
    if is_next_day:
        midnight = (day_number(found.year, found.month, found.day) + 1) * DAY
        found = date_time_at(midnight, None).date
    return DateTime(found, time)


def parse_duration(text: str) -> Duration:
    """`P1Y2M` or `P1DT2H3M4.5S`, never both; `-` before P."""
    if len(text) <= _MOST_CHARACTERS and _MONTHS_TEXT.fullmatch(text):
        return parse_years_months(text)
    return parse_days_time(text, "a duration such as P1DT2H or P1Y2M")


def parse_years_months(text: str) -> YearsMonths:
    """`P1Y2M`."""
    sign, years, months = _groups(_MONTHS_TEXT, text, "a years and months duration such as P1Y2M")
    total = int(years or 0) * 12 + int(months or 0)
    return YearsMonths(-total if sign else total)


def parse_days_time(
    text: str, expected: str = "a days and time duration such as P1DT2H"
) -> DaysTime:
    """`P1DT2H3M4.5S`; `expected` names the form in the message."""
    sign, days, hours, minutes, seconds, fraction = _groups(_DAYS_TEXT, text, expected)
    total = (
        int(days or 0) * DAY
        + int(hours or 0) * HOUR
        + int(minutes or 0) * MINUTE
        + int(seconds or 0) * SECOND
        + _nanoseconds(fraction)
    )
    return DaysTime(-total if sign else total)


def parse_literal(text: str) -> Temporal:
    """The value of `@"text"` (DMN 1.5, 10.3.1.2): by its form any of the others."""
    if len(text) <= _MOST_CHARACTERS:
        if text.startswith(("P", "-P")):
            return parse_duration(text)
        if _DATE_TEXT.fullmatch(text):
            return parse_date(text)
        if _TIME_TEXT.fullmatch(text):
            return parse_time(text)
        if _DATE_TIME_TEXT.fullmatch(text):
            return parse_date_time(text)
    raise Unfit(f"expected a date, time, date and time or duration, but found {_shown(text)}")


def _groups(pattern: re.Pattern[str], text: str, expected: str) -> list[str]:
    """The groups of a match, "" for one that took no part."""
    match = pattern.fullmatch(text) if len(text) <= _MOST_CHARACTERS else None
    if match is None:
        raise Unfit(f"expected {expected}, but found {_shown(text)}")
    return list(match.groups(""))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")


def _read_date(year: str, month: str, day: str) -> Date:
    return Date(int(year), int(month), int(day))


def _read_time(groups: list[str]) -> tuple[Time, bool]:
    """The time, and whether it is the midnight that ends the day (24:00:00)."""
    hour, minute, second, fraction, utc, sign, *offset, region = groups
    zone = _read_zone(utc, sign, offset, region)
    if hour == "24" and not (int(minute) or int(second) or _nanoseconds(fraction)):
        return Time(0, 0, 0, 0, zone), True
    return Time(int(hour), int(minute), int(second), _nanoseconds(fraction), zone), False


def _read_zone(utc: str, sign: str, offset: list[str], region: str) -> Zone | None:
    if region:
        return Region(region)
    if utc:
        return Offset(0)
    if not sign:
        return None
    hours, minutes, seconds = (int(part or 0) for part in offset)
    if minutes > 59 or seconds > 59:
        raise Unfit("expected minutes and seconds of an offset from UTC below 60")
    total = hours * 3600 + minutes * 60 + seconds
    return Offset(-total if sign == "-" else total)


def _nanoseconds(fraction: str) -> int:
    return int(fraction.ljust(9, "0")) if fraction else 0
