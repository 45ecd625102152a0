"""What workers do with jobs: lease, prolong, report a result, a business fault, a failure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.commands import (
    CompleteExternalTask,
    ExtendLock,
    FetchAndLockJobs,
    ReportBpmnError,
    ReportFailure,
)
from engine.decided import DecisionEvaluation
from engine.errors import BadCommand, Conflict, LeaseLost, NotAllowed
from engine.processors.child_instance import end_with_error, is_caught_above
from engine.processors.history import record
from engine.processors.instance import LiveInstance, load_instance, read_scopes
from engine.processors.job_failure import fail_job
from engine.processors.listeners import end_listener
from engine.processors.step import take_step
from engine.processors.submission import run_check, store_documents
from engine.processors.work import Work
from engine.results import JobChanged, JobDone, JobFailed, LockedJob, LockedJobs
from engine.scopes import PRIVATE
from engine.store import incidents, instances, jobs
from engine.store.codec import load_json
from engine.store.instances import InstanceRecord
from engine.store.jobs import LISTENER, OF_HANDLERS, JobRecord, Wanted


def fetch_and_lock_jobs(work: Work, command: FetchAndLockJobs) -> LockedJobs:
    """Leases due jobs to a worker, each with a new fencing token. Raises NotAllowed."""
    wanted = _wanted_jobs(work, command)
    found = jobs.due(work.uow, work.now, command.max_jobs, wanted)
    until = work.now + command.lock_duration
    jobs.lock(work.uow, found, command.worker_id, until)
    next_due = jobs.next_due(work.uow, work.now, wanted) if wanted.engine else None
    return LockedJobs(tuple(_locked(work, job) for job in found), next_due)


def extend_lock(work: Work, command: ExtendLock) -> JobChanged:
    """Prolongs a lease that still holds."""
    job = leased_job(work, command.job_id, command.fencing_token)
    until = work.now + command.lock_duration
    jobs.change(work.uow, job.id, {"locked_until": until})
    return JobChanged(job.id, job.retries, until)


def complete_external_task(work: Work, command: CompleteExternalTask) -> JobDone:
    """Commits a worker's result, once; the token moves on. Raises LeaseLost, StepFailed.

    No token waits for a listener: it was told, and that is all.
    """
    job = _leased_task(work, command.job_id, command.fencing_token)
    if job.kind == LISTENER:
        return end_listener(work, job, command)
    instance = load_instance(work, job.instance_id)
    token = job_token(job)
    element = instance.definition.element(str(job.element_id))
    values = store_documents(instance, element.id, command.variables)
    added = run_check(instance, element, job.scope, values, token)
    record(
        work,
        instance.record,
        "ExternalTaskCompleted",
        {"job": job.id, "element": element.id, "token": token, "values": {**values, **added}},
    )
    settle_incident(instance, job)
    _take_over(instance, element.id, token, command.decisions)
    take_step(instance, lambda execution: execution.complete(token, {**values, **added}))
    return JobDone(job.id)


def report_bpmn_error(work: Work, command: ReportBpmnError) -> JobDone | JobFailed:
    """A business fault: resolved from its host outwards, through the calls of its instance.

    Where nothing catches it, it is an incident.
    """
    job = _leased_task(work, command.job_id, command.fencing_token)
    if job.kind == LISTENER:
        message = f"Expected the listener {job.topic} to raise no BPMN error: {command.code}"
        return fail_job(work, job, message, retries=0)
    instance = load_instance(work, job.instance_id)
    token = job_token(job)
    values = store_documents(instance, str(job.element_id), command.variables)
    _take_over(instance, str(job.element_id), token, command.decisions)
    caught = instance.execution.throw_error(token, command.code, command.message, values)
    if caught is None and is_caught_above(work, instance.record, command.code):
        error = {"code": command.code, "message": command.message, "values": values}
        end_with_error(instance, error)
        return JobDone(job.id)
    if caught is None:
        message = f"Expected BPMN error {command.code} to be caught, but nothing does"
        if command.message:
            message = f"{message}: {command.message}"
        return fail_job(work, job, message, retries=0, kind=incidents.UNCAUGHT_ERROR)
    record(
        work,
        instance.record,
        "BpmnErrorCaught",
        {
            "job": job.id,
            "element": job.element_id,
            "code": command.code,
            "message": command.message,
            "caught_by": caught,
        },
    )
    settle_incident(instance, job)
    take_step(instance)
    return JobDone(job.id, caught)


def _take_over(
    instance: LiveInstance, element_id: str, token: int, made: Sequence[DecisionEvaluation]
) -> None:
    """What the engine told the handler goes into history with its step.

    Raises NotAllowed for a worker elsewhere: of that the engine knows nothing.
    """
    if made and not instance.work.actor.is_system:
        raise NotAllowed("Expected a result without decisions: only the engine tells of its own")
    instance.decisions.were_made(made, element_id, token)


def report_failure(work: Work, command: ReportFailure) -> JobFailed:
    """A technical fault: tried again later, or with no retries left an incident."""
    job = leased_job(work, command.job_id, command.fencing_token)
    return fail_job(
        work, job, command.message, retries=command.retries, retry_after=command.retry_after
    )


def leased_job(work: Work, job_id: str, fencing_token: int) -> JobRecord:
    """The job, if this fencing token still is the newest and the lease runs.

    A lease that ran out but was not given to another yet still counts: the work was done once.
    Raises LeaseLost; NotAllowed for who is no worker.
    """
    _require_worker(work)
    job = jobs.load(work.uow, job_id)
    if job is None or not (work.actor.is_system or job.tenant == work.actor.tenant):
        raise LeaseLost(f"Expected to hold job {job_id}, but it is done or was cancelled")
    if job.fencing_token != fencing_token or job.locked_until is None:
        raise LeaseLost(
            f"Expected to hold job {job_id} with token {fencing_token}, "
            f"but its token is {job.fencing_token}",
            who=job.worker_id,
        )
    return job


def _leased_task(work: Work, job_id: str, fencing_token: int) -> JobRecord:
    """The same of an external task or listener; raises BadCommand for the engine's own jobs."""
    job = leased_job(work, job_id, fencing_token)
    if job.kind not in OF_HANDLERS:
        raise BadCommand(f"Expected an external task, but job {job_id} is of kind {job.kind}")
    return job


def _require_worker(work: Work) -> None:
    work.require(work.around.settings.workers, "work off jobs")


def _wanted_jobs(work: Work, command: FetchAndLockJobs) -> Wanted:
    """What this actor may lease: the engine's own jobs, and other tenants', only the system."""
    _require_worker(work)
    if work.actor.is_system:
        own = command.topics is None
        return Wanted(work.around.handlers.keys() if own else command.topics or (), engine=own)
    if command.topics is None:
        raise NotAllowed(f"Expected {work.actor.user} to name the topics of the jobs to work off")
    return Wanted(command.topics, tenant=work.actor.tenant)


def job_token(job: JobRecord) -> int:
    """The token that waits for a job."""
    return int(load_json(job.payload or b"{}")["token"])


def settle_incident(instance: LiveInstance, job: JobRecord) -> None:
    """Resolves the incident of a job that was carried out after all."""
    if instance.record.open_incidents:
        incidents.resolve(
            instance.work.uow,
            instance.work.now,
            instance.work.actor.user,
            instance_id=instance.id,
            job_id=job.id,
        )


def _locked(work: Work, job: JobRecord) -> LockedJob:
    """What a worker sees of a job. The instance is read, not locked: nothing of it is written."""
    if job.locked_until is None:
        raise Conflict(f"Expected job {job.id} to be leased, but it is not")
    row = instances.read(work.uow, job.instance_id) if job.kind in OF_HANDLERS else None
    return LockedJob(
        id=job.id,
        kind=job.kind,
        topic=job.topic,
        fencing_token=job.fencing_token,
        locked_until=job.locked_until,
        instance_id=job.instance_id,
        process_id=row.process_id if row else "",
        element_id=job.element_id,
        business_key=row.business_key if row else None,
        unit=row.unit if row else None,
        party=row.party if row else None,
        variables=_variables(work, row, job) if row else {},
        retries=job.retries,
        now=work.now,
        today=work.today,
    )


def _variables(work: Work, row: InstanceRecord, job: JobRecord) -> Mapping[str, object]:
    """What the job's handler reads; for a remote topic everything visible.

    What a listener is told hides what is there.
    """
    told = load_json(job.payload or b"{}").get("told")
    visible = read_scopes(work, row).view(job.scope, told)
    handler = work.around.handlers.get(str(job.topic))
    if handler is None or handler.contract.takes_task:
        return {name: visible[name] for name in visible if not name.startswith(PRIVATE)}
    return {name: visible.get(name) for name in handler.contract.reads}
