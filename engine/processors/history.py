"""Appending to the chains of history."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC

from engine.history import ADMINISTRATION, FIRST, event_hash, payload_digest
from engine.processors.work import Work
from engine.store import history
from engine.store.codec import dump_canonical
from engine.store.history import EventRecord
from engine.store.instances import InstanceRecord


def record(work: Work, instance: InstanceRecord, kind: str, payload: Mapping[str, object]) -> None:
    """Appends an event (past tense, as "TaskCompleted") to an instance's chain."""
    instance.history_length += 1
    instance.history_head = _append(
        work, instance.id, instance.history_length, instance.history_head, kind, payload
    )


def record_administration(work: Work, kind: str, payload: Mapping[str, object]) -> None:
    """Appends an event to the chain of deployments and administration."""
    length, head = history.head(work.uow, ADMINISTRATION) or (0, FIRST)
    head = _append(work, ADMINISTRATION, length + 1, head, kind, payload)
    history.set_head(work.uow, ADMINISTRATION, length + 1, head)


def _append(
    work: Work,
    stream: str,
    number: int,
    previous: str,
    kind: str,
    payload: Mapping[str, object],
) -> str:
    salt = secrets.token_bytes(16)
    data = dump_canonical(payload)
    digest = payload_digest(salt, data)
    at = work.now.astimezone(UTC).isoformat()
    head = event_hash(stream, number, at, kind, work.actor.user, digest, previous)
    history.add(
        work.uow,
        EventRecord(stream, number, at, kind, work.actor.user, digest, head, salt, data),
    )
    return head
