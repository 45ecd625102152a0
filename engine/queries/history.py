"""The history of an instance, or of administration, as operators and process owners read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import BadCommand, NotAllowed
from engine.history import ADMINISTRATION
from engine.identity import Actor
from engine.queries.pages import MOST
from engine.queries.sight import instance_not_found, is_operator, sees_instance
from engine.settings import EngineSettings
from engine.store.codec import load_json
from engine.store.tables import history_event


@dataclass(frozen=True)
class HistoryEvent:
    """One event. `payload` is None once it was erased; `hash` is its place in the chain."""

    number: int
    at: datetime
    kind: str
    actor: str
    payload: Any
    hash: str


def history(
    connection: Connection,
    settings: EngineSettings,
    actor: Actor,
    instance_id: str,
    *,
    after: int = 0,
    limit: int = MOST,
) -> tuple[HistoryEvent, ...]:
    """The events of an instance behind number `after`, in order.

    Raises NotFound, NotAllowed for those who are neither operators nor process owners.
    """
    if not sees_instance(connection, actor, settings, instance_id):
        raise instance_not_found(instance_id)
    return _events(connection, settings, actor, instance_id, after, limit)


def administration(
    connection: Connection,
    settings: EngineSettings,
    actor: Actor,
    *,
    after: int = 0,
    limit: int = MOST,
) -> tuple[HistoryEvent, ...]:
    """The events of deployments and administration behind number `after`, in order.

    Raises NotAllowed.
    """
    return _events(connection, settings, actor, ADMINISTRATION, after, limit)


def _events(
    connection: Connection,
    settings: EngineSettings,
    actor: Actor,
    stream: str,
    after: int,
    limit: int,
) -> tuple[HistoryEvent, ...]:
    if not is_operator(actor, settings):
        raise NotAllowed(
            f"Expected {actor.user} to read history, but that takes one of the roles "
            f"{', '.join(sorted(settings.operators | settings.owners))}"
        )
    if not 1 <= limit <= MOST:
        raise BadCommand(f"Expected 1 to {MOST} events, but found {limit}")
    columns = history_event.c
    rows = connection.execute(
        select(
            columns.number, columns.at, columns.kind, columns.actor, columns.payload, columns.hash
        )
        .where(columns.stream == stream, columns.number > after)
        .order_by(columns.number)
        .limit(limit)
    )
    return tuple(
        HistoryEvent(
            row.number,
            datetime.fromisoformat(row.at),
            row.kind,
            row.actor,
            None if row.payload is None else load_json(row.payload),
            row.hash,
        )
        for row in rows
    )
