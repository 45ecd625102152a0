"""Messages to an enterprise: into its cabinet, and to its e-mail address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from handlers.shared import records
from handlers.shared.mail import Mail, MailTransport, MailUnavailable
from handlers.shared.ports import port

Begin = Callable[[], AbstractContextManager[Any]]
"""Opens a transaction: a context that yields a database connection, commits or rolls back."""


class CabinetUnavailable(Exception):
    """A message could not be brought all the way: send it again with the same key."""


@dataclass(frozen=True)
class Message:
    """What an enterprise is told. `party` is its BIN or IIN, `notice` the kind of message."""

    party: str
    notice: str
    subject: dict[str, str]
    body: dict[str, str]
    sent_at: datetime
    business_key: str | None = None
    email: str | None = None


@port
class Cabinet(Protocol):
    """Brings messages to an enterprise."""

    def send(self, message: Message, key: str) -> None:
        """Sends a message once per `key`, however often it is called.

        Raises CabinetUnavailable.
        """


class DatabaseCabinet:
    """Messages as rows in the database; with a `mail` transport an e-mail follows each one.

    The e-mail goes out in Kazakh, Russian and English. It is handed over after the row is
    committed, and again where that was not confirmed: at least once, under one Message-ID.
    """

    def __init__(self, begin: Begin, mail: MailTransport | None = None) -> None:
        self._begin = begin
        self._mail = mail

    def send(self, message: Message, key: str) -> None:
        """See Cabinet."""
        with self._begin() as connection:
            records.insert_message(
                connection,
                key=key,
                party=message.party,
                business_key=message.business_key,
                notice=message.notice,
                subject=message.subject,
                body=message.body,
                sent_at=message.sent_at,
                email=message.email,
            )
            mailed = records.is_mailed(connection, key)
        if self._mail is None or not message.email or mailed:
            return
        try:
            self._mail.send(as_mail(message, key))
        except MailUnavailable as error:
            raise CabinetUnavailable(str(error)) from error
        with self._begin() as connection:
            records.note_mailed(connection, key, message.sent_at)


class RememberedCabinet:
    """Messages kept in memory, by key: for one run of one handler, and for tests."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}

    def send(self, message: Message, key: str) -> None:
        """See Cabinet."""
        self.messages.setdefault(key, message)


def as_mail(message: Message, key: str) -> Mail:
    """The message as an e-mail in all its languages. It needs `message.email`."""
    return Mail(
        to=message.email or "",
        subject=" ".join(" / ".join(dict.fromkeys(message.subject.values())).split()),
        body="\n\n—\n\n".join(dict.fromkeys(message.body.values())) + "\n",
        key=key,
    )
