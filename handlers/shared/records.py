"""Tables that process applications share: the messages in an enterprise's cabinet.

Their e-mails are in `email_records`, the texts that staff edit in `notice_records`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    and_,
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
    Column("instance_id", String(64)),
    Column("unit", String(128)),
    Column("notice", String(64), nullable=False),
    Column("subject", JSON, nullable=False),
    Column("body", JSON, nullable=False),
    Column("sent_at", String(32), nullable=False),
    Column("read_at", String(32)),
    Index("shared_cabinet_message_party", "party", "id"),
    Index("shared_cabinet_message_instance", "instance_id", "id"),
)

correspondence = Table(
    "shared_correspondence",
    metadata,
    Column("party", String(12), primary_key=True),
    Column("language", String(2), nullable=False),
    Column("changed_by", String(128), nullable=False),
    Column("changed_at", String(32), nullable=False),
)
"""How an enterprise wants to be written to."""

DEFAULT_LANGUAGE = "kk"


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
    instance_id: str | None = None
    unit: str | None = None


def insert_unless_there(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Inserts a row; False where a unique key says that it is there already."""
    if connection.dialect.name == "postgresql":
        statement: Any = postgresql.insert(table).values(values).on_conflict_do_nothing()
    else:
        statement = sqlite.insert(table).values(values).on_conflict_do_nothing()
    return bool(connection.execute(statement).rowcount)


def put_row(
    connection: Connection,
    table: Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    new: Mapping[str, Any] | None = None,
) -> None:
    """Makes the row of a key, or changes it to `values`.

    `new`: what a row that is made has beside them, or in their stead.
    """
    if not insert_unless_there(connection, table, {**values, **key, **(new or {})}):
        own = and_(*(table.c[name] == value for name, value in key.items()))
        connection.execute(update(table).where(own).values(**values))


def insert_message(
    connection: Connection,
    *,
    key: str,
    party: str,
    business_key: str | None,
    instance_id: str | None,
    unit: str | None,
    notice: str,
    subject: dict[str, str],
    body: dict[str, str],
    sent_at: datetime,
) -> int | None:
    """Puts a message into a cabinet; its id, or None where one with this key is there already."""
    inserted = insert_unless_there(
        connection,
        cabinet_message,
        {
            "key": key,
            "party": party,
            "business_key": business_key,
            "instance_id": instance_id,
            "unit": unit,
            "notice": notice,
            "subject": subject,
            "body": body,
            "sent_at": as_text(sent_at),
        },
    )
    if not inserted:
        return None
    found = select(cabinet_message.c.id).where(cabinet_message.c.key == key)
    return int(connection.execute(found).scalar_one())


def language_of(connection: Connection, party: str) -> str:
    """The language in which an enterprise is written to: its choice, else Kazakh."""
    chosen = select(correspondence.c.language).where(correspondence.c.party == party)
    return connection.execute(chosen).scalar_one_or_none() or DEFAULT_LANGUAGE


def set_language(connection: Connection, party: str, language: str, by: str, now: datetime) -> None:
    """Keeps the language that an enterprise chose, by whom and when."""
    values = {"language": language, "changed_by": by, "changed_at": as_text(now)}
    put_row(connection, correspondence, {"party": party}, values)


def messages_of(
    connection: Connection,
    parties: Sequence[str] | None,
    limit: int = 100,
    before: int | None = None,
) -> list[CabinetRow]:
    """The newest messages of these enterprises (None: of every one), newest first.

    `before`: only those with a smaller id.
    """
    statement = select(cabinet_message).order_by(cabinet_message.c.id.desc()).limit(limit)
    if parties is not None:
        statement = statement.where(cabinet_message.c.party.in_(parties))
    if before is not None:
        statement = statement.where(cabinet_message.c.id < before)
    return [as_row(row) for row in connection.execute(statement)]


def messages_of_case(
    connection: Connection, parties: Sequence[str] | None, business_key: str
) -> list[CabinetRow]:
    """Every message about a case to these enterprises (None: to any), newest first."""
    statement = (
        select(cabinet_message)
        .where(cabinet_message.c.business_key == business_key)
        .order_by(cabinet_message.c.id.desc())
    )
    if parties is not None:
        statement = statement.where(cabinet_message.c.party.in_(parties))
    return [as_row(row) for row in connection.execute(statement)]


def as_row(row: Any) -> CabinetRow:
    """A row of the table as a message."""
    return CabinetRow(
        id=row.id,
        party=row.party,
        business_key=row.business_key,
        notice=row.notice,
        subject=dict(row.subject),
        body=dict(row.body),
        sent_at=as_time(row.sent_at),
        read_at=as_time(row.read_at) if row.read_at else None,
        instance_id=row.instance_id,
        unit=row.unit,
    )


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
