"""Moments, durations and cycles as BPMN timers write them (ISO 8601).

Years, months, weeks and days are counted on the calendar of a zone, hours and less on the clock:
one month after 31 January is 28 or 29 February, one day after 9:00 is 9:00 even where the zone
changed its offset in between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.calendar.errors import CalendarError, NotATime

ALMATY = ZoneInfo("Asia/Almaty")

_DURATION = re.compile(
    r"P(?=[0-9T])(?:(?P<years>[0-9]{1,5})Y)?(?:(?P<months>[0-9]{1,6})M)?"
    r"(?:(?P<weeks>[0-9]{1,7})W)?(?:(?P<days>[0-9]{1,8})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,9}(?:[.,][0-9]{1,9})?)H)?"
    r"(?:(?P<minutes>[0-9]{1,9}(?:[.,][0-9]{1,9})?)M)?"
    r"(?:(?P<seconds>[0-9]{1,11}(?:[.,][0-9]{1,9})?)S)?)?"
)
_REPEAT = re.compile(r"R([0-9]{0,9})")


@dataclass(frozen=True)
class Duration:
    """A length of time: a part on the calendar and a part on the clock."""

    months: int = 0
    days: int = 0
    clock: timedelta = timedelta(0)

    def is_zero(self) -> bool:
        return not (self.months or self.days or self.clock)


@dataclass(frozen=True)
class Cycle:
    """A repeated timer. `repetitions` is None where it has no end."""

    repetitions: int | None
    interval: Duration
    start: datetime | None = None
    end: datetime | None = None


def parse_iso_duration(text: str) -> Duration:
    """`P1Y2M3DT4H5M6S`, `P2W`, `PT0.5H`. Raises NotATime."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise NotATime(f"Expected an ISO 8601 duration such as P3D or PT2H, but found {text!r}")
    part = {name: value or "0" for name, value in match.groupdict().items()}
    seconds = (
        _decimal(part["hours"]) * 3600 + _decimal(part["minutes"]) * 60 + _decimal(part["seconds"])
    )
    try:
        return Duration(
            months=int(part["years"]) * 12 + int(part["months"]),
            days=int(part["weeks"]) * 7 + int(part["days"]),
            clock=timedelta(microseconds=int(seconds * 1_000_000)),
        )
    except OverflowError as error:
        raise NotATime(f"Expected a duration within range, but found {text!r}") from error


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def add_duration(start: datetime, duration: Duration | str, zone: ZoneInfo = ALMATY) -> datetime:
    """The moment that lies `duration` after `start`, in the zone.

    A naive start is local time of the zone. A day that a month does not have is its last day.
    Raises NotATime, CalendarError where the result is out of range.
    """
    length = parse_iso_duration(duration) if isinstance(duration, str) else duration
    try:
        local = in_zone(start, zone)
        moved = _on_the_calendar(local, length) if length.months or length.days else local
        return (moved.astimezone(UTC) + length.clock).astimezone(zone)
    except (OverflowError, ValueError) as error:
        raise CalendarError(f"Expected a moment before the year 10000 after {start}") from error


def _on_the_calendar(local: datetime, length: Duration) -> datetime:
    months = local.year * 12 + local.month - 1 + length.months
    year, month = divmod(months, 12)
    day = min(local.day, _days_of_month(year, month + 1))
    return local.replace(year=year, month=month + 1, day=day) + timedelta(days=length.days)


def _days_of_month(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else None
    return (following - timedelta(days=1)).day if following else 31


def parse_cycle(text: str, zone: ZoneInfo = ALMATY) -> Cycle:
    """`R3/PT1H`, `R/2026-01-01T09:00/P1D`, `R5/PT1H/2026-12-31`; without `R` it is done once.

    Raises NotATime, also for an interval of no length.
    """
    parts = text.strip().split("/")
    repetitions: int | None = 1
    repeat = _REPEAT.fullmatch(parts[0])
    if repeat is not None:
        repetitions = int(repeat[1]) if repeat[1] else None
        parts = parts[1:]
    if repetitions == 0 or not 1 <= len(parts) <= 2:
        raise _no_cycle(text)
    cycle = _cycle(parts, repetitions, zone, text)
    if cycle.interval.is_zero() or cycle.interval.clock < timedelta(0):
        raise NotATime(f"Expected a cycle with an interval of some length, but found {text!r}")
    return cycle


def _cycle(parts: list[str], repetitions: int | None, zone: ZoneInfo, text: str) -> Cycle:
    durations = [part.strip().startswith("P") for part in parts]
    if durations == [True]:
        return Cycle(repetitions, parse_iso_duration(parts[0]))
    if durations == [False, True]:
        start = parse_moment(parts[0], zone)
        return Cycle(repetitions, parse_iso_duration(parts[1]), start=start)
    if durations == [True, False]:
        end = parse_moment(parts[1], zone)
        return Cycle(repetitions, parse_iso_duration(parts[0]), end=end)
    if durations == [False, False]:
        start, end = parse_moment(parts[0], zone), parse_moment(parts[1], zone)
        return Cycle(repetitions, Duration(clock=end - start), start=start)
    raise _no_cycle(text)


def _no_cycle(text: str) -> NotATime:
    return NotATime(
        "Expected an ISO 8601 cycle such as R3/PT1H or R/P1D (cron is not read), "
        f"but found {text!r}"
    )


def next_of_cycle(
    last: datetime, interval: Duration | str, now: datetime, zone: ZoneInfo = ALMATY
) -> datetime:
    """The first moment after `now` of a rhythm that had one at `last`.

    What was missed meanwhile is left out: a server that was down for a day does not fire a hundred
    times at once. Raises NotATime, CalendarError where the result is out of range.
    """
    length = parse_iso_duration(interval) if isinstance(interval, str) else interval
    if length.is_zero():
        raise NotATime(f"Expected a cycle with an interval of some length, but found {interval!r}")
    due = last
    if not (length.months or length.days):
        due += length.clock * max(0, (now - last) // length.clock)
    due = add_duration(due, length, zone)
    while due <= now:
        due = add_duration(due, length, zone)
    return due


def parse_moment(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    """An ISO 8601 date-time with its offset, in the zone; without one it is local time of the zone.

    A date is its first moment. Raises NotATime.
    """
    stripped = text.strip()
    try:
        if len(stripped) <= 10:
            return datetime.combine(date.fromisoformat(stripped), time(), zone)
        return in_zone(datetime.fromisoformat(stripped), zone)
    except (ValueError, OverflowError) as error:
        raise NotATime(f"Expected an ISO 8601 date or date-time, but found {text!r}") from error


def parse_date(text: str, zone: ZoneInfo = ALMATY) -> date:
    """The day, in the zone, of an ISO 8601 date or date-time. Raises NotATime."""
    return parse_moment(text, zone).date()


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same moment in the zone; a naive one is already local time of the zone."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
