"""Incidents that wait for an operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from engine.decided import AskedDecision
from engine.decisions import asked_version
from engine.definitions import Definition
from engine.errors import DecisionFailed
from engine.feel.expression import may_hold_expression
from engine.identity import Actor
from engine.queries import pages
from engine.queries.decision_names import names_in
from engine.queries.names import NO_NAMES, Names, element_names
from engine.queries.pages import Page
from engine.queries.rows import AnyRow
from engine.queries.sight import is_operator, of_tenant
from engine.queries.surroundings import Surroundings
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
_OPEN_OF_ONE = _QUERY.where(
    _incident.instance_id == bindparam("instance_id"), _incident.resolved_at.is_(None)
).order_by(_incident.id)


@dataclass(frozen=True)
class DecisionInForce:
    """The version of a decision that a task would ask for now."""

    definition_id: str
    decision_id: str
    names: Names
    version: int


@dataclass(frozen=True)
class IncidentRow:
    """An open incident. `retries`, `attempts` and `topic` are those of the job behind it, if any.

    `decision` is what a retry of a business rule task asks: None where its diagram computes the
    id or the version, and where no such version is deployed. It is None and `message` empty for
    those who are not operators.
    """

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
    decision: DecisionInForce | None = None


def incidents(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    *,
    after: str | None = None,
    before: str | None = None,
    limit: int = 25,
) -> Page[IncidentRow]:
    """A page of the open incidents of the tenant, newest first; empty but for operators."""
    if not is_operator(actor, around.settings):
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
        rows_of(connection, around, rows, with_messages=True),
        None if found.next is None else str(found.next[0]),
        None if found.previous is None else str(found.previous[0]),
    )


def incidents_of(
    connection: Connection, around: Surroundings, instance_id: str, *, with_messages: bool
) -> tuple[IncidentRow, ...]:
    """The open incidents of one instance, oldest first."""
    rows = connection.execute(_OPEN_OF_ONE, {"instance_id": instance_id}).all()
    return rows_of(connection, around, rows, with_messages=with_messages)


def rows_of(
    connection: Connection,
    around: Surroundings,
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
            names=_names(connection, around, row),
            message=row.message if with_messages else "",
            created_at=row.created_at,
            retries=row.retries,
            attempts=row.attempts,
            topic=row.topic,
            decision=_decision(connection, around, row) if with_messages else None,
        )
        for row in rows
    )


def _names(connection: Connection, around: Surroundings, row: AnyRow) -> Names:
    if row.definition_id is None or row.element_id is None:
        return NO_NAMES
    return element_names(around.definitions.get(connection, row.definition_id), row.element_id)


def _decision(connection: Connection, around: Surroundings, row: AnyRow) -> DecisionInForce | None:
    if row.definition_id is None or row.element_id is None:
        return None
    process = around.definitions.get(connection, row.definition_id)
    asked = _asked(process, row.element_id)
    if asked is None:
        return None
    try:
        found = asked_version(
            connection, process.record.tenant, process.record.deployment_id, asked
        )
    except DecisionFailed:
        return None
    if found is None:
        return None
    names = names_in(connection, around.decisions, found.deployment_id, found.resource_name)
    return DecisionInForce(
        found.id, found.decision_id, names.decision(found.decision_id, found.name), found.version
    )


def _asked(process: Definition, element_id: str) -> AskedDecision | None:
    """What a business rule task asks for, where the diagram says it without an expression."""
    element = process.facts.elements.get(element_id)
    if element is None or element.decision_ref is None:
        return None
    version, tag = element.decision_ref_version, element.decision_ref_version_tag
    if any(may_hold_expression(text or "") for text in (element.decision_ref, version, tag)):
        return None
    return AskedDecision(element.decision_ref, element.decision_ref_binding, version, tag)
