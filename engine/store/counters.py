"""Rows of counters: numbers that people read, given out once and without a gap."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from engine.store.tables import counter
from engine.store.unit_of_work import UnitOfWork


def next_value(uow: UnitOfWork, tenant: str, name: str) -> int:
    """The next number of a counter, from 1. A transaction that is undone gives it back."""
    place = (counter.c.tenant == tenant, counter.c.name == name)
    last = uow.connection.execute(select(counter.c.value).where(*place).with_for_update()).scalar()
    if last is None:
        uow.connection.execute(insert(counter).values(tenant=tenant, name=name, value=1))
        return 1
    uow.connection.execute(update(counter).where(*place).values(value=last + 1))
    return int(last) + 1
