"""Staff's edits of dated tables, and the deployed files that they lie over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from engine.dated import Edit, Span
from engine.store.codec import dump_json, load_json
from engine.store.tables import dated_row, deployment, process_definition
from engine.store.unit_of_work import UnitOfWork

_columns = dated_row.c
_definition = process_definition.c
_EDITS = (
    select(dated_row)
    .where(_columns.tenant == bindparam("tenant"), _columns.table_name == bindparam("table"))
    .order_by(_columns.id)
)
_LAST = (
    select(_columns.table_name, func.max(_columns.id).label("last"))
    .where(_columns.tenant == bindparam("tenant"))
    .group_by(_columns.table_name)
)
_APPLICATIONS = (
    select(_definition.resource_name, func.max(_definition.deployment_id).label("newest"))
    .where(_definition.tenant == bindparam("tenant"))
    .group_by(_definition.resource_name)
)


def add(uow: UnitOfWork, tenant: str, table: str, edit: Edit) -> None:
    """Keeps an edit of a table, named as `fk_b03/terms`."""
    uow.insert(
        dated_row,
        {
            "id": edit.id,
            "tenant": tenant,
            "table_name": table,
            "key": edit.key,
            "valid_from": edit.span.first,
            "valid_to": edit.span.last,
            "effect": edit.effect,
            "value": dump_json(edit.value),
            "note": edit.note,
            "edited_by": edit.edited_by,
            "edited_at": edit.edited_at,
        },
    )


def of_table(
    connection: Connection, tenant: str, table: str, known_at: datetime | None = None
) -> tuple[Edit, ...]:
    """The edits of a table in their order: all, or those that had been made at a moment."""
    query = _EDITS if known_at is None else _EDITS.where(_columns.edited_at <= known_at)
    return tuple(map(_edit, connection.execute(query, {"tenant": tenant, "table": table})))


def of_key(connection: Connection, tenant: str, table: str, key: str) -> tuple[Edit, ...]:
    """The edits of one key of a table in their order."""
    query = _EDITS.where(_columns.key == key)
    return tuple(map(_edit, connection.execute(query, {"tenant": tenant, "table": table})))


def last_ids(connection: Connection, tenant: str) -> dict[str, str]:
    """The id of the last edit of every table that has one."""
    rows = connection.execute(_LAST, {"tenant": tenant})
    return {row.table_name: row.last for row in rows}


def applications(
    connection: Connection, tenant: str, known_at: datetime | None = None
) -> dict[str, str]:
    """The deployment whose files count, by diagram: the newest, or what it was at a moment."""
    query = _APPLICATIONS
    if known_at is not None:
        query = query.join(deployment, deployment.c.id == _definition.deployment_id).where(
            deployment.c.deployed_at <= known_at
        )
    rows = connection.execute(query, {"tenant": tenant})
    return {row.resource_name: row.newest for row in rows}


def _edit(row: Row[Any]) -> Edit:
    return Edit(
        id=row.id,
        key=row.key,
        span=Span(row.valid_from, row.valid_to),
        effect=row.effect,
        value=load_json(row.value),
        note=row.note,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
