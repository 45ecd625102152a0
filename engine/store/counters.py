"""Rows of counters: numbers that people read, given out once and without a gap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.tables import counter
from engine.store.unit_of_work import UnitOfWork


def _increment(insert: Callable[[Table], Any]) -> Any:
    """Begins a counter at 1 or adds 1: one statement for both, in each dialect's words."""
    return (
        insert(counter)
        .on_conflict_do_update(
            index_elements=list(counter.primary_key), set_={"value": counter.c.value + 1}
        )
        .returning(counter.c.value)
    )


_INCREMENT = {
    "sqlite": _increment(sqlite.insert),
    "postgresql": _increment(postgresql.insert),
}


def next_value(uow: UnitOfWork, tenant: str, name: str) -> int:
    """The next number of a counter, from 1. A transaction that is undone gives it back."""
    row = {"tenant": tenant, "name": name, "value": 1}
    statement = _INCREMENT[uow.connection.dialect.name]
    return int(uow.connection.execute(statement, row).scalar_one())
