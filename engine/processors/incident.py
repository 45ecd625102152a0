"""Incidents that an operator settles."""

from __future__ import annotations

from engine.commands import ResolveIncident, RetryJob
from engine.errors import NotFound
from engine.processors.job import retry_job
from engine.processors.work import Work
from engine.results import IncidentResolved
from engine.store import incidents
from engine.store.incidents import IncidentRecord


def resolve_incident(work: Work, command: ResolveIncident) -> IncidentResolved:
    """Settles an incident: one of a job by trying the job again, any other by the note on it."""
    work.require(work.around.settings.operators, "resolve incidents")
    found = incidents.load(work.uow, command.incident_id)
    if found is None or found.resolved_at is not None or not _is_own(work, found):
        raise NotFound(f"Expected an open incident {command.incident_id}, but there is none")
    if found.job_id is not None:
        retry_job(work, RetryJob(found.job_id))
    incidents.resolve(
        work.uow,
        work.now,
        work.actor.user,
        instance_id=found.instance_id,
        note=command.note,
        id=found.id,
    )
    return IncidentResolved(found.id)


def _is_own(work: Work, incident: IncidentRecord) -> bool:
    return work.actor.is_system or incident.tenant == work.actor.tenant
