"""Erasing, and removing what has expired, across the tables of work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, tuple_, update

from engine.store import incidents
from engine.store.tables import (
    command_result,
    incident,
    job,
    signature_nonce,
    upload,
    user_task,
)
from engine.store.unit_of_work import UnitOfWork

ERASED = "(erased)"
"""What stands for the text of an incident that was erased."""


def has_due_jobs(uow: UnitOfWork, instance_id: str) -> bool:
    """Whether an instance has jobs that will still be tried."""
    columns = job.c
    waiting = select(columns.id).where(columns.instance_id == instance_id, columns.retries > 0)
    return uow.connection.execute(waiting.limit(1)).first() is not None


def erase_tasks(uow: UnitOfWork, instance_id: str) -> None:
    """Takes title, party and draft from an instance's tasks, and the nonces of its signatures."""
    columns = user_task.c
    own = select(columns.id).where(columns.instance_id == instance_id)
    uow.connection.execute(
        delete(signature_nonce).where(signature_nonce.c.task_id.in_(own.scalar_subquery()))
    )
    uow.connection.execute(
        update(user_task)
        .where(columns.instance_id == instance_id)
        .values(title=None, party=None, draft=None)
    )


def erase_jobs(uow: UnitOfWork, instance_id: str, at: datetime, by: str) -> None:
    """Removes an instance's jobs, settles its incidents and takes their texts."""
    uow.connection.execute(delete(job).where(job.c.instance_id == instance_id))
    incidents.resolve(uow, at, by, instance_id=instance_id)
    uow.connection.execute(
        update(incident)
        .where(incident.c.instance_id == instance_id)
        .values(message=ERASED, note=None)
    )


def erase_uploads(uow: UnitOfWork, instance_id: str) -> None:
    """Removes the files that were given for an instance's forms and never accepted."""
    own = upload.c.place.startswith(f"{instance_id}/", autoescape=True)
    uow.connection.execute(delete(upload).where(own))


def remove_nonces(uow: UnitOfWork, before: datetime, limit: int) -> int:
    """Removes nonces that expired before; a signature with one of them is refused either way."""
    return _remove(uow, signature_nonce, signature_nonce.c.expires_at < before, limit)


def remove_uploads(uow: UnitOfWork, before: datetime, limit: int) -> int:
    """Removes files that expired before."""
    return _remove(uow, upload, upload.c.expires_at < before, limit)


def remove_command_results(uow: UnitOfWork, before: datetime, limit: int) -> int:
    """Removes the results of commands that were sent before."""
    return _remove(uow, command_result, command_result.c.at < before, limit)


def jobs_left(uow: UnitOfWork, job_ids: Collection[str]) -> frozenset[str]:
    """Which of these jobs there still are."""
    found = uow.connection.execute(select(job.c.id).where(job.c.id.in_(list(job_ids))))
    return frozenset(found.scalars())


def _remove(uow: UnitOfWork, table: Table, condition: ColumnElement[bool], limit: int) -> int:
    key: Any = tuple_(*table.primary_key)
    some = select(*table.primary_key).where(condition).limit(limit)
    return uow.connection.execute(delete(table).where(key.in_(some))).rowcount
