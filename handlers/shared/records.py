"""Tables that process applications share: the messages in an enterprise's cabinet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

metadata = MetaData()

cabinet_message = Table(
    "shared_cabinet_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(255), nullable=False, unique=True),
    Column("party", String(12), nullable=False),
    Column("business_key", String(255)),
    Column("notice", String(64), nullable=False),
    Column("subject", JSON, nullable=False),
    Column("body", JSON, nullable=False),
    Column("sent_at", String(32), nullable=False),
    Column("email", Text),
    Column("mailed_at", String(32)),
    Column("read_at", String(32)),
    Index("shared_cabinet_message_party", "party", "id"),
)


@dataclass(frozen=True)
class CabinetRow:
    """A message as it lies in the cabinet. Times are UTC."""

    id: int
    party: str
    business_key: str | None
    notice: str
    subject: dict[str, str]
    body: dict[str, str]
    sent_at: datetime
    read_at: datetime | None


def insert_unless_there(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Inserts a row; False where a unique key says that it is there already."""
    if connection.dialect.name == "postgresql":
        statement: Any = postgresql.insert(table).values(values).on_conflict_do_nothing()
    else:
        statement = sqlite.insert(table).values(values).on_conflict_do_nothing()
    return bool(connection.execute(statement).rowcount)


def insert_message(
    connection: Connection,
    *,
    key: str,
    party: str,
    business_key: str | None,
    notice: str,
    subject: dict[str, str],
    body: dict[str, str],
    sent_at: datetime,
    email: str | None,
) -> bool:
    """Puts a message into a cabinet; False where one with this key is there already."""
    return insert_unless_there(
        connection,
        cabinet_message,
        {
            "key": key,
            "party": party,
            "business_key": business_key,
            "notice": notice,
            "subject": subject,
            "body": body,
            "sent_at": as_text(sent_at),
            "email": email,
        },
    )


def is_mailed(connection: Connection, key: str) -> bool:
    """Whether the e-mail of the message was handed over."""
    found = connection.execute(
        select(cabinet_message.c.mailed_at).where(cabinet_message.c.key == key)
    ).scalar_one_or_none()
    return found is not None


def note_mailed(connection: Connection, key: str, now: datetime) -> None:
    """Keeps that the e-mail of the message was handed over."""
    connection.execute(
        update(cabinet_message).where(cabinet_message.c.key == key).values(mailed_at=as_text(now))
    )


def messages_of(
    connection: Connection, parties: Sequence[str] | None, limit: int = 100
) -> list[CabinetRow]:
    """The newest messages of these enterprises (None: of every one), newest first."""
    statement = select(cabinet_message).order_by(cabinet_message.c.id.desc()).limit(limit)
    if parties is not None:
        statement = statement.where(cabinet_message.c.party.in_(parties))
    return [
        CabinetRow(
            id=row.id,
            party=row.party,
            business_key=row.business_key,
            notice=row.notice,
            subject=dict(row.subject),
            body=dict(row.body),
            sent_at=as_time(row.sent_at),
            read_at=as_time(row.read_at) if row.read_at else None,
        )
        for row in connection.execute(statement)
    ]


def mark_read(
    connection: Connection, message_id: int, parties: Sequence[str], now: datetime
) -> bool:
    """Keeps when a message was first read; False where it is not of these enterprises."""
    own = (cabinet_message.c.id == message_id) & cabinet_message.c.party.in_(parties)
    if connection.execute(select(cabinet_message.c.id).where(own)).first() is None:
        return False
    connection.execute(
        update(cabinet_message)
        .where(own & cabinet_message.c.read_at.is_(None))
        .values(read_at=as_text(now))
    )
    return True


def as_text(time: datetime) -> str:
    """A time as it is stored: UTC, ISO 8601, so that text order is time order."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def as_time(text: str) -> datetime:
    """The time that `as_text` stored."""
    return datetime.fromisoformat(text)
