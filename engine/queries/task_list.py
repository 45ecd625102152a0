"""The task list: what is the actor's, what their groups may take, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from engine.definitions import Definition, Definitions
from engine.errors import BadCommand
from engine.identity import Actor
from engine.queries import offered_tasks, pages
from engine.queries.application_data import source_names
from engine.queries.names import Names, task_names
from engine.queries.offered_tasks import Tab
from engine.queries.pages import Key, Page
from engine.queries.rows import AnyRow
from engine.queries.search import matches
from engine.store import deployments
from engine.store.codec import load_json
from engine.store.tables import process_instance, user_task
from engine.store.tasks import EVERYONE, GROUP, USER

_task = user_task.c
_BETWEEN = "~"


@dataclass(frozen=True)
class TaskRow:
    """One user task in a list.

    `sources` are the rows of the map that it carries out, `status` the code of the instance's
    status, `overdue` is by the engine's clock and only of open tasks, `follow_up_at` is when its
    people are to be reminded.
    """

    id: str
    element_id: str
    names: Names
    instance_id: str
    definition_id: str
    business_key: str | None
    process_id: str
    process_names: Names
    title: str | None
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    unit: str | None
    party: str | None
    created_at: datetime
    due_at: datetime | None
    priority: int
    overdue: bool
    sources: tuple[str, ...]
    status: str | None
    source_names: tuple[Names, ...] = field(default=(), kw_only=True)
    follow_up_at: datetime | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class TaskCounts:
    """How many tasks each tab holds."""

    mine: int
    group: int
    overdue: int


def task_list(
    connection: Connection,
    definitions: Definitions,
    now: datetime,
    actor: Actor,
    tab: Tab,
    *,
    search: str = "",
    process_id: str | None = None,
    after: str | None = None,
    before: str | None = None,
    limit: int = 25,
) -> Page[TaskRow]:
    """A page of a tab, oldest tasks first; of "overdue" those longest overdue first.

    Raises BadCommand for an unknown tab, limit or cursor.
    """
    if tab not in ("mine", "group", "overdue"):
        raise BadCommand(f"Expected the tab mine, group or overdue, but found {tab}")
    condition = matches(search, _task.business_key, _task.title, _task.party)
    if process_id is not None:
        same = _task.process_id == process_id
        condition = same if condition is None else condition & same
    ranges = offered_tasks.ranges(actor, tab, now, condition)
    overdue = tab == "overdue"
    place = (
        pages.place(limit, after, before, _read_due)
        if overdue
        else (pages.place(limit, after, before))
    )
    found = pages.read_keys(connection, ranges, place)
    rows = rows_of(connection, definitions, now, [key[-1] for key in found.keys])
    write = _write_due if overdue else _write
    return Page(
        tuple(rows),
        None if found.next is None else write(found.next),
        None if found.previous is None else write(found.previous),
    )


def tasks_to_sign(
    connection: Connection, definitions: Definitions, now: datetime, actor: Actor, limit: int
) -> tuple[TaskRow, ...]:
    """Open tasks of the actor, or offered to them, that ask for a signature; those due first.

    Of more than `limit` in one tab the oldest.
    """
    asking = [
        (_task.definition_id == record.id) & _task.element_id.in_(signed)
        for record in deployments.with_live_instances(connection)
        if (signed := _signed_elements(definitions.of(connection, record)))
    ]
    if not asking:
        return ()
    ids: dict[str, None] = {}
    for tab in ("mine", "group"):
        ranges = offered_tasks.ranges(actor, tab, now, or_(*asking))
        found = pages.read_keys(connection, ranges, pages.place(limit, None, None))
        ids.update(dict.fromkeys(key[-1] for key in found.keys))
    rows = rows_of(connection, definitions, now, list(ids))
    return tuple(sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.created_at)))


def _signed_elements(definition: Definition) -> list[str]:
    elements = definition.facts.elements.values()
    return [each.id for each in elements if each.signature_document is not None]


def task_counts(connection: Connection, now: datetime, actor: Actor) -> TaskCounts:
    """How many tasks each tab holds, counted in the indexes."""

    def count(tab: Tab) -> int:
        return int(connection.execute(offered_tasks.count(actor, tab), {"now": now}).scalar_one())

    return TaskCounts(count("mine"), count("group"), count("overdue"))


def rows_of(
    connection: Connection, definitions: Definitions, now: datetime, task_ids: list[str]
) -> list[TaskRow]:
    """The rows of tasks in the order of their ids as given."""
    query = _SELECT.where(_task.id.in_(task_ids))
    found = {row.id: row for row in connection.execute(query)}
    return [
        row_of(connection, definitions, now, found[task_id])
        for task_id in task_ids
        if task_id in found
    ]


def row_of(connection: Connection, definitions: Definitions, now: datetime, row: AnyRow) -> TaskRow:
    """A row of `user_task` with the status of its instance, as the list shows it."""
    definition = definitions.get(connection, row.definition_id)
    element = definition.facts.elements.get(row.element_id)
    candidates = load_json(row.candidates)
    return TaskRow(
        id=row.id,
        element_id=row.element_id,
        names=task_names(definition, row.element_id),
        instance_id=row.instance_id,
        definition_id=row.definition_id,
        business_key=row.business_key,
        process_id=row.process_id,
        process_names=definition.names(),
        title=row.title,
        assignee=row.assignee,
        candidate_groups=tuple(candidates.get(GROUP, ())),
        candidate_users=tuple(candidates.get(USER, ())),
        unit=None if row.unit == EVERYONE else row.unit,
        party=None if row.party == EVERYONE else row.party,
        created_at=row.created_at,
        due_at=row.due_at,
        priority=row.priority,
        overdue=row.state == "open" and row.due_at is not None and row.due_at < now,
        sources=() if element is None else element.sources,
        status=row.status,
        source_names=() if element is None else source_names(definition, element.sources),
        follow_up_at=row.follow_up_at,
    )


def _select() -> Select[Any]:
    wanted = [column for column in _task if column.name != "draft"]
    return select(*wanted, process_instance.c.status).join(
        process_instance, process_instance.c.id == _task.instance_id
    )


_SELECT = _select()


def _write(key: Key) -> str:
    return str(key[0])


def _write_due(key: Key) -> str:
    return f"{key[0].isoformat()}{_BETWEEN}{key[1]}"


def _read_due(cursor: str) -> Key:
    moment, _, task_id = cursor.partition(_BETWEEN)
    try:
        due_at = datetime.fromisoformat(moment)
    except ValueError as error:
        raise BadCommand(f"Expected a place in the list, but found {cursor!r}") from error
    if due_at.tzinfo is None:
        raise BadCommand(f"Expected a place in the list, but found {cursor!r}")
    return (due_at, task_id)
