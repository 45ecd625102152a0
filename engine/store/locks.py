"""Locks by name, held until the transaction ends."""

from __future__ import annotations

from sqlalchemy import func, select

from engine.store.unit_of_work import UnitOfWork


def hold(uow: UnitOfWork, name: str) -> None:
    """Waits until no other transaction holds this name. SQLite has one writer: nothing to wait for.

    Whoever takes it before it locks rows, or with one instance's rows locked, can't deadlock.
    """
    if uow.connection.dialect.name == "postgresql":
        key = func.hashtextextended(name, 0)
        uow.connection.execute(select(func.pg_advisory_xact_lock(key)))
