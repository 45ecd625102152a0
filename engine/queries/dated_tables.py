"""Dated tables for those who edit them, and what everyone may know of them: windows, contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.dated import CONTACTS, WINDOWS, Edit, Head, Row
from engine.dated_tables import DatedTable
from engine.errors import NotFound
from engine.identity import Actor
from engine.queries.names import Names
from engine.queries.surroundings import Surroundings
from engine.visibility import editable_keys, may_edit, may_look_at


@dataclass(frozen=True)
class DatedTableRow:
    """A table in a list: what it is, how many rows hold today, who edited it last."""

    name: str
    titles: Names
    hints: Names
    in_force: int
    to_come: int
    may_edit: bool
    edited_by: str | None
    edited_at: datetime | None


@dataclass(frozen=True)
class DatedTableView:
    """A table with its rows by validity and the edits that made them, the newest first.

    rows: what holds on which days. deployed: the file's own rows, those of keys that were edited.
    key_names: what keys are called, where they are. version goes back with an edit. editable_keys:
    the only keys that this actor edits; None: all. editors: the groups that edit the table.
    """

    name: str
    head: Head
    rows: tuple[Row, ...]
    edits: tuple[Edit, ...]
    deployed: tuple[Row, ...]
    key_names: Mapping[str, Names]
    version: str
    today: date
    may_edit: bool
    editable_keys: frozenset[str] | None
    editors: frozenset[str]


@dataclass(frozen=True)
class Window:
    """Days on which a process may be started, both included; `key` says for what (a year)."""

    key: str
    first: date
    last: date | None


@dataclass(frozen=True)
class Windows:
    """The windows of a process that are open, and the next one, where one is known."""

    open: tuple[Window, ...]
    next: Window | None


def dated_tables(
    connection: Connection, around: Surroundings, actor: Actor
) -> tuple[DatedTableRow, ...]:
    """The tables that have a title and that the actor may look at, by name."""
    today = _today(around)
    return tuple(
        _row(around, actor, table, today)
        for table in around.tables.all(connection, actor.tenant)
        if table.head.titles and may_look_at(actor, around.settings, table.head)
    )


def dated_table(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    name: str,
    known_at: datetime | None = None,
) -> DatedTableView:
    """One table, as it holds or as it was known at a moment. Raises NotFound."""
    table = around.tables.get(connection, actor.tenant, name, known_at)
    if not may_look_at(actor, around.settings, table.head):
        raise NotFound(f"Expected a dated table {name}, but there is none")
    edited = {edit.key for edit in table.edits}
    return DatedTableView(
        name=name,
        head=around.tables.head(connection, actor.tenant, table),
        rows=table.rows,
        edits=tuple(reversed(table.edits)),
        deployed=tuple(row for row in table.file.rows if row.key in edited),
        key_names=table.file.key_names,
        version=table.version,
        today=_today(around),
        may_edit=may_edit(actor, around.settings, table.head),
        editable_keys=editable_keys(actor, around.settings, table.head),
        editors=around.settings.owners | table.head.groups,
    )


def windows(connection: Connection, around: Surroundings, actor: Actor) -> Mapping[str, Windows]:
    """When processes may be started, by process; those without windows are not among them."""
    today = _today(around)
    found = {}
    for table in around.tables.all(connection, actor.tenant):
        if table.head.kind != WINDOWS or table.head.process is None:
            continue
        own = [Window(row.key, row.span.first, row.span.last) for row in table.rows]
        later = [window for window in own if window.first > today]
        found[table.head.process] = Windows(
            tuple(window for window in own if window.first <= today <= (window.last or date.max)),
            min(later, key=lambda window: window.first, default=None),
        )
    return found


def contacts(
    connection: Connection, around: Surroundings, actor: Actor
) -> Mapping[str, Mapping[str, Any]]:
    """How to reach units today, by unit: what their tables hold of them."""
    today = _today(around)
    return {
        key: row.value
        for table in around.tables.all(connection, actor.tenant)
        if table.head.kind == CONTACTS
        for key, row in table.in_force(today).items()
    }


def _row(around: Surroundings, actor: Actor, table: DatedTable, today: date) -> DatedTableRow:
    last = table.edits[-1] if table.edits else None
    return DatedTableRow(
        name=table.name,
        titles=table.head.titles,
        hints=table.head.hints,
        in_force=sum(row.span.has(today) for row in table.rows),
        to_come=sum(row.span.first > today for row in table.rows),
        may_edit=may_edit(actor, around.settings, table.head),
        edited_by=None if last is None else last.edited_by,
        edited_at=None if last is None else last.edited_at,
    )


def _today(around: Surroundings) -> date:
    return around.clock().astimezone(ZoneInfo(around.settings.zone)).date()
