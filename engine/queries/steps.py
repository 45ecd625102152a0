"""The way of an instance: its activity instances in the words of the diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from engine.definitions import Definition
from engine.diagram import ElementFacts
from engine.queries.application_data import source_names
from engine.queries.decisions import MadeDecision, made_by_token
from engine.queries.names import Names, element_names, lane_names
from engine.queries.rows import AnyRow
from engine.store.tables import activity_instance, user_task

_SCOPES = ("subProcess", "transaction", "adHocSubProcess")
_GATEWAY = "Gateway"
_task = user_task.c
_ACTIVITIES = (
    select(activity_instance)
    .where(activity_instance.c.instance_id == bindparam("instance_id"))
    .order_by(activity_instance.c.id)
)
_TASKS = select(_task.id, _task.token, _task.assignee, _task.ended_by, _task.due_at).where(
    _task.instance_id == bindparam("instance_id")
)


@dataclass(frozen=True)
class Step:
    """One activity instance, or one passing of an event or a gateway.

    `is_work` is false of what a table in words leaves out: gateways, elements without a name,
    sub-processes and multi-instance activities as a whole. `who` did it or has it, for user tasks
    and start events; automatic steps have nobody. `outcome`: completed, cancelled, None while it
    goes on. `decisions` are those that were made here, by a business rule task or a handler.
    """

    id: str
    element_id: str
    names: Names
    type: str
    lane_names: Names
    sources: tuple[str, ...]
    is_work: bool
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    who: str | None
    due_at: datetime | None
    loop_counter: int | None
    task_id: str | None
    source_names: tuple[Names, ...] = field(default=(), kw_only=True)
    decisions: tuple[MadeDecision, ...] = field(default=(), kw_only=True)


def steps_of(connection: Connection, definition: Definition, instance_id: str) -> tuple[Step, ...]:
    """The steps of one instance in the order in which they began."""
    rows = activity_rows(connection, instance_id)
    tasks = _tasks(connection, instance_id)
    made = made_by_token(connection, instance_id)
    return tuple(
        _step(
            definition,
            row,
            None if row.body else tasks.get(row.token),
            tuple(made.get(row.token, ())),
        )
        for row in rows
    )


def activity_rows(connection: Connection, instance_id: str) -> list[AnyRow]:
    """The rows of `activity_instance` of one instance, in order."""
    return list(connection.execute(_ACTIVITIES, {"instance_id": instance_id}))


def tokens_by_element(definition: Definition, steps: Iterable[Step]) -> dict[str, int]:
    """How many tokens stand at each element; scopes and multi-instance bodies do not count."""
    return dict(
        Counter(
            step.element_id
            for step in steps
            if step.ended_at is None and not _is_whole(step, definition)
        )
    )


def _is_whole(step: Step, definition: Definition) -> bool:
    element = definition.facts.elements.get(step.element_id)
    repeated = element is not None and element.multi_instance is not None
    return step.type in _SCOPES or (repeated and step.loop_counter is None)


def _tasks(connection: Connection, instance_id: str) -> Mapping[int, AnyRow]:
    rows = connection.execute(_TASKS, {"instance_id": instance_id})
    return {row.token: row for row in rows}


def _step(
    definition: Definition, row: AnyRow, task: AnyRow | None, decisions: tuple[MadeDecision, ...]
) -> Step:
    element = definition.facts.elements.get(row.element_id)
    return Step(
        id=row.id,
        element_id=row.element_id,
        names=element_names(definition, row.element_id),
        type="" if element is None else element.type,
        lane_names={} if element is None else lane_names(definition, row.element_id),
        sources=() if element is None else element.sources,
        is_work=element is not None and not row.body and _is_work(element),
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        who=_who(element, row, task),
        due_at=None if task is None else task.due_at,
        loop_counter=row.loop_counter,
        task_id=None if task is None else task.id,
        source_names=() if element is None else source_names(definition, element.sources),
        decisions=decisions,
    )


def _is_work(element: ElementFacts) -> bool:
    return (
        bool(element.names)
        and element.type not in _SCOPES
        and (not element.type.endswith(_GATEWAY))
    )


def _who(element: ElementFacts | None, row: AnyRow, task: AnyRow | None) -> str | None:
    if task is not None:
        return str(task.ended_by or task.assignee) if task.ended_by or task.assignee else None
    if element is not None and element.type == "startEvent" and row.actor is not None:
        return str(row.actor)
    return None
