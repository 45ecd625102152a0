"""Making jobs: all that is done later, elsewhere, or to another instance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.processors.instance import LiveInstance
from engine.scopes import ROOT
from engine.store import activities, instances, jobs
from engine.store.codec import dump_json
from engine.store.ids import new_id
from engine.store.instances import InstanceRecord
from engine.store.jobs import CHILD_ENDED, JobRecord


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
    owner: InstanceRecord | None = None,
) -> JobRecord:
    """Writes a job, in the transaction of the instance's step; due now unless said.

    It is the instance's own, unless it is for another one (`owner`).
    """
    work, row = instance.work, owner or instance.record
    job = JobRecord(
        id=new_id(),
        kind=kind,
        tenant=row.tenant,
        instance_id=row.id,
        definition_id=row.definition_id,
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
    )
    jobs.add(work.uow, job)
    work.added_jobs = True
    return job


def tell_caller(instance: LiveInstance, outcome: Mapping[str, object]) -> None:
    """Makes the job that tells the calling instance, if it still calls, how this one ended.

    It is the caller's: it goes when the call activity goes, and its incidents are the caller's.
    """
    row, uow = instance.record, instance.work.uow
    if row.parent_instance_id is None or row.parent_token is None:
        return
    caller = instances.read(uow, row.parent_instance_id)
    element_id = activities.running_element(uow, row.parent_instance_id, row.parent_token)
    if caller is None or element_id is None:
        return
    add_job(
        instance,
        CHILD_ENDED,
        element_id=element_id,
        wait_key=str(row.parent_token),
        payload={"child": instance.id, "token": row.parent_token, **outcome},
        owner=caller,
    )
