"""What instances wait for: open tasks, timers and messages that hold a token up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, bindparam, select

from engine.definitions import Definition
from engine.diagram import ElementFacts
from engine.queries.names import Names, task_names
from engine.queries.sight import OPEN_TASK
from engine.store.codec import load_json
from engine.store.jobs import TIMER
from engine.store.tables import event_subscription, job, user_task
from engine.store.tasks import GROUP, USER

_task, _job, _subscription = user_task.c, job.c, event_subscription.c
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TASKS = (
    select(
        _task.id,
        _task.instance_id,
        _task.element_id,
        _task.created_at,
        _task.due_at,
        _task.candidates,
        _task.assignee,
    )
    .where(_task.instance_id.in_(_IDS), OPEN_TASK)
    .order_by(_task.id)
)
_TIMERS = (
    select(_job.instance_id, _job.element_id, _job.created_at, _job.due_at)
    .where(_job.instance_id.in_(_IDS), _job.kind == TIMER)
    .order_by(_job.id)
)
_TIMERS_OF_ONE = (
    select(_job.id, _job.element_id, _job.created_at, _job.due_at)
    .where(_job.instance_id == bindparam("instance_id"), _job.kind == TIMER)
    .order_by(_job.due_at, _job.id)
)
_MESSAGES = (
    select(_subscription.instance_id, _subscription.element_id, _subscription.created_at)
    .where(_subscription.instance_id.in_(_IDS))
    .order_by(_subscription.created_at)
)


@dataclass(frozen=True)
class Waiting:
    """One thing an instance waits for. `task_id` and the candidates are those of a task, and
    `asks` is what the task is called for whoever does it.

    `due_at` of a task without a term is the moment when a timer at it ends it.
    """

    kind: Literal["user_task", "timer", "message"]
    element_id: str
    names: Names
    since: datetime
    due_at: datetime | None
    candidate_groups: tuple[str, ...] = ()
    assignee: str | None = None
    task_id: str | None = None
    candidate_users: tuple[str, ...] = ()
    asks: Names = field(default_factory=dict)


@dataclass(frozen=True)
class Timer:
    """A timer that runs, also one that only listens on an activity or a scope."""

    job_id: str
    element_id: str
    names: Names
    since: datetime
    due_at: datetime


def waiting_for(
    connection: Connection, definitions: Mapping[str, Definition]
) -> dict[str, tuple[Waiting, ...]]:
    """What each instance waits for, oldest first. `definitions` are by the instance's id.

    Boundary events and starts of event sub-processes only listen: they are left out.
    """
    found: dict[str, list[Waiting]] = defaultdict(list)
    ids = sorted(definitions)
    timers = _timers(connection, definitions, ids)
    ends = _ends(timers, definitions)
    for instance_id, each in _tasks(connection, definitions, ids):
        due_at = each.due_at or ends.get((instance_id, each.element_id))
        found[instance_id].append(replace(each, due_at=due_at))
    for instance_id, each in timers:
        if _holds_up(definitions[instance_id].element(each.element_id)):
            found[instance_id].append(each)
    for instance_id, each in _messages(connection, definitions, ids):
        found[instance_id].append(each)
    return {key: tuple(sorted(items, key=lambda item: item.since)) for key, items in found.items()}


def running_timers(
    connection: Connection, definition: Definition, instance_id: str
) -> tuple[Timer, ...]:
    """All timers of one instance, the next one first."""
    rows = connection.execute(_TIMERS_OF_ONE, {"instance_id": instance_id})
    return tuple(
        Timer(row.id, row.element_id, definition.names(row.element_id), row.created_at, row.due_at)
        for row in rows
    )


def _tasks(
    connection: Connection, definitions: Mapping[str, Definition], ids: Collection[str]
) -> list[tuple[str, Waiting]]:
    rows = connection.execute(_TASKS, {"ids": ids}).all()
    candidates = [load_json(row.candidates) for row in rows]
    return [
        (
            row.instance_id,
            Waiting(
                "user_task",
                row.element_id,
                definitions[row.instance_id].names(row.element_id),
                row.created_at,
                row.due_at,
                tuple(offered.get(GROUP, ())),
                row.assignee,
                row.id,
                tuple(offered.get(USER, ())),
                task_names(definitions[row.instance_id], row.element_id),
            ),
        )
        for row, offered in zip(rows, candidates, strict=True)
    ]


def _timers(
    connection: Connection, definitions: Mapping[str, Definition], ids: Collection[str]
) -> list[tuple[str, Waiting]]:
    rows = connection.execute(_TIMERS, {"ids": ids})
    return [
        (
            row.instance_id,
            Waiting(
                "timer",
                row.element_id,
                definitions[row.instance_id].names(row.element_id),
                row.created_at,
                row.due_at,
            ),
        )
        for row in rows
    ]


def _ends(
    timers: Iterable[tuple[str, Waiting]], definitions: Mapping[str, Definition]
) -> dict[tuple[str, str], datetime]:
    """When a timer ends an activity, by instance and element: the earliest that interrupts it."""
    ends: dict[tuple[str, str], datetime] = {}
    for instance_id, timer in timers:
        element = definitions[instance_id].element(timer.element_id)
        if element.attached_to is None or not element.cancel_activity or timer.due_at is None:
            continue
        key = (instance_id, element.attached_to)
        ends[key] = min(ends.get(key, timer.due_at), timer.due_at)
    return ends


def _messages(
    connection: Connection, definitions: Mapping[str, Definition], ids: Collection[str]
) -> list[tuple[str, Waiting]]:
    rows = connection.execute(_MESSAGES, {"ids": ids})
    return [
        (
            row.instance_id,
            Waiting(
                "message",
                row.element_id,
                definitions[row.instance_id].names(row.element_id),
                row.created_at,
                None,
            ),
        )
        for row in rows
        if _holds_up(definitions[row.instance_id].element(row.element_id))
    ]


def _holds_up(element: ElementFacts) -> bool:
    """Whether a token stands at the element, and not beside it."""
    return element.type in ("intermediateCatchEvent", "receiveTask")
