"""Which registries give no answer, over all inquiries: one outage, however many wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from handlers.shared.inquiry_records import OPERATOR, WAITING, inquiry, inquiry_answer
from handlers.shared.records import as_text, as_time


@dataclass(frozen=True)
class Outage:
    """A registry that failed to answer, over all inquiries that still await it.

    `since`: the longest wait. `inquiries`: how many wait, `with_operator` of them are not asked
    again by themselves. `next_try_at`: the next question to it by any of them; None: there is
    none. `reason`: what came of the last one (for operators, in English).
    """

    registry: str
    names: dict[str, str]
    since: datetime
    inquiries: int
    with_operator: int
    next_try_at: datetime | None
    reason: str


def outages(connection: Connection) -> tuple[Outage, ...]:
    """The registries that have failed to answer somebody who still waits, the longest first."""
    found: dict[str, list[Any]] = {}
    for row in connection.execute(
        select(inquiry_answer, inquiry.c.state, inquiry.c.next_try_at)
        .join(inquiry, inquiry.c.key == inquiry_answer.c.key)
        .where(inquiry_answer.c.answered_at.is_(None), inquiry_answer.c.reason.is_not(None))
        .order_by(inquiry_answer.c.since, inquiry_answer.c.registry)
    ):
        found.setdefault(row.registry, []).append(row)
    return tuple(_as_outage(registry, rows) for registry, rows in found.items())


def keys_awaiting(connection: Connection, registry: str) -> list[str]:
    """The keys of the inquiries that wait for a registry and do not ask just now, oldest first."""
    return _keys(connection, registry, WAITING, OPERATOR)


def keys_put_off(connection: Connection, registry: str) -> list[str]:
    """The keys of the inquiries that will ask a registry by themselves, oldest first."""
    return _keys(connection, registry, WAITING)


def put_forward(connection: Connection, tries: Mapping[str, datetime]) -> None:
    """Notes the next tries of inquiries that were brought forward, unless they ask by now."""
    for key, moment in tries.items():
        waits = (inquiry.c.key == key) & (inquiry.c.state == WAITING)
        connection.execute(update(inquiry).where(waits).values(next_try_at=as_text(moment)))


def _keys(connection: Connection, registry: str, *states: str) -> list[str]:
    return list(
        connection.execute(
            select(inquiry.c.key)
            .join(inquiry_answer, inquiry.c.key == inquiry_answer.c.key)
            .where(inquiry_answer.c.registry == registry, inquiry_answer.c.answered_at.is_(None))
            .where(inquiry.c.state.in_(states))
            .order_by(inquiry.c.began_at, inquiry.c.key)
        ).scalars()
    )


def _as_outage(registry: str, rows: Sequence[Any]) -> Outage:
    tries = [row.next_try_at for row in rows if row.next_try_at is not None]
    return Outage(
        registry=registry,
        names=dict(rows[0].names),
        since=as_time(rows[0].since),
        inquiries=len(rows),
        with_operator=sum(row.state == OPERATOR for row in rows),
        next_try_at=min(map(as_time, tries), default=None),
        reason=next((row.reason for row in reversed(rows) if row.failures), rows[-1].reason),
    )
