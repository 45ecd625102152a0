"""Jobs that tell an application, after the commit, of something that has happened.

A listener is a handler found by its topic, as that of an external task: it is tried again, has an
idempotency key, and in the end is an incident. No token waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.commands import CompleteExternalTask
from engine.errors import BadCommand
from engine.processors.history import record
from engine.processors.instance import LiveInstance
from engine.processors.jobs import add_job
from engine.processors.work import Work
from engine.results import JobDone
from engine.scopes import ROOT
from engine.spiff import Transition
from engine.store import incidents, jobs
from engine.store.jobs import LISTENER, JobRecord


def set_status(instance: LiveInstance, transitions: Sequence[Transition]) -> None:
    """Gives the instance the status of each element entered, and tells of every change.

    History gets `StatusSet`; the process's `statusTopic` a job with `status`, `previous_status`
    and `changed_at`.
    """
    for transition in transitions:
        if transition.kind != "started":
            continue
        status = instance.definition.element(transition.element_id).status
        if status is not None and status != instance.record.status:
            _change(instance, transition.element_id, status)


def _change(instance: LiveInstance, element_id: str, status: str) -> None:
    row = instance.record
    told = {"status": status, "previous_status": row.status}
    row.status = status
    record(instance.work, row, "StatusSet", {"element": element_id, **told})
    topic = instance.definition.facts.status_topic
    if topic is not None:
        changed_at = instance.work.now.isoformat()
        tell(instance, topic, element_id, {**told, "changed_at": changed_at})


def tell(
    instance: LiveInstance,
    topic: str,
    element_id: str,
    told: Mapping[str, object],
    *,
    wait_key: str | None = None,
    scope: int = ROOT,
) -> None:
    """Makes the job of a listener; its handler sees `told` as variables.

    With `wait_key` it goes when the wait of that key is over.
    """
    add_job(
        instance,
        LISTENER,
        element_id=element_id,
        wait_key=wait_key,
        scope=scope,
        topic=topic,
        payload={"told": dict(told)},
    )


def end_listener(work: Work, job: JobRecord, command: CompleteExternalTask) -> JobDone:
    """Removes the job of a listener that was told. Raises BadCommand where it gave something."""
    if command.variables or command.decisions:
        raise BadCommand(
            f"Expected the listener {job.topic} to give nothing, since no token waits for it"
        )
    jobs.remove(work.uow, job.id)
    if job.last_error is not None:
        incidents.resolve(
            work.uow, work.now, work.actor.user, instance_id=job.instance_id, job_id=job.id
        )
    return JobDone(job.id)
