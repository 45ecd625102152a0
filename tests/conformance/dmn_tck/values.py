"""Values as test files write them (testCases.xsd, XML Schema part 2), read as values of FEEL.

The texts are read here and not by the engine's own conversions, which are what is tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from lxml import etree

from engine.feel.errors import Unfit
from engine.feel.temporal import Date, DateTime, DaysTime, Offset, Time, YearsMonths

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_DATE = r"(?P<year>-?\d{4,})-(?P<month>\d\d)-(?P<day>\d\d)"
_TIME = (
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d{1,9}))?"
    r"(?P<zone>Z|[+-]\d\d:\d\d(?::\d\d)?)?"
)
_PATTERNS = {
    "date": re.compile(_DATE),
    "time": re.compile(_TIME),
    "dateTime": re.compile(f"{_DATE}T{_TIME}"),
    "duration": re.compile(
        r"(?P<sign>-)?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
        r"(?P<clock>T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
    ),
}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_NANOSECONDS = 1_000_000_000


class UnreadableValue(Exception):
    """A value is not written as testCases.xsd and XML Schema say."""


def read_content(holder: etree._Element, cast: str | None = None) -> object:
    """What an input node, `expected`, an item or a component holds: value, list or components.

    `cast` is the type of a value that names none. Nothing, or `xsi:nil`, is null. Raises
    UnreadableValue.
    """
    if _is_nil(holder):
        return None
    components = holder.findall("{*}component")
    if components:
        return {component.get("name", ""): read_content(component) for component in components}
    items = holder.find("{*}list")
    if items is not None:
        return None if _is_nil(items) else [read_content(i) for i in items.iterfind("{*}item")]
    value = holder.find("{*}value")
    if value is None or _is_nil(value):
        return None
    return read_text(value.text or "", value.get(f"{_XSI}type") or cast or "string")


def read_text(text: str, type_name: str) -> object:
    """A text of one of XML Schema's types, with or without a prefix. Raises UnreadableValue."""
    read = _READERS.get(type_name.rpartition(":")[2])
    if read is None:
        raise UnreadableValue(f"Expected a type of XML Schema, but found {type_name}")
    try:
        return read(text)
    except (KeyError, InvalidOperation, Unfit):
        raise UnreadableValue(f"Expected {type_name}, but found {text!r}") from None


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _is_nil(element: etree._Element) -> bool:
    return element.get(f"{_XSI}nil", "false").strip() in {"true", "1"}


def _boolean(text: str) -> bool:
    return _BOOLEANS[text.strip()]


def _number(text: str) -> Decimal:
    number = Decimal(text.strip())
    if not number.is_finite():
        raise InvalidOperation
    return number


def _date(text: str) -> Date:
    return _date_of(_parts(text, "date"))


def _time(text: str) -> Time:
    return _time_of(_parts(text, "time"))


def _date_and_time(text: str) -> DateTime:
    parts = _parts(text, "dateTime")
    return DateTime(_date_of(parts), _time_of(parts))


def _duration(text: str) -> YearsMonths | DaysTime:
    parts = _parts(text, "duration")
    sign = -1 if parts["sign"] else 1
    months = [parts["years"], parts["months"]]
    clock = [parts["days"], parts["hours"], parts["minutes"], parts["seconds"]]
    if any(months) == any(clock) or parts["clock"] == "T":
        raise InvalidOperation
    if any(months):
        years, rest = (int(part or 0) for part in months)
        return YearsMonths(sign * (years * 12 + rest))
    days, hours, minutes, seconds = (Decimal(part or 0) for part in clock)
    whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return DaysTime(sign * int(whole * _NANOSECONDS))


_READERS: Mapping[str, Callable[[str], object]] = {
    "string": str,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "dateTime": _date_and_time,
    **dict.fromkeys(["duration", "dayTimeDuration", "yearMonthDuration"], _duration),
    **dict.fromkeys(
        ["decimal", "double", "float", "integer", "long", "int", "short", "byte"], _number
    ),
}


def _parts(text: str, type_name: str) -> dict[str, str]:
    """The named parts of a text; an absent one is empty."""
    match = _PATTERNS[type_name].fullmatch(text.strip())
    if match is None:
        raise InvalidOperation
    return match.groupdict(default="")


def _date_of(parts: Mapping[str, str]) -> Date:
    return Date(int(parts["year"]), int(parts["month"]), int(parts["day"]))


def _time_of(parts: Mapping[str, str]) -> Time:
    return Time(
        int(parts["hour"]),
        int(parts["minute"]),
        int(parts["second"]),
        int(parts["fraction"].ljust(9, "0")),
        _offset(parts["zone"]) if parts["zone"] else None,
    )


def _offset(text: str) -> Offset:
    if text == "Z":
        return Offset(0)
    hours, minutes, seconds = (int(part) for part in f"{text[1:]}:00".split(":")[:3])
    distance = (hours * 60 + minutes) * 60 + seconds
    return Offset(-distance if text[0] == "-" else distance)
