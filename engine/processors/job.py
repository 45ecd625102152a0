"""Carrying out the engine's own jobs, and an operator's retry of any job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.commands import HastenJobs, RetryJob, RunJob
from engine.errors import BadCommand, NotAllowed, NotFound
from engine.processors.child_instance import cancel_child, child_ended, start_child
from engine.processors.external_task import leased_job
from engine.processors.follow_up import follow_up
from engine.processors.history import record
from engine.processors.instance import load_instance
from engine.processors.job_failure import fail_job
from engine.processors.message import deliver
from engine.processors.step import take_step
from engine.processors.work import Work
from engine.results import JobChanged, JobDone, JobFailed, JobsHastened
from engine.store import incidents, instances, jobs
from engine.store.codec import load_json
from engine.store.instances import ACTIVE
from engine.store.jobs import (
    CANCEL_CHILD,
    CHILD_ENDED,
    DECISION,
    FOLLOW_UP,
    MESSAGE,
    START_CHILD,
    TIMER,
    JobRecord,
)


def run_job(work: Work, command: RunJob) -> JobDone | JobFailed:
    """Carries out one of the engine's own jobs, and removes it in the same transaction.

    Raises LeaseLost, StepFailed.
    """
    job = leased_job(work, command.job_id, command.fencing_token)
    if job.kind not in _RUN:
        raise BadCommand(f"Expected a job of the engine's own, but {job.id} is of kind {job.kind}")
    work.job = job
    try:
        _RUN[job.kind](work, job, load_json(job.payload or b"{}"))
    except NotFound as error:
        if job.kind != MESSAGE:
            raise
        return fail_job(work, job, str(error))
    jobs.remove(work.uow, job.id)
    _settle(work, job)
    return JobDone(job.id)


def retry_job(work: Work, command: RetryJob) -> JobChanged:
    """Gives a job that failed new retries, due now, and resolves its incident. For operators.

    Raises NotAllowed, NotFound, BadCommand where it has not failed or is being worked off.
    """
    work.require(work.around.settings.operators, "retry jobs")
    job = jobs.load(work.uow, command.job_id)
    if job is None or not (work.actor.is_system or job.tenant == work.actor.tenant):
        raise NotFound(f"Expected to retry job {command.job_id}, but it is done or was cancelled")
    if job.last_error is None:
        raise BadCommand(f"Expected job {job.id} to have failed, but it has not")
    if job.locked_until is not None and job.locked_until > work.now:
        raise BadCommand(f"Expected job {job.id} to wait, but {job.worker_id} works on it")
    row = instances.load(work.uow, job.instance_id)
    jobs.change(
        work.uow,
        job.id,
        {
            "retries": max(1, command.retries),
            "due_at": min(job.due_at, work.now),
            "attempts": 0,
            "worker_id": None,
            "locked_until": None,
        },
    )
    _settle(work, job)
    if row is not None and row.state == ACTIVE:
        record(work, row, "JobRetried", {"job": job.id, "element": job.element_id})
        instances.save(work.uow, row)
    work.added_jobs = True
    return JobChanged(job.id, max(1, command.retries))


def hasten_jobs(work: Work, command: HastenJobs) -> JobsHastened:
    """Brings forward jobs that wait for their next try. Raises NotAllowed."""
    if not work.actor.is_system:
        raise NotAllowed(f"Expected the system to bring jobs forward, but found {work.actor.user}")
    due_at = {}
    for job in jobs.put_off(work.uow, work.now, command.due_in):
        due = work.now + command.due_in[job.id]
        if due < job.due_at:
            jobs.change(work.uow, job.id, {"due_at": due})
            due_at[job.id] = due
    work.added_jobs = work.added_jobs or bool(due_at)
    return JobsHastened(due_at)


def _settle(work: Work, job: JobRecord) -> None:
    if job.last_error is not None:
        incidents.resolve(
            work.uow, work.now, work.actor.user, instance_id=job.instance_id, job_id=job.id
        )


def _fire_timer(work: Work, job: JobRecord, _payload: Mapping[str, Any]) -> None:
    instance = load_instance(work, job.instance_id)
    key = str(job.wait_key)
    if instance.record.state != ACTIVE or not instance.execution.has_wait(key):
        return
    record(
        work,
        instance.record,
        "TimerFired",
        {"element": job.element_id, "due_at": job.due_at},
    )
    take_step(instance, lambda execution: execution.trigger(key))


def _decide_again(work: Work, job: JobRecord, payload: Mapping[str, Any]) -> None:
    instance = load_instance(work, job.instance_id)
    token = int(payload["token"])
    if instance.record.state != ACTIVE or not instance.execution.is_waiting(token):
        return
    take_step(instance, lambda execution: execution.decide_again(token))


def _send_message(work: Work, job: JobRecord, payload: Mapping[str, Any]) -> None:
    deliver(
        work,
        job.tenant,
        payload["message"],
        payload["correlation_key"],
        payload["variables"],
    )


_RUN: Mapping[str, Callable[[Work, JobRecord, Mapping[str, Any]], None]] = {
    TIMER: _fire_timer,
    MESSAGE: _send_message,
    START_CHILD: start_child,
    CHILD_ENDED: child_ended,
    CANCEL_CHILD: cancel_child,
    DECISION: _decide_again,
    FOLLOW_UP: follow_up,
}
