"""The functions that expressions of a definition may call, by the engine's clock and calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from engine.calendar import CalendarDay, NotATime, WorkingCalendar, parse_moment
from engine.definitions import Definition
from engine.store import calendar_days, dated_rows


@lru_cache(maxsize=8)
def _calendar(rows: tuple[tuple[date, bool], ...], zone: ZoneInfo) -> WorkingCalendar:
    return WorkingCalendar([CalendarDay(*row) for row in rows], zone)


def functions_for(
    connection: Any, definition: Definition, zone: ZoneInfo, now: datetime
) -> Mapping[str, Callable[..., object]]:
    """The engine's own functions, as of `now`: those of the clock and the calendar, and
    `dated(table, key)`, the value valid today in the application's table: the version's own file
    under what staff have edited, as the transaction sees it."""
    local_day = now.astimezone(zone).date()

    @cache
    def calendar() -> WorkingCalendar:
        return _calendar(calendar_days.exceptions(connection), zone)

    def dated(table: str, key: str) -> object:
        name = f"{definition.diagram.key}/{table}"
        edits = dated_rows.of_key(connection, definition.record.tenant, name, key)
        return definition.dated(table, key, local_day, edits)

    return {**time_functions(calendar, zone, now), "dated": dated}


def time_functions(
    calendar: Callable[[], WorkingCalendar], zone: ZoneInfo, now: datetime
) -> Mapping[str, Callable[..., object]]:
    """The functions of the clock, as of `now`, and of a calendar.

    `workdays(n[, from])` is the end of the n-th working day after, `workday_start(n[, from])` its
    beginning; `workdays_before(n, moment)` is 9:00 of the n-th working day before, null before
    null; `now()` and `today()`.
    """

    def begin(start: object) -> datetime:
        if start is None:
            return now
        if isinstance(start, datetime):
            return start
        if not isinstance(start, str):
            raise NotATime(f"Expected an ISO 8601 date or date-time, but found {start!r}")
        return parse_moment(start, zone)

    def workdays(n: int, from_: object = None) -> datetime:
        return calendar().add_working_days(begin(from_), int(n))

    def workday_start(n: int, from_: object = None) -> datetime:
        return calendar().add_working_days_start(begin(from_), int(n))

    def workdays_before(count: int, end: object) -> datetime | None:
        if end is None:
            return None
        return calendar().working_days_before(begin(end), int(count))

    return {
        "workdays": workdays,
        "workday_start": workday_start,
        "workdays_before": workdays_before,
        "today": now.astimezone(zone).date,
        "now": lambda: now,
    }
