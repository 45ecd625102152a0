"""Messages to an enterprise: into its cabinet, and to its e-mail address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.shared import email_records, records
from handlers.shared.addresses import AddressOf, address_for
from handlers.shared.ports import Begin, port


class CabinetUnavailable(Exception):
    """A message could not be brought all the way: send it again with the same key."""


@dataclass(frozen=True)
class Message:
    """What an enterprise is told. `party` is its BIN or IIN, `notice` the kind of message.

    `email` is the address that the case names; without one `address_for` looks for one.
    `by_email` False: only in the cabinet. `unit` is the office of the case.
    """

    party: str
    notice: str
    subject: dict[str, str]
    body: dict[str, str]
    sent_at: datetime
    business_key: str | None = None
    email: str | None = None
    instance_id: str | None = None
    unit: str | None = None
    by_email: bool = True


@port
class Cabinet(Protocol):
    """Brings messages to an enterprise."""

    def send(self, message: Message, key: str) -> None:
        """Sends a message once per `key`, however often it is called.

        Raises CabinetUnavailable.
        """


class DatabaseCabinet:
    """Messages as rows in the database, each with its e-mail queued in the same transaction.

    The e-mail is in the enterprise's language. `wake` is called when one was queued. `address_of`
    knows the addresses of those who act for an enterprise. An e-mail that has nowhere to go is kept
    all the same, for staff to see.
    """

    def __init__(
        self,
        begin: Begin,
        wake: Callable[[], None] = lambda: None,
        address_of: AddressOf = lambda _party: None,
    ) -> None:
        self._begin = begin
        self._wake = wake
        self._address_of = address_of

    def send(self, message: Message, key: str) -> None:
        """See Cabinet."""
        with self._begin() as connection:
            message_id = records.insert_message(
                connection,
                key=key,
                party=message.party,
                business_key=message.business_key,
                instance_id=message.instance_id,
                unit=message.unit,
                notice=message.notice,
                subject=message.subject,
                body=message.body,
                sent_at=message.sent_at,
            )
            if message_id is None or not message.by_email:
                return
            address = address_for(connection, message.party, message.email, self._address_of)
            language = records.language_of(connection, message.party)
            email_records.queue(
                connection,
                message_id=message_id,
                key=key,
                party=message.party,
                address=address,
                language=language,
                subject=message.subject[language],
                body=message.body[language],
                now=message.sent_at,
            )
        self._wake()


class RememberedCabinet:
    """Messages kept in memory, by key: for one run of one handler, and for tests."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}

    def send(self, message: Message, key: str) -> None:
        """See Cabinet."""
        self.messages.setdefault(key, message)
