"""Rows of incidents: what went wrong and waits for an operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from engine.store.ids import new_id
from engine.store.instances import lock, lock_owner
from engine.store.tables import incident, process_instance
from engine.store.unit_of_work import UnitOfWork

FAILED_JOB = "failed_job"
FAILED_STEP = "failed_step"
UNCAUGHT_ERROR = "uncaught_error"
DEADLOCK = "deadlock"


@dataclass
class IncidentRecord:
    """One row of `incident`."""

    id: str
    tenant: str
    kind: str
    instance_id: str | None
    definition_id: str | None
    job_id: str | None
    wait_key: str | None
    element_id: str | None
    message: str
    created_at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
    note: str | None


_SELECT = select(incident).where(incident.c.id == bindparam("b_id")).with_for_update()


def load(uow: UnitOfWork, incident_id: str) -> IncidentRecord | None:
    """Reads and locks an incident's row, after its instance's."""
    lock_owner(uow, incident, incident_id)
    row = uow.connection.execute(_SELECT, {"b_id": incident_id}).one_or_none()
    return None if row is None else IncidentRecord(**row._mapping)


def raise_incident(
    uow: UnitOfWork,
    kind: str,
    message: str,
    at: datetime,
    *,
    tenant: str,
    instance_id: str | None = None,
    definition_id: str | None = None,
    job_id: str | None = None,
    wait_key: str | None = None,
    element_id: str | None = None,
) -> str:
    """Writes an incident and returns its id; one that is open for the same cause is kept."""
    columns = incident.c
    earlier = uow.connection.execute(
        select(columns.id).where(
            columns.resolved_at.is_(None),
            columns.kind == kind,
            columns.instance_id == instance_id,
            columns.definition_id == definition_id,
            columns.job_id == job_id,
            columns.wait_key == wait_key,
            columns.element_id == element_id,
        )
    ).scalar()
    if earlier is not None:
        uow.connection.execute(
            update(incident).where(columns.id == earlier).values(message=message)
        )
        return str(earlier)
    incident_id = new_id()
    uow.insert(
        incident,
        {
            "id": incident_id,
            "tenant": tenant,
            "kind": kind,
            "instance_id": instance_id,
            "definition_id": definition_id,
            "job_id": job_id,
            "wait_key": wait_key,
            "element_id": element_id,
            "message": message,
            "created_at": at,
            "resolved_at": None,
            "resolved_by": None,
            "note": None,
        },
    )
    _recount(uow, instance_id)
    return incident_id


def resolve(
    uow: UnitOfWork,
    at: datetime,
    by: str,
    *,
    instance_id: str | None,
    note: str | None = None,
    **where: str | None,
) -> None:
    """Resolves the open incidents of an instance (None: of none) whose columns equal `where`."""
    conditions = [incident.c[name] == value for name, value in where.items()]
    conditions.append(incident.c.instance_id == instance_id)
    uow.connection.execute(
        update(incident)
        .where(incident.c.resolved_at.is_(None), *conditions)
        .values(resolved_at=at, resolved_by=by, note=note)
    )
    _recount(uow, instance_id)


def _recount(uow: UnitOfWork, instance_id: str | None) -> None:
    """Keeps the number of open incidents in the instance's row.

    The row is locked before anything is counted: on PostgreSQL a count does not see what was
    committed while its statement waited.
    """
    if instance_id is None:
        return
    uow.flush()
    lock(uow, instance_id)
    still_open = (
        select(func.count())
        .select_from(incident)
        .where(incident.c.instance_id == instance_id, incident.c.resolved_at.is_(None))
        .scalar_subquery()
    )
    uow.connection.execute(
        update(process_instance)
        .where(process_instance.c.id == instance_id)
        .values(open_incidents=still_open)
    )
