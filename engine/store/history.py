"""Rows of the append-only history and the heads of chains that belong to no instance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.store.tables import history_event, history_stream, process_instance
from engine.store.unit_of_work import UnitOfWork

ERASED = "PayloadsErased"
"""The kind of the event that tells of an erasure; its payload stays at the next one."""


@dataclass(frozen=True)
class EventRecord:
    """One row of `history_event`; `salt` and `payload` are None once erased."""

    stream: str
    number: int
    at: str
    kind: str
    actor: str
    payload_digest: str
    hash: str
    salt: bytes | None
    payload: bytes | None


_STREAM = (
    select(history_stream.c.length, history_stream.c.head)
    .where(history_stream.c.stream == bindparam("b_stream"))
    .with_for_update()
)


def add(uow: UnitOfWork, record: EventRecord) -> None:
    """Appends an event."""
    uow.insert(
        history_event,
        {
            "stream": record.stream,
            "number": record.number,
            "at": record.at,
            "kind": record.kind,
            "actor": record.actor,
            "payload_digest": record.payload_digest,
            "hash": record.hash,
            "salt": record.salt,
            "payload": record.payload,
        },
    )


def head(uow: UnitOfWork, stream: str) -> tuple[int, str] | None:
    """(length, head) of a chain that belongs to no instance."""
    row = uow.connection.execute(_STREAM, {"b_stream": stream}).one_or_none()
    return None if row is None else (row[0], row[1])


def set_head(uow: UnitOfWork, stream: str, length: int, value: str) -> None:
    """Keeps the head of a chain that belongs to no instance."""
    if length == 1:
        uow.connection.execute(
            insert(history_stream).values(stream=stream, length=length, head=value)
        )
        return
    uow.connection.execute(
        update(history_stream)
        .where(history_stream.c.stream == stream)
        .values(length=length, head=value)
    )


def erase(uow: UnitOfWork, stream: str) -> int:
    """Erases salts and payloads of a chain; returns how many events had one."""
    columns = history_event.c
    erased = uow.connection.execute(
        update(history_event)
        .where(columns.stream == stream, columns.payload.is_not(None), columns.kind != ERASED)
        .values(salt=None, payload=None)
    )
    return erased.rowcount


def payloads(uow: UnitOfWork, stream: str, kind: str) -> list[bytes]:
    """The payloads of one kind of event of a chain that were not erased."""
    columns = history_event.c
    found = select(columns.payload).where(
        columns.stream == stream, columns.kind == kind, columns.payload.is_not(None)
    )
    return list(uow.connection.execute(found).scalars())


def heads(connection: Connection) -> Iterator[tuple[str, int, str]]:
    """(stream, length, head) of every chain, instances first."""
    columns = process_instance.c
    for row in connection.execute(
        select(columns.id, columns.history_length, columns.history_head).order_by(columns.id)
    ):
        yield row[0], row[1], row[2]
    for row in connection.execute(select(history_stream).order_by(history_stream.c.stream)):
        yield row[0], row[1], row[2]


def events(connection: Connection, stream: str) -> Iterator[EventRecord]:
    """The events of one chain in order."""
    rows = connection.execute(
        select(history_event)
        .where(history_event.c.stream == stream)
        .order_by(history_event.c.number)
    )
    for row in rows:
        yield EventRecord(**row._mapping)


def streams(connection: Connection) -> Iterator[str]:
    """Every stream that has events."""
    rows = connection.execute(select(history_event.c.stream).distinct())
    for row in rows:
        yield row[0]


def event_hash_at(connection: Connection, stream: str, number: int) -> str | None:
    """The hash of one event, None where it is not there."""
    return connection.execute(
        select(history_event.c.hash).where(
            history_event.c.stream == stream, history_event.c.number == number
        )
    ).scalar()
