"""Rows of jobs: external tasks, listeners, timers, messages, and what goes between instances."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update

from engine.store.instances import lock_owner
from engine.store.tables import job
from engine.store.unit_of_work import UnitOfWork

EXTERNAL_TASK = "external_task"
TIMER = "timer"
MESSAGE = "message"
START_CHILD = "start_child"
CHILD_ENDED = "child_ended"
CANCEL_CHILD = "cancel_child"
DECISION = "decision"
FOLLOW_UP = "follow_up"
LISTENER = "listener"
ENGINE_KINDS = (TIMER, MESSAGE, START_CHILD, CHILD_ENDED, CANCEL_CHILD, DECISION, FOLLOW_UP)
OF_HANDLERS = (EXTERNAL_TASK, LISTENER)
"""Kinds with a topic, which handlers work off: a token waits for the one, not for the other."""


@dataclass
class JobRecord:
    """One row of `job`. Its id is the idempotency key of its handler; `retries` 0: an incident."""

    id: str
    kind: str
    tenant: str
    instance_id: str
    definition_id: str
    element_id: str | None
    wait_key: str | None
    scope: int
    topic: str | None
    payload: bytes | None
    created_at: datetime
    due_at: datetime
    due_expression: str | None
    priority: int
    retries: int
    attempts: int
    worker_id: str | None
    locked_until: datetime | None
    fencing_token: int
    last_error: str | None


@dataclass(frozen=True)
class Wanted:
    """Which jobs a worker takes: those of its topics, the engine's own where `engine`.

    `tenant` None: of every tenant.
    """

    topics: Collection[str]
    engine: bool = False
    tenant: str | None = None

    def condition(self) -> ColumnElement[bool]:
        """The same as a condition on rows."""
        wanted = and_(job.c.kind.in_(OF_HANDLERS), job.c.topic.in_(list(self.topics)))
        if self.engine:
            wanted = or_(job.c.kind.in_(ENGINE_KINDS), wanted)
        if self.tenant is not None:
            wanted = and_(wanted, job.c.tenant == self.tenant)
        return wanted


_SELECT = select(job).where(job.c.id == bindparam("b_id")).with_for_update()
_DELETE = delete(job).where(job.c.id == bindparam("b_id"))
_DELETE_BY_KEY = delete(job).where(
    job.c.instance_id == bindparam("b_instance"), job.c.wait_key == bindparam("b_key")
)
_LOCK = (
    update(job)
    .where(job.c.id == bindparam("b_id"))
    .values(
        worker_id=bindparam("n_worker"),
        locked_until=bindparam("n_until"),
        fencing_token=bindparam("n_token"),
        attempts=bindparam("n_attempts"),
    )
)


def load(uow: UnitOfWork, job_id: str) -> JobRecord | None:
    """Reads and locks a job's row, after the instance's that it belongs to.

    A job that no token waits for is no instance's: what it does may be to another one.
    """
    lock_owner(uow, job, job_id, job.c.wait_key.is_not(None))
    row = uow.connection.execute(_SELECT, {"b_id": job_id}).one_or_none()
    return None if row is None else JobRecord(**row._mapping)


def add(uow: UnitOfWork, record: JobRecord) -> None:
    """Writes a new job."""
    uow.insert(job, vars(record))


def remove(uow: UnitOfWork, job_id: str) -> None:
    """Deletes a job that is done."""
    uow.connection.execute(_DELETE, {"b_id": job_id})


def remove_by_wait(uow: UnitOfWork, instance_id: str, wait_keys: Iterable[str]) -> None:
    """Deletes the jobs of waits that are gone."""
    places = [{"b_instance": instance_id, "b_key": key} for key in wait_keys]
    if places:
        uow.connection.execute(_DELETE_BY_KEY, places)


def due(uow: UnitOfWork, now: datetime, limit: int, wanted: Wanted) -> list[JobRecord]:
    """Jobs that may be leased now: due, with retries left, with no lease running, oldest first."""
    rows = uow.connection.execute(
        select(job)
        .where(
            job.c.retries > 0,
            job.c.due_at <= now,
            _free(now),
            wanted.condition(),
        )
        .order_by(job.c.priority.desc(), job.c.due_at, job.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [JobRecord(**row._mapping) for row in rows]


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(job.c.locked_until.is_(None), job.c.locked_until < now)


def put_off(uow: UnitOfWork, now: datetime, ids: Collection[str]) -> list[JobRecord]:
    """Those of these jobs that failed and wait for their next try; locked, without waiting for it.

    One whose row somebody else has locked just now is left out.
    """
    rows = uow.connection.execute(
        select(job)
        .where(job.c.id.in_(ids), job.c.retries > 0, job.c.last_error.is_not(None))
        .where(job.c.due_at > now, _free(now))
        .order_by(job.c.id)
        .with_for_update(skip_locked=True)
    )
    return [JobRecord(**row._mapping) for row in rows]


def lock(uow: UnitOfWork, records: Iterable[JobRecord], worker_id: str, until: datetime) -> None:
    """Leases jobs: each gets its next fencing token."""
    rows = []
    for record in records:
        record.worker_id, record.locked_until = worker_id, until
        record.fencing_token += 1
        record.attempts += 1
        rows.append(
            {
                "b_id": record.id,
                "n_worker": worker_id,
                "n_until": until,
                "n_token": record.fencing_token,
                "n_attempts": record.attempts,
            }
        )
    if rows:
        uow.connection.execute(_LOCK, rows)


def change(uow: UnitOfWork, job_id: str, values: Mapping[str, Any]) -> None:
    """Sets columns of a job."""
    uow.connection.execute(update(job).where(job.c.id == job_id).values(**values))


def next_due(uow: UnitOfWork, now: datetime, wanted: Wanted) -> datetime | None:
    """When the next of these jobs that nobody holds is due."""
    moment: datetime | None = uow.connection.execute(
        select(job.c.due_at)
        .where(job.c.retries > 0, _free(now), wanted.condition())
        .order_by(job.c.due_at)
        .limit(1)
    ).scalar()
    return moment


def at_wait(uow: UnitOfWork, instance_id: str, wait_key: str, kind: str) -> JobRecord | None:
    """The job of a kind that belongs to a wait, if there is one."""
    row = uow.connection.execute(
        select(job).where(
            job.c.instance_id == instance_id, job.c.wait_key == wait_key, job.c.kind == kind
        )
    ).one_or_none()
    return None if row is None else JobRecord(**row._mapping)


def timers_with_expression(uow: UnitOfWork) -> list[JobRecord]:
    """Timers whose due date was computed from an expression."""
    rows = uow.connection.execute(
        select(job).where(job.c.kind == TIMER, job.c.due_expression.is_not(None))
    )
    return [JobRecord(**row._mapping) for row in rows]


def release_leases(uow: UnitOfWork, workers: str) -> int:
    """Ends the leases of workers whose id begins with `workers`; returns how many there were."""
    held = job.c.worker_id.startswith(workers, autoescape=True)
    freed = uow.connection.execute(
        update(job).where(held).values(worker_id=None, locked_until=None)
    )
    return freed.rowcount
