"""The texts of notices that staff wrote in place of the delivered ones; every version is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Integer,
    String,
    Table,
    UniqueConstraint,
    func,
    select,
)

from handlers.shared.records import as_text, as_time, insert_unless_there, metadata

notice_text = Table(
    "shared_notice_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", String(64), nullable=False),
    Column("notice", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", JSON),
    Column("body", JSON),
    Column("edited_by", String(128), nullable=False),
    Column("edited_at", String(32), nullable=False),
    UniqueConstraint("application", "notice", "version"),
)
_columns = notice_text.c


@dataclass(frozen=True)
class TextVersion:
    """One version of a notice's texts, by language; None: back to the delivered ones."""

    notice: str
    version: int
    subject: dict[str, str] | None
    body: dict[str, str] | None
    edited_by: str
    edited_at: datetime


def add_version(
    connection: Connection,
    application: str,
    notice: str,
    version: int,
    texts: tuple[dict[str, str], dict[str, str]] | None,
    by: str,
    now: datetime,
) -> bool:
    """Writes a version (texts: subject and body; None: as delivered); False where it is taken."""
    values: dict[str, Any] = {
        "application": application,
        "notice": notice,
        "version": version,
        "edited_by": by,
        "edited_at": as_text(now),
    }
    if texts is not None:
        values |= {"subject": texts[0], "body": texts[1]}
    return insert_unless_there(connection, notice_text, values)


def versions(connection: Connection, application: str, notice: str) -> list[TextVersion]:
    """Every version of a notice, newest first."""
    rows = connection.execute(
        select(notice_text)
        .where(_columns.application == application, _columns.notice == notice)
        .order_by(_columns.version.desc())
    )
    return [_as_version(row) for row in rows]


def newest_of(connection: Connection, application: str, notice: str) -> TextVersion | None:
    """The newest version of one notice; None where nobody ever wrote one."""
    row = connection.execute(
        select(notice_text)
        .where(_columns.application == application, _columns.notice == notice)
        .order_by(_columns.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else _as_version(row)


def newest(connection: Connection, application: str) -> dict[str, TextVersion]:
    """The newest version of each notice of an application that has one."""
    last = (
        select(_columns.notice, func.max(_columns.version).label("version"))
        .where(_columns.application == application)
        .group_by(_columns.notice)
        .subquery()
    )
    rows = connection.execute(
        select(notice_text)
        .join(last, (last.c.notice == _columns.notice) & (last.c.version == _columns.version))
        .where(_columns.application == application)
    )
    return {row.notice: _as_version(row) for row in rows}


def _as_version(row: Any) -> TextVersion:
    return TextVersion(
        notice=row.notice,
        version=row.version,
        subject=dict(row.subject) if row.subject else None,
        body=dict(row.body) if row.body else None,
        edited_by=row.edited_by,
        edited_at=as_time(row.edited_at),
    )
