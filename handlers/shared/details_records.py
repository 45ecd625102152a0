"""The details for the contract that enterprises keep: the newest are in force, older ones stay."""

from __future__ import annotations

from collections.abc import Mapping
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
    delete,
    insert,
    select,
)

from handlers.shared.records import as_text, as_time, metadata

enterprise_details = Table(
    "shared_enterprise_details",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("party", String(12), nullable=False),
    Column("details", JSON, nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("changed_by", String(255), nullable=False),
    Column("business_key", String(255)),
    Index("shared_enterprise_details_party", "party", "id"),
)

_MOST = 50


@dataclass(frozen=True)
class KeptDetails:
    """Details as they were kept: from `changed_at` (UTC) until the next ones.

    `business_key` is the case in which they were given; None: the account page.
    """

    party: str
    details: Mapping[str, Any]
    changed_at: datetime
    changed_by: str
    business_key: str | None


def kept_details(connection: Connection, party: str) -> list[KeptDetails]:
    """All that an enterprise kept, the newest first: those are in force."""
    table = enterprise_details
    rows = connection.execute(
        select(table).where(table.c.party == party).order_by(table.c.id.desc()).limit(_MOST)
    )
    return [
        KeptDetails(
            party=row.party,
            details=dict(row.details),
            changed_at=as_time(row.changed_at),
            changed_by=row.changed_by,
            business_key=row.business_key,
        )
        for row in rows
    ]


def details_in_force(connection: Connection, party: str) -> KeptDetails | None:
    """What was kept last, or None."""
    return next(iter(kept_details(connection, party)), None)


def keep_details(
    connection: Connection,
    party: str,
    details: Mapping[str, Any],
    *,
    changed_by: str,
    now: datetime,
    business_key: str | None = None,
) -> bool:
    """Keeps details; False where they are those in force already."""
    last = details_in_force(connection, party)
    if last is not None and dict(last.details) == dict(details):
        return False
    connection.execute(
        insert(enterprise_details).values(
            party=party,
            details=dict(details),
            changed_at=as_text(now),
            changed_by=changed_by,
            business_key=business_key,
        )
    )
    return True


def forget_given_in(connection: Connection, business_key: str) -> None:
    """Deletes the details that were given in a case; those kept before it are in force again."""
    table = enterprise_details
    connection.execute(delete(table).where(table.c.business_key == business_key))
