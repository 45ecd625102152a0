"""Rows of deployments, their files, and the versions of process definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from engine.store.tables import deployment, process_definition, process_instance, resource
from engine.store.unit_of_work import UnitOfWork

_definition = process_definition.c
_NEWEST = (
    select(process_definition)
    .where(
        _definition.tenant == bindparam("tenant"),
        _definition.process_id == bindparam("process_id"),
    )
    .order_by(_definition.version.desc())
    .limit(1)
)


def _newest_of_each() -> Select[Any]:
    newest = (
        select(_definition.process_id, func.max(_definition.version).label("version"))
        .where(_definition.tenant == bindparam("tenant"))
        .group_by(_definition.process_id)
        .subquery()
    )
    return (
        select(process_definition)
        .join(
            newest,
            (_definition.process_id == newest.c.process_id)
            & (_definition.version == newest.c.version),
        )
        .where(_definition.tenant == bindparam("tenant"))
        .order_by(_definition.process_id)
    )


_NEWEST_OF_EACH = _newest_of_each()


@dataclass(frozen=True)
class DefinitionRecord:
    """One row of `process_definition`: a version of a process."""

    id: str
    tenant: str
    process_id: str
    version: int
    deployment_id: str
    resource_name: str
    digest: str
    names: bytes
    message_starts: bytes


def add_deployment(
    uow: UnitOfWork,
    deployment_id: str,
    tenant: str,
    name: str,
    source: str,
    note: str,
    at: datetime,
    by: str,
    resources: Mapping[str, bytes],
) -> None:
    """Writes a deployment and its files."""
    uow.insert(
        deployment,
        {
            "id": deployment_id,
            "tenant": tenant,
            "name": name,
            "source": source,
            "note": note,
            "deployed_at": at,
            "deployed_by": by,
        },
    )
    for resource_name, content in resources.items():
        uow.insert(
            resource,
            {"deployment_id": deployment_id, "name": resource_name, "content": content},
        )


def add_definition(uow: UnitOfWork, record: DefinitionRecord) -> None:
    """Writes a version of a process."""
    uow.insert(process_definition, asdict(record))


def definition(connection: Connection, definition_id: str) -> DefinitionRecord | None:
    """One version by its id."""
    row = connection.execute(
        select(process_definition).where(process_definition.c.id == definition_id)
    ).one_or_none()
    return None if row is None else DefinitionRecord(**row._mapping)


def latest(connection: Connection, tenant: str, process_id: str) -> DefinitionRecord | None:
    """The newest version of a process."""
    return version_of(connection, tenant, process_id, None)


def version_of(
    connection: Connection, tenant: str, process_id: str, version: int | None
) -> DefinitionRecord | None:
    """A version of a process by number, or the newest."""
    query = _NEWEST if version is None else _NEWEST.where(_definition.version == version)
    row = connection.execute(query, {"tenant": tenant, "process_id": process_id}).one_or_none()
    return None if row is None else DefinitionRecord(**row._mapping)


def as_of_deployment(
    connection: Connection, tenant: str, deployment_id: str, process_id: str
) -> DefinitionRecord | None:
    """The version of a process that a deployment brought, or found unchanged and left as it was."""
    columns = process_definition.c
    row = connection.execute(
        select(process_definition)
        .where(
            columns.tenant == tenant,
            columns.process_id == process_id,
            columns.deployment_id <= deployment_id,
        )
        .order_by(columns.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else DefinitionRecord(**row._mapping)


def newest_of_each(connection: Connection, tenant: str) -> list[DefinitionRecord]:
    """The newest version of every process."""
    rows = connection.execute(_NEWEST_OF_EACH, {"tenant": tenant})
    return [DefinitionRecord(**row._mapping) for row in rows]


def with_live_instances(connection: Connection) -> list[DefinitionRecord]:
    """Every version that still has running instances."""
    live = select(process_instance.c.definition_id).where(process_instance.c.state == "active")
    rows = connection.execute(select(process_definition).where(process_definition.c.id.in_(live)))
    return [DefinitionRecord(**row._mapping) for row in rows]


def resources(connection: Connection, deployment_id: str) -> dict[str, bytes]:
    """The files of a deployment by name."""
    rows = connection.execute(
        select(resource.c.name, resource.c.content).where(resource.c.deployment_id == deployment_id)
    )
    return {row[0]: row[1] for row in rows}


def files_ending(connection: Connection, deployment_id: str, ending: str) -> dict[str, bytes]:
    """The files of a deployment whose name ends so, by name."""
    rows = connection.execute(
        select(resource.c.name, resource.c.content).where(
            resource.c.deployment_id == deployment_id,
            resource.c.name.endswith(ending, autoescape=True),
        )
    )
    return {row[0]: row[1] for row in rows}


def source_of(connection: Connection, deployment_id: str) -> str:
    """Where a deployment came from: "disk" or "browser"."""
    return str(
        connection.execute(
            select(deployment.c.source).where(deployment.c.id == deployment_id)
        ).scalar_one()
    )
