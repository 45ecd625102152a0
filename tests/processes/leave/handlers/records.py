"""How many days each worker has left."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, select, update

metadata = MetaData()

balance = Table(
    "leave_balance",
    metadata,
    Column("worker", String(64), primary_key=True),
    Column("days", Integer, nullable=False),
)


def grant(connection: Connection, worker: str, days: int) -> None:
    connection.execute(insert(balance).values(worker=worker, days=days))


def days_left(connection: Connection, worker: str) -> int:
    found = connection.execute(select(balance.c.days).where(balance.c.worker == worker))
    return found.scalar() or 0


def take(connection: Connection, worker: str, days: int) -> None:
    connection.execute(
        update(balance).where(balance.c.worker == worker).values(days=balance.c.days - days)
    )
