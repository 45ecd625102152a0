"""Tables of inquiries: which registry has answered for a check, and which is awaited since when.

There are rows only while an inquiry goes on longer than a moment; when all have answered they go.
Every function works on the connection it is given and leaves the transaction to its owner.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)

from handlers.shared.records import as_text, as_time, metadata, put_row

ASKING, WAITING, OPERATOR = "asking", "waiting", "operator"

inquiry = Table(
    "shared_inquiry",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("instance_id", String(64), nullable=False),
    Column("business_key", String(255)),
    Column("identifier", String(12), nullable=False),
    Column("state", String(16), nullable=False),
    Column("began_at", String(32), nullable=False),
    Column("next_try_at", String(32)),
    Index("shared_inquiry_instance", "instance_id"),
)
"""One row per inquiry that goes on; the key is that of the job which makes it."""

inquiry_answer = Table(
    "shared_inquiry_answer",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("registry", String(64), primary_key=True),
    Column("names", JSON, nullable=False),
    Column("since", String(32), nullable=False),
    Column("answered_at", String(32)),
    Column("record", JSON(none_as_null=True)),
    Column("reason", Text),
    Column("failures", Integer, nullable=False),
)
"""One row per registry of an inquiry. `record` null beside `answered_at`: it holds nothing."""

Record = Mapping[str, Any]


@dataclass(frozen=True)
class KeptAnswer:
    """What a registry answered, and when."""

    record: Record | None
    answered_at: datetime


@dataclass(frozen=True)
class Awaited:
    """A registry that has not answered an inquiry: since when, how often it failed to."""

    since: datetime
    failures: int


def kept_answers(
    connection: Connection, key: str, not_before: datetime
) -> dict[str, KeptAnswer] | None:
    """The answers of an inquiry by registry, but none from before; None: no such inquiry."""
    if connection.execute(select(inquiry.c.key).where(inquiry.c.key == key)).first() is None:
        return None
    rows = connection.execute(
        select(inquiry_answer)
        .where(inquiry_answer.c.key == key)
        .where(inquiry_answer.c.answered_at > as_text(not_before))
    )
    return {row.registry: KeptAnswer(row.record, as_time(row.answered_at)) for row in rows}


def awaited_of(connection: Connection, key: str) -> dict[str, Awaited]:
    """The registries that have not answered an inquiry."""
    rows = connection.execute(
        select(inquiry_answer)
        .where(inquiry_answer.c.key == key)
        .where(inquiry_answer.c.answered_at.is_(None))
    )
    return {row.registry: Awaited(as_time(row.since), row.failures) for row in rows}


def put_inquiry(
    connection: Connection,
    *,
    key: str,
    instance_id: str,
    business_key: str | None,
    identifier: str,
    state: str,
    now: datetime,
    next_try_at: datetime | None,
) -> None:
    """Begins an inquiry, or notes how it stands."""
    standing = {
        "state": state,
        "next_try_at": None if next_try_at is None else as_text(next_try_at),
    }
    first = {
        "instance_id": instance_id,
        "business_key": business_key,
        "identifier": identifier,
        "began_at": as_text(now),
    }
    put_row(connection, inquiry, {"key": key}, standing, first)


def put_answer(
    connection: Connection,
    *,
    key: str,
    registry: str,
    names: Mapping[str, str],
    record: Record | None,
    now: datetime,
) -> None:
    """Keeps what a registry answered."""
    values = {"answered_at": as_text(now), "record": record, "reason": None, "failures": 0}
    _put(connection, key, registry, values, since=now, names=names)


def put_awaited(
    connection: Connection,
    *,
    key: str,
    registry: str,
    names: Mapping[str, str],
    reason: str | None,
    asked: bool = True,
    now: datetime,
) -> None:
    """Notes that a registry is awaited: since now, unless it was awaited already.

    With a reason it gave no answer just now: a failure of it where it was `asked`, else the reason
    stays that is known already. An older answer of it is forgotten.
    """
    own = (inquiry_answer.c.key == key) & (inquiry_answer.c.registry == registry)
    connection.execute(
        update(inquiry_answer)
        .where(own & inquiry_answer.c.answered_at.is_not(None))
        .values(since=as_text(now), answered_at=None, record=None, failures=0)
    )
    if reason is None:
        _put(connection, key, registry, {"answered_at": None}, since=now, names=names)
    else:
        failed = int(asked)
        known = reason if asked else func.coalesce(inquiry_answer.c.reason, reason)
        values = {"reason": known, "failures": inquiry_answer.c.failures + failed}
        new = {"reason": reason, "failures": failed}
        _put(connection, key, registry, values, since=now, names=names, new=new)


def forget_answers(connection: Connection, key: str, before: datetime, now: datetime) -> None:
    """Forgets what was answered to an inquiry before: it may not be used any more.

    Who answered then is awaited since now. How long answers may be used differs between processes,
    so those to other inquiries stay.
    """
    connection.execute(
        update(inquiry_answer)
        .where(inquiry_answer.c.key == key)
        .where(inquiry_answer.c.answered_at <= as_text(before))
        .values(since=as_text(now), answered_at=None, record=None)
    )


def end_inquiry(connection: Connection, key: str) -> None:
    """Forgets an inquiry with all its answers."""
    end_inquiries(connection, [key])


def end_inquiries(connection: Connection, keys: Collection[str]) -> None:
    """Forgets inquiries with all their answers."""
    connection.execute(delete(inquiry_answer).where(inquiry_answer.c.key.in_(keys)))
    connection.execute(delete(inquiry).where(inquiry.c.key.in_(keys)))


def all_keys(connection: Connection) -> list[str]:
    """The keys of all inquiries that go on."""
    return list(connection.execute(select(inquiry.c.key)).scalars())


def keys_of(connection: Connection, instance_id: str) -> list[str]:
    """The keys of a process instance's inquiries."""
    own = select(inquiry.c.key).where(inquiry.c.instance_id == instance_id)
    return list(connection.execute(own).scalars())


def _put(
    connection: Connection,
    key: str,
    registry: str,
    values: dict[str, Any],
    *,
    since: datetime,
    names: Mapping[str, str],
    new: Mapping[str, Any] | None = None,
) -> None:
    """Changes the row to `values`, or makes one; `new`: what it then begins with instead."""
    first = {"names": dict(names), "since": as_text(since), "failures": 0, **(new or values)}
    put_row(connection, inquiry_answer, {"key": key, "registry": registry}, values, first)
