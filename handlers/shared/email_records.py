"""The e-mails of messages: queued with the message, sent later, and what became of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)

from handlers.shared.records import as_text, as_time, cabinet_message, metadata

QUEUED, SENDING, SENT, FAILED = "queued", "sending", "sent", "failed"
NO_ADDRESS = "no_address"
"""The enterprise has no address, so that there is nowhere to send to until somebody names one."""
STATES = (QUEUED, SENT, FAILED, NO_ADDRESS)
"""What staff choose from; what is being sent is still queued to them."""
_NOT_SENT = (QUEUED, FAILED, NO_ADDRESS)

_LONGEST_REASON = 1000

email = Table(
    "shared_email",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "message_id", Integer, ForeignKey("shared_cabinet_message.id"), nullable=False, unique=True
    ),
    Column("key", String(255), nullable=False, unique=True),
    Column("party", String(12), nullable=False),
    Column("address", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", String(32), nullable=False),
    Column("next_try_at", String(32)),
    Column("locked_until", String(32)),
    Column("sent_at", String(32)),
    Column("last_error", Text),
    Column("resent_by", String(128)),
    Index("shared_email_state", "state", "next_try_at"),
    Index("shared_email_party", "party", "id"),
)
_columns = email.c


@dataclass(frozen=True)
class EmailRow:
    """An e-mail. `key` becomes its Message-ID; `resent_by` is who had it sent again. Times UTC."""

    id: int
    message_id: int
    key: str
    address: str
    language: str
    subject: str
    body: str
    state: str
    attempts: int
    queued_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None
    last_error: str | None
    resent_by: str | None


def queue(
    connection: Connection,
    *,
    message_id: int,
    key: str,
    party: str,
    address: str | None,
    language: str,
    subject: str,
    body: str,
    now: datetime,
) -> None:
    """Puts an e-mail into the outbox, in the transaction of its message.

    Without an address it lies there until somebody names one.
    """
    connection.execute(
        email.insert().values(
            message_id=message_id,
            key=key,
            party=party,
            address=address or "",
            language=language,
            subject=subject,
            body=body,
            state=QUEUED if address else NO_ADDRESS,
            attempts=0,
            queued_at=as_text(now),
            next_try_at=as_text(now) if address else None,
        )
    )


def last_address(connection: Connection, party: str) -> str | None:
    """The address that an enterprise named last, if it ever named one."""
    found: str | None = connection.execute(
        select(_columns.address)
        .where(_columns.party == party, _columns.address != "")
        .order_by(_columns.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found


def claim(connection: Connection, now: datetime, until: datetime) -> EmailRow | None:
    """The next e-mail that is due, now being sent until `until`; None where there is none.

    One whose sender died comes again when its time is over: whether it went out nobody knows, and
    the Message-ID lets the mailbox tell.
    """
    due = and_(_columns.state == QUEUED, _columns.next_try_at <= as_text(now))
    left = and_(_columns.state == SENDING, _columns.locked_until < as_text(now))
    row = connection.execute(
        select(email)
        .where(or_(due, left))
        .order_by(_columns.next_try_at, _columns.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    connection.execute(
        update(email)
        .where(_columns.id == row.id)
        .values(state=SENDING, attempts=row.attempts + 1, locked_until=as_text(until))
    )
    return find(connection, row.id)


def next_due(connection: Connection) -> datetime | None:
    """When the next e-mail is to be sent."""
    found = connection.execute(
        select(func.min(func.coalesce(_columns.locked_until, _columns.next_try_at))).where(
            _columns.state.in_((QUEUED, SENDING))
        )
    ).scalar()
    return as_time(found) if found else None


def note_sent(connection: Connection, email_id: int, now: datetime) -> None:
    """Keeps that an e-mail was handed over."""
    _change(connection, email_id, state=SENT, sent_at=as_text(now), last_error=None)


def note_failure(
    connection: Connection, email_id: int, reason: str, next_try_at: datetime | None
) -> None:
    """Keeps why an e-mail could not be handed over; without a next try it has failed."""
    _change(
        connection,
        email_id,
        state=FAILED if next_try_at is None else QUEUED,
        last_error=reason[:_LONGEST_REASON],
        next_try_at=None if next_try_at is None else as_text(next_try_at),
    )


def release(connection: Connection) -> int:
    """Gives back what a sender that died was sending; returns how many there were."""
    return connection.execute(
        update(email).where(_columns.state == SENDING).values(state=QUEUED, locked_until=None)
    ).rowcount


def send_again(connection: Connection, email_ids: Collection[int], by: str, now: datetime) -> int:
    """Queues e-mails anew, all tries before them; those sent or being sent stay as they are, and
    so do those that have no address."""
    return connection.execute(
        update(email)
        .where(_columns.id.in_(email_ids), _columns.state.in_(_NOT_SENT), _columns.address != "")
        .values(state=QUEUED, attempts=0, next_try_at=as_text(now), resent_by=by)
    ).rowcount


def change_address(connection: Connection, email_id: int, address: str) -> None:
    """Corrects the address of an e-mail that was not sent."""
    connection.execute(
        update(email)
        .where(_columns.id == email_id, _columns.state.in_(_NOT_SENT))
        .values(address=address)
    )


def find(connection: Connection, email_id: int) -> EmailRow | None:
    """An e-mail by its id."""
    row = connection.execute(select(email).where(_columns.id == email_id)).one_or_none()
    return None if row is None else as_email(row)


def emails_of(connection: Connection, message_ids: Collection[int]) -> dict[int, EmailRow]:
    """The e-mails of messages, by the message's id."""
    rows = connection.execute(select(email).where(_columns.message_id.in_(message_ids)))
    return {row.message_id: as_email(row) for row in rows}


def as_email(row: Any, prefix: str = "") -> EmailRow:
    """A row of the table as an e-mail; `prefix` is that of its columns' names."""

    def get(name: str) -> Any:
        return getattr(row, prefix + name)

    def time(name: str) -> datetime | None:
        return as_time(get(name)) if get(name) else None

    return EmailRow(
        id=get("id"),
        message_id=get("message_id"),
        key=get("key"),
        address=get("address"),
        language=get("language"),
        subject=get("subject"),
        body=get("body"),
        state=get("state"),
        attempts=get("attempts"),
        queued_at=as_time(get("queued_at")),
        next_try_at=time("next_try_at"),
        sent_at=time("sent_at"),
        last_error=get("last_error"),
        resent_by=get("resent_by"),
    )


def forget_messages(connection: Connection, instance_id: str) -> None:
    """Deletes the messages of a process instance, and their e-mails in whatever state."""
    own = select(cabinet_message.c.id).where(cabinet_message.c.instance_id == instance_id)
    connection.execute(delete(email).where(_columns.message_id.in_(own.scalar_subquery())))
    connection.execute(delete(cabinet_message).where(cabinet_message.c.instance_id == instance_id))


def _change(connection: Connection, email_id: int, **values: object) -> None:
    connection.execute(
        update(email).where(_columns.id == email_id).values(locked_until=None, **values)
    )
