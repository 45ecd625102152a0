"""What becomes of a job that failed: another try after a while, or an incident."""

from __future__ import annotations

from datetime import timedelta

from engine.processors.work import Work
from engine.results import JobFailed
from engine.store import incidents, jobs
from engine.store.jobs import JobRecord

_GROWTH = 5
_LONGEST = timedelta(hours=6)
_MESSAGE_LENGTH = 4000


def fail_job(
    work: Work,
    job: JobRecord,
    message: str,
    *,
    retries: int | None = None,
    retry_after: timedelta | None = None,
    kind: str = incidents.FAILED_JOB,
) -> JobFailed:
    """Notes a failure. `retries` None: one less than before; none left: an incident."""
    left = max(0, job.retries - 1 if retries is None else retries)
    text = message[:_MESSAGE_LENGTH]
    if left == 0:
        incident_id = incidents.raise_incident(
            work.uow,
            kind,
            text,
            work.now,
            tenant=job.tenant,
            instance_id=job.instance_id,
            definition_id=job.definition_id,
            job_id=job.id,
            wait_key=job.wait_key,
            element_id=job.element_id,
        )
        _release(work, job, left, text, None)
        return JobFailed(job.id, 0, None, incident_id)
    due = work.now + (_backoff(work, job) if retry_after is None else retry_after)
    _release(work, job, left, text, due)
    work.added_jobs = True
    return JobFailed(job.id, left, due)


def _release(work: Work, job: JobRecord, retries: int, message: str, due: object) -> None:
    values = {
        "retries": retries,
        "last_error": message,
        "worker_id": None,
        "locked_until": None,
    }
    if due is not None:
        values["due_at"] = due
    jobs.change(work.uow, job.id, values)


def _backoff(work: Work, job: JobRecord) -> timedelta:
    """5 s, 25 s, 125 s … with the default setting, and never above six hours."""
    exponent = min(max(job.attempts, 1) - 1, 10)
    wait: timedelta = work.around.settings.backoff * _GROWTH**exponent
    return min(wait, _LONGEST)
