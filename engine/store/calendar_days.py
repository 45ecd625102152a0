"""Rows of the working calendar: exceptions from Monday-to-Friday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from engine.store.codec import dump_json, load_json
from engine.store.tables import calendar_day
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CalendarDayRecord:
    """One exception: a day off, or a working day on a weekend."""

    day: date
    working: bool
    names: Mapping[str, str]
    edited_by: str
    edited_at: datetime


_EXCEPTIONS = select(calendar_day.c.day, calendar_day.c.working)


def exceptions(connection: Connection) -> tuple[tuple[date, bool], ...]:
    """(day, whether it is worked) of every row: all that computing with days needs."""
    return tuple((day, working) for day, working in connection.execute(_EXCEPTIONS).all())


def all_days(connection: Connection) -> list[CalendarDayRecord]:
    """Every row, by day."""
    rows = connection.execute(select(calendar_day).order_by(calendar_day.c.day))
    return [
        CalendarDayRecord(row.day, row.working, load_json(row.names), row.edited_by, row.edited_at)
        for row in rows
    ]


def put(
    uow: UnitOfWork, day: date, working: bool, names: Mapping[str, str], by: str, at: datetime
) -> None:
    """Writes one day, in place of what was there."""
    remove(uow, day)
    uow.connection.execute(
        insert(calendar_day).values(
            day=day, working=working, names=dump_json(dict(names)), edited_by=by, edited_at=at
        )
    )


def remove(uow: UnitOfWork, day: date) -> None:
    """Deletes one day's row: it is as its weekday says again."""
    uow.connection.execute(delete(calendar_day).where(calendar_day.c.day == day))
