"""The working calendar as staff see it: exceptions from Monday-to-Friday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.queries.names import Names
from engine.store import calendar_days


@dataclass(frozen=True)
class CalendarRow:
    """A day off, or a working day on a weekend."""

    day: date
    working: bool
    names: Names
    edited_by: str
    edited_at: datetime


def calendar(connection: Connection, year: int | None = None) -> tuple[CalendarRow, ...]:
    """The exceptions of a year, or of every year, by day."""
    return tuple(
        CalendarRow(row.day, row.working, row.names, row.edited_by, row.edited_at)
        for row in calendar_days.all_days(connection)
        if year is None or row.day.year == year
    )
