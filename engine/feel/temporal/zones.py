"""Where a time is meant: an offset from UTC, or a region of the IANA time zone database.

zoneinfo knows the years 1 to 9999. The calendar repeats itself every 400 years, weekdays
included, so a year beyond them has the offsets of a year within them in the same place of the
400: late years by the region's last rule, early ones by its first offset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC as PYTHON_UTC
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from engine.feel.errors import Unfit

MOST_OFFSET = 14 * 3600
"""Seconds from UTC that an offset may have (XML Schema 1.1 part 2, 3.3.7.2)."""

_CYCLE = 400
_FIRST_YEAR, _LAST_YEAR = 2, 9998
_EARLY_CYCLE, _LATE_CYCLE = 400, 9200
_LATE = 9600


@dataclass(frozen=True, slots=True)
class Offset:
    """A fixed distance from UTC in seconds, positive to the east. Raises Unfit beyond 14 hours."""

    seconds: int

    def __post_init__(self) -> None:
        if abs(self.seconds) > MOST_OFFSET:
            raise Unfit("expected an offset from UTC of at most 14 hours")


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the time zone database by its name. Raises Unfit for an unknown name."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in _region_names():
            raise Unfit(f"expected the name of a time zone, but found {self.name[:40]!r}")


Zone = Offset | Region

UTC = Offset(0)


class Moment(NamedTuple):
    """A moment to the second, in a year that Python need not know."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int


def offset_at_local(zone: Zone, local: Moment, fold: int = 0) -> int:
    """Seconds from UTC at a local moment.

    Where a clock change skips or repeats the local time, `fold` 0 is the offset before the change
    and 1 the one after it.
    """
    if isinstance(zone, Offset):
        return zone.seconds
    return _region_offset(zone.name, datetime(*_known(local), fold=fold))


def offset_at_utc(zone: Zone, moment: Moment) -> int:
    """Seconds from UTC at a moment of UTC."""
    if isinstance(zone, Offset):
        return zone.seconds
    known = datetime(*_known(moment), tzinfo=PYTHON_UTC)
    return _seconds(known.astimezone(ZoneInfo(zone.name)).utcoffset())


def usual_offset(zone: Zone) -> int:
    """Seconds from UTC of a time without a date: by the region's last rule, outside summer time."""
    if isinstance(zone, Offset):
        return zone.seconds
    return _standard_offset(zone.name)


@lru_cache(maxsize=1024)
def _standard_offset(name: str) -> int:
    return min(_region_offset(name, datetime(_LATE, month, 1)) for month in (1, 7))


def _region_offset(name: str, moment: datetime) -> int:
    return _seconds(moment.replace(tzinfo=ZoneInfo(name)).utcoffset())


def _seconds(offset: timedelta | None) -> int:
    return 0 if offset is None else offset.days * 86_400 + offset.seconds


def _known(moment: Moment) -> Moment:
    return moment._replace(year=_known_year(moment.year))


def _known_year(year: int) -> int:
    if year < _FIRST_YEAR:
        return _EARLY_CYCLE + year % _CYCLE
    if year > _LAST_YEAR:
        return _LATE_CYCLE + year % _CYCLE
    return year


@lru_cache(maxsize=1)
def _region_names() -> frozenset[str]:
    return frozenset(available_timezones())
