"""The outbox: e-mails that were queued with their messages are sent, and tried again.

An e-mail is claimed in one transaction, handed over outside any, and what came of it is kept in
another. A sender that was killed in between leaves it claimed: it is sent again under the same
Message-ID, since nobody can know. One that the server took is never sent again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from handlers.shared import email_records
from handlers.shared.email_records import EmailRow
from handlers.shared.mail import Mail, MailRefused, MailTransport, MailUnavailable
from handlers.shared.ports import Begin

log = logging.getLogger(__name__)

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""How long after each failure the next try comes; after the last one an e-mail has failed."""

_LEASE = timedelta(minutes=5)
_LONGEST_REST = 60.0
_REST_AFTER_FAULT = 5.0


class Outbox:
    """Sends what is queued: asked for it (`deliver_due`), or from a thread of its own."""

    def __init__(self, begin: Begin, transport: MailTransport, now: Callable[[], datetime]) -> None:
        self._begin = begin
        self._transport = transport
        self._now = now
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Says that there may be an e-mail to send now."""
        self._wake.set()

    def start(self) -> None:
        """Begins to send in a thread of its own; what a dead sender held is free again.

        Only for the one process that serves a database.
        """
        with self._begin() as connection:
            email_records.release(connection)
        self._thread = threading.Thread(target=self._loop, name="qadam-outbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finishes the e-mail at hand and ends."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def deliver_due(self) -> int:
        """Tries every e-mail that is due, in this thread; returns how many were tried."""
        tried = 0
        while not self._stopping.is_set():
            now = self._now()
            with self._begin() as connection:
                claimed = email_records.claim(connection, now, now + _LEASE)
            if claimed is None:
                break
            self._deliver(claimed)
            tried += 1
        return tried

    def _deliver(self, row: EmailRow) -> None:
        try:
            self._transport.send(_as_mail(row))
        except MailUnavailable as error:
            self._note_failure(row, error, str(error))
            return
        except Exception as error:
            # Whatever else a transport or a message breaks at: it must count as a try, or the
            # e-mail would be tried for ever and hold up all others.
            log.exception("e-mail %s could not be made or handed over", row.id)
            self._note_failure(row, error, f"{type(error).__name__}: {error}")
            return
        with self._begin() as connection:
            email_records.note_sent(connection, row.id, self._now())

    def _note_failure(self, row: EmailRow, error: Exception, reason: str) -> None:
        log.warning("e-mail %s, try %d: %s", row.id, row.attempts, reason)
        with self._begin() as connection:
            email_records.note_failure(connection, row.id, reason, self._next_try(row, error))

    def _next_try(self, row: EmailRow, error: Exception) -> datetime | None:
        if isinstance(error, MailRefused) or row.attempts > len(WAITS):
            return None
        return self._now() + WAITS[row.attempts - 1]

    def _loop(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self.deliver_due()
                rest = self._rest()
            except Exception:
                log.exception("e-mails could not be sent; the outbox goes on")
                rest = _REST_AFTER_FAULT
            self._wake.wait(rest)

    def _rest(self) -> float:
        """Seconds until the next e-mail is due."""
        with self._begin() as connection:
            due = email_records.next_due(connection)
        if due is None:
            return _LONGEST_REST
        return min(max((due - self._now()).total_seconds(), 0.05), _LONGEST_REST)


def _as_mail(row: EmailRow) -> Mail:
    return Mail(
        to=row.address,
        subject=row.subject,
        body=row.body + "\n",
        key=row.key,
        language=row.language,
        written_at=row.queued_at,
    )
