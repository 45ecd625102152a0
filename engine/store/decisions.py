"""Rows of decision definitions, and of the decisions that were made in instances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from engine.store.codec import dump_json
from engine.store.ids import new_id
from engine.store.tables import decision_definition, decision_evaluation
from engine.store.unit_of_work import UnitOfWork

_columns = decision_definition.c
_NEWEST = (
    select(decision_definition)
    .where(
        _columns.tenant == bindparam("tenant"),
        _columns.decision_id == bindparam("decision_id"),
    )
    .order_by(_columns.version.desc())
    .limit(1)
)


@dataclass(frozen=True)
class DecisionRecord:
    """One row of `decision_definition`: a version of a decision.

    `digest` is of the file with all that it imports; `inputs` are the variables that it reads,
    with their types, as JSON.
    """

    id: str
    tenant: str
    decision_id: str
    version: int
    version_tag: str | None
    deployment_id: str
    resource_name: str
    digest: str
    name: str
    inputs: bytes


def add_definition(uow: UnitOfWork, record: DecisionRecord) -> None:
    """Writes a version of a decision."""
    uow.insert(decision_definition, asdict(record))


def latest(connection: Connection, tenant: str, decision_id: str) -> DecisionRecord | None:
    """The newest version of a decision."""
    return _newest(connection, tenant, decision_id)


def version_of(
    connection: Connection, tenant: str, decision_id: str, version: int
) -> DecisionRecord | None:
    """A version of a decision by number."""
    return _newest(connection, tenant, decision_id, _columns.version == version)


def tagged(
    connection: Connection, tenant: str, decision_id: str, version_tag: str
) -> DecisionRecord | None:
    """The newest version of a decision that carries a tag."""
    return _newest(connection, tenant, decision_id, _columns.version_tag == version_tag)


def as_of_deployment(
    connection: Connection, tenant: str, deployment_id: str, decision_id: str
) -> DecisionRecord | None:
    """The version that a deployment brought, or found unchanged and left as it was."""
    return _newest(connection, tenant, decision_id, _columns.deployment_id <= deployment_id)


def _newest(
    connection: Connection, tenant: str, decision_id: str, *conditions: ColumnElement[bool]
) -> DecisionRecord | None:
    query = _NEWEST.where(*conditions) if conditions else _NEWEST
    row = connection.execute(query, {"tenant": tenant, "decision_id": decision_id}).one_or_none()
    return None if row is None else DecisionRecord(**row._mapping)


def newest_of_each(connection: Connection, tenant: str) -> list[DecisionRecord]:
    """The newest version of every decision."""
    newest = (
        select(_columns.decision_id, func.max(_columns.version).label("version"))
        .where(_columns.tenant == tenant)
        .group_by(_columns.decision_id)
        .subquery()
    )
    rows = connection.execute(
        select(decision_definition)
        .join(
            newest,
            (_columns.decision_id == newest.c.decision_id) & (_columns.version == newest.c.version),
        )
        .where(_columns.tenant == tenant)
        .order_by(_columns.decision_id)
    )
    return [DecisionRecord(**row._mapping) for row in rows]


def add_evaluation(
    uow: UnitOfWork,
    instance_id: str,
    element_id: str,
    token: int | None,
    definition_id: str,
    rules: Sequence[object],
    event_number: int,
    at: datetime,
) -> None:
    """Writes that a decision was made; `rules` are kept as JSON, the rest is in the event."""
    uow.insert(
        decision_evaluation,
        {
            "id": new_id(),
            "instance_id": instance_id,
            "element_id": element_id,
            "token": token,
            "definition_id": definition_id,
            "rules": dump_json(rules),
            "event_number": event_number,
            "evaluated_at": at,
        },
    )
