"""Rows of process instances and their variables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.database import TransactionConflict
from engine.store.tables import process_instance, variable
from engine.store.unit_of_work import UnitOfWork

ACTIVE, COMPLETED, CANCELLED = "active", "completed", "cancelled"


class RevisionConflict(TransactionConflict):
    """The instance was written by another transaction since it was read."""


@dataclass
class InstanceRecord:
    """One row of `process_instance`; `revision` is that of the row as it was read."""

    id: str
    definition_id: str
    process_id: str
    tenant: str
    business_key: str | None
    unit: str | None
    party: str | None
    title: str | None
    status: str | None
    state: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    parent_instance_id: str | None
    parent_token: int | None
    token_state: bytes | None
    scopes: bytes
    revision: int
    history_length: int
    history_head: str
    open_incidents: int = 0


_SAVED = (
    "definition_id",
    "business_key",
    "unit",
    "party",
    "title",
    "status",
    "state",
    "ended_at",
    "token_state",
    "scopes",
    "revision",
    "history_length",
    "history_head",
)
_READ = select(process_instance).where(process_instance.c.id == bindparam("b_id"))
_SELECT = _READ.with_for_update()
_VARIABLES = select(variable.c.scope, variable.c.name, variable.c.value).where(
    variable.c.instance_id == bindparam("b_id")
)
_UPDATE = (
    update(process_instance)
    .where(
        process_instance.c.id == bindparam("b_id"),
        process_instance.c.revision == bindparam("b_revision"),
    )
    .values({name: bindparam(f"n_{name}") for name in _SAVED})
)


def _put_variable(insert: Callable[[Table], Any]) -> Any:
    """Inserts a variable, or changes its value: one statement for both, in each dialect's words."""
    statement = insert(variable)
    return statement.on_conflict_do_update(
        index_elements=list(variable.primary_key), set_={"value": statement.excluded.value}
    )


_PUT_VARIABLE = {
    "sqlite": _put_variable(sqlite.insert),
    "postgresql": _put_variable(postgresql.insert),
}
_RUNNING_CHILD = select(process_instance.c.id).where(
    process_instance.c.parent_instance_id == bindparam("b_parent"),
    process_instance.c.parent_token == bindparam("b_token"),
    process_instance.c.state == ACTIVE,
)


def load(uow: UnitOfWork, instance_id: str) -> InstanceRecord | None:
    """Reads and locks an instance's row."""
    row = uow.connection.execute(_SELECT, {"b_id": instance_id}).one_or_none()
    return None if row is None else InstanceRecord(**row._mapping)


def read(uow: UnitOfWork, instance_id: str) -> InstanceRecord | None:
    """Reads an instance's row that is not to be written."""
    row = uow.connection.execute(_READ, {"b_id": instance_id}).one_or_none()
    return None if row is None else InstanceRecord(**row._mapping)


def lock_owner(
    uow: UnitOfWork, table: Table, row_id: str, *conditions: ColumnElement[bool]
) -> None:
    """Locks the instance that a task, job or incident belongs to, before that row itself.

    Always in this order, so that no two transactions wait for each other. `conditions` are on the
    row.
    """
    owner = select(table.c.instance_id).where(table.c.id == row_id, *conditions)
    _lock(uow, owner.scalar_subquery())


def lock(uow: UnitOfWork, instance_id: str) -> None:
    """Locks an instance's row without reading it."""
    _lock(uow, instance_id)


def _lock(uow: UnitOfWork, instance_id: Any) -> None:
    """On SQLite there is one writer: nothing is to be locked."""
    if uow.connection.dialect.name != "sqlite":
        uow.connection.execute(
            select(process_instance.c.id)
            .where(process_instance.c.id == instance_id)
            .with_for_update()
        )


def add(uow: UnitOfWork, record: InstanceRecord) -> None:
    """Writes a new instance."""
    uow.insert(process_instance, vars(record))


def save(uow: UnitOfWork, record: InstanceRecord) -> None:
    """Writes a changed instance. Raises RevisionConflict where it changed since it was read."""
    fresh = replace(record, revision=record.revision + 1)
    values: dict[str, Any] = {f"n_{name}": getattr(fresh, name) for name in _SAVED}
    values |= {"b_id": record.id, "b_revision": record.revision}
    if uow.connection.execute(_UPDATE, values).rowcount != 1:
        raise RevisionConflict(record.id)
    record.revision = fresh.revision


def variables(uow: UnitOfWork, instance_id: str) -> list[tuple[int, str, bytes]]:
    """All variables of an instance: (scope, name, JSON)."""
    rows = uow.connection.execute(_VARIABLES, {"b_id": instance_id}).all()
    return [(scope, name, value) for scope, name, value in rows]


def save_variables(
    uow: UnitOfWork,
    instance_id: str,
    changed: Iterable[tuple[int, str, bytes]],
    closed_scopes: Iterable[int],
) -> None:
    """Writes what a step did to the variables of an instance: (scope, name, JSON) each."""
    rows = [
        {"instance_id": instance_id, "scope": scope, "name": name, "value": value}
        for scope, name, value in changed
    ]
    if rows:
        uow.connection.execute(_PUT_VARIABLE[uow.connection.dialect.name], rows)
    gone = list(closed_scopes)
    if gone:
        uow.connection.execute(
            delete(variable).where(
                variable.c.instance_id == instance_id, variable.c.scope.in_(gone)
            )
        )


def running_child(uow: UnitOfWork, parent_instance_id: str, token: int) -> str | None:
    """The id of the running instance that a call activity's token began, if there is one."""
    parameters = {"b_parent": parent_instance_id, "b_token": token}
    return uow.connection.execute(_RUNNING_CHILD, parameters).scalar()


def children(uow: UnitOfWork, parent_instance_id: str) -> list[str]:
    """The ids of the instances that call activities of this one began, oldest first."""
    columns = process_instance.c
    query = select(columns.id).where(columns.parent_instance_id == parent_instance_id)
    return list(uow.connection.execute(query.order_by(columns.id)).scalars())


def erase_variables(uow: UnitOfWork, instance_id: str) -> None:
    """Deletes every variable of an instance."""
    uow.connection.execute(delete(variable).where(variable.c.instance_id == instance_id))
