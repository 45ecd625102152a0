"""What was answered at the user tasks of one instance, round by round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.queries.sight import instance_not_found, sees_instance
from engine.settings import EngineSettings
from engine.store.codec import load_json
from engine.store.tables import history_event

_COMPLETED = "TaskCompleted"


@dataclass(frozen=True)
class Answered:
    """One completed user task: who completed it, when, and with which values of its form."""

    task_id: str
    element_id: str
    who: str
    at: datetime
    values: Mapping[str, object]


def answers(
    connection: Connection, settings: EngineSettings, actor: Actor, instance_id: str
) -> tuple[Answered, ...]:
    """The answers of an instance that the actor sees, oldest first; erased ones are left out.

    Raises NotFound.
    """
    if not sees_instance(connection, actor, settings, instance_id):
        raise instance_not_found(instance_id)
    columns = history_event.c
    rows = connection.execute(
        select(columns.at, columns.actor, columns.payload)
        .where(
            columns.stream == instance_id,
            columns.kind == _COMPLETED,
            columns.payload.is_not(None),
        )
        .order_by(columns.number)
    )
    return tuple(
        Answered(
            payload["task"],
            payload["element"],
            row.actor,
            datetime.fromisoformat(row.at),
            payload["values"],
        )
        for row in rows
        for payload in [load_json(row.payload)]
    )
