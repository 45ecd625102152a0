"""Incidents that wait for an operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from engine.definitions import Definitions
from engine.identity import Actor
from engine.queries import pages
from engine.queries.names import NO_NAMES, Names, element_names
from engine.queries.pages import Page
from engine.queries.rows import AnyRow
from engine.queries.sight import is_operator, of_tenant
from engine.settings import EngineSettings
from engine.store.tables import incident, job, process_instance

_incident = incident.c
_QUERY = (
    select(
        _incident.id,
        _incident.kind,
        _incident.instance_id,
        _incident.definition_id,
        _incident.job_id,
        _incident.element_id,
        _incident.message,
        _incident.created_at,
        process_instance.c.business_key,
        process_instance.c.process_id,
        job.c.retries,
        job.c.attempts,
        job.c.topic,
    )
    .select_from(incident)
    .join(process_instance, process_instance.c.id == _incident.instance_id, isouter=True)
    .join(job, job.c.id == _incident.job_id, isouter=True)
)


@dataclass(frozen=True)
class IncidentRow:
    """An open incident. `retries`, `attempts` and `topic` are those of the job behind it, if any;
    `message` is empty for those who are not operators."""

    id: str
    kind: str
    instance_id: str | None
    definition_id: str | None
    process_id: str | None
    business_key: str | None
    job_id: str | None
    element_id: str | None
    names: Names
    message: str
    created_at: datetime
    retries: int | None
    attempts: int | None
    topic: str | None


def incidents(
    connection: Connection,
    definitions: Definitions,
    settings: EngineSettings,
    actor: Actor,
    *,
    after: str | None = None,
    before: str | None = None,
    limit: int = 25,
) -> Page[IncidentRow]:
    """A page of the open incidents of the tenant, newest first; empty but for operators."""
    if not is_operator(actor, settings):
        return Page(())
    ids = select(_incident.id).where(
        of_tenant(_incident.tenant, actor), _incident.resolved_at.is_(None)
    )
    place = pages.place(limit, after, before)
    found = pages.read_keys(connection, [ids], place, newest_first=True)
    rows = connection.execute(
        _QUERY.where(_incident.id.in_([key[0] for key in found.keys])).order_by(_incident.id.desc())
    ).all()
    return Page(
        rows_of(connection, definitions, rows, with_messages=True),
        None if found.next is None else str(found.next[0]),
        None if found.previous is None else str(found.previous[0]),
    )


def incidents_of(
    connection: Connection, definitions: Definitions, instance_id: str, *, with_messages: bool
) -> tuple[IncidentRow, ...]:
    """The open incidents of one instance, oldest first."""
    rows = connection.execute(
        _QUERY.where(
            _incident.instance_id == instance_id, _incident.resolved_at.is_(None)
        ).order_by(_incident.id)
    ).all()
    return rows_of(connection, definitions, rows, with_messages=with_messages)


def rows_of(
    connection: Connection,
    definitions: Definitions,
    rows: Sequence[AnyRow],
    *,
    with_messages: bool,
) -> tuple[IncidentRow, ...]:
    """Rows of incidents with the names of their elements."""
    return tuple(
        IncidentRow(
            id=row.id,
            kind=row.kind,
            instance_id=row.instance_id,
            definition_id=row.definition_id,
            process_id=row.process_id,
            business_key=row.business_key,
            job_id=row.job_id,
            element_id=row.element_id,
            names=_names(connection, definitions, row),
            message=row.message if with_messages else "",
            created_at=row.created_at,
            retries=row.retries,
            attempts=row.attempts,
            topic=row.topic,
        )
        for row in rows
    )


def _names(connection: Connection, definitions: Definitions, row: AnyRow) -> Names:
    if row.definition_id is None or row.element_id is None:
        return NO_NAMES
    return element_names(definitions.get(connection, row.definition_id), row.element_id)
