"""Making jobs: all that is done later, elsewhere, or to another instance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.processors.instance import LiveInstance
from engine.scopes import ROOT
from engine.store import jobs
from engine.store.codec import dump_json
from engine.store.ids import new_id
from engine.store.jobs import JobRecord


def add_job(
    instance: LiveInstance,
    kind: str,
    *,
    element_id: str | None = None,
    wait_key: str | None = None,
    scope: int = ROOT,
    topic: str | None = None,
    payload: Mapping[str, object] | None = None,
    due_at: datetime | None = None,
    due_expression: str | None = None,
    priority: int = 0,
) -> str:
    """Writes a job of an instance, in the transaction of its step; due now unless said."""
    work = instance.work
    job_id = new_id()
    jobs.add(
        work.uow,
        JobRecord(
            id=job_id,
            kind=kind,
            tenant=instance.record.tenant,
            instance_id=instance.id,
            definition_id=instance.definition.id,
            element_id=element_id,
            wait_key=wait_key,
            scope=scope,
            topic=topic,
            payload=None if payload is None else dump_json(payload),
            created_at=work.now,
            due_at=due_at or work.now,
            due_expression=due_expression,
            priority=priority,
            retries=work.around.settings.retries,
            attempts=0,
            worker_id=None,
            locked_until=None,
            fencing_token=0,
            last_error=None,
        ),
    )
    work.added_jobs = True
    return job_id
