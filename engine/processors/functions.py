"""The functions that expressions of a definition may call, by the engine's clock and calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from engine.calendar import CalendarDay, WorkingCalendar, parse_moment
from engine.definitions import Definition
from engine.processors.work import Work
from engine.store import calendar_days


def calendar_of(work: Work) -> WorkingCalendar:
    """The working calendar as the store holds it now."""
    return _calendar(calendar_days.exceptions(work.connection), work.zone)


@lru_cache(maxsize=8)
def _calendar(rows: tuple[tuple[date, bool], ...], zone: ZoneInfo) -> WorkingCalendar:
    return WorkingCalendar([CalendarDay(*row) for row in rows], zone)


def functions_for(
    work: Work, definition: Definition, now: datetime | None = None
) -> Mapping[str, Callable[..., object]]:
    """The engine's own functions; a `now` other than the clock's recomputes old dates.

    `workdays(n[, from])` is the end of the n-th working day after, `workday_start(n[, from])` its
    beginning; `dated(table, key)` the value valid today in the application's table.
    """
    moment = now or work.now
    local_day = moment.astimezone(work.zone).date()

    @cache
    def calendar() -> WorkingCalendar:
        return calendar_of(work)

    def begin(start: str | None) -> datetime:
        return moment if start is None else parse_moment(start, work.zone)

    def workdays(count: int, start: str | None = None) -> str:
        return calendar().add_working_days(begin(start), int(count)).isoformat()

    def workday_start(count: int, start: str | None = None) -> str:
        return calendar().add_working_days_start(begin(start), int(count)).isoformat()

    def dated(table: str, key: str) -> object:
        return definition.dated(table, key, local_day)

    return {
        "workdays": workdays,
        "workday_start": workday_start,
        "today": lambda: local_day.isoformat(),
        "now": lambda: moment.isoformat(),
        "dated": dated,
    }
