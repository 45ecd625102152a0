"""E-mail: how a message leaves for a person's mailbox."""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

_NEVER = ".invalid"
"""The end of addresses that belong to nobody (RFC 2606, 2)."""

_FOR_GOOD = range(500, 600)


class MailUnavailable(Exception):
    """The mail server did not take the message: send it again later."""


class MailRefused(MailUnavailable):
    """The mail server will never take the message: its address is wrong, say."""


@dataclass(frozen=True)
class Mail:
    """One e-mail. `key` becomes its Message-ID: a repetition is recognised by the mailbox."""

    to: str
    subject: str
    body: str
    key: str
    language: str = "kk"
    written_at: datetime | None = None

    def as_message(self, sender: str) -> EmailMessage:
        """The message as it goes over the wire. Raises MailRefused for what is no address."""
        message = EmailMessage(policy=SMTP)
        message["From"] = sender
        try:
            message["To"] = self.to
        except (ValueError, HeaderParseError) as error:
            raise MailRefused(f"Expected an address, but found {self.to!r}: {error}") from error
        message["Subject"] = " ".join(self.subject.split())
        message["Date"] = (self.written_at or datetime.now(UTC)).astimezone(UTC)
        domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
        message["Message-ID"] = f"<{_digest(self.key)}@{domain}>"
        message.set_content(self.body)
        message["Content-Language"] = self.language
        return message


class MailTransport(Protocol):
    """Takes an e-mail for delivery."""

    def send(self, mail: Mail) -> None:
        """Raises MailUnavailable, MailRefused."""


@dataclass(frozen=True)
class SmtpTransport:
    """A mail server. With `starttls` the connection is encrypted before anything is said."""

    host: str
    sender: str
    port: int = 587
    username: str | None = None
    password: str | None = None
    starttls: bool = True
    timeout: float = 20.0

    def send(self, mail: Mail) -> None:
        """See MailTransport."""
        message = mail.as_message(self.sender)
        try:
            server = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(f"Expected {self.host} to answer, but {error}") from error
        try:
            server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            reason = f"Expected {self.host} to take a message, but {error}"
            raise (MailRefused if _is_for_good(error) else MailUnavailable)(reason) from error
        finally:
            _take_leave(server)

    def _connect(self) -> smtplib.SMTP:
        server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.username is not None:
                server.login(self.username, self.password or "")
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


@dataclass(frozen=True)
class FolderTransport:
    """A folder of `.eml` files, one per message: for demonstrations, or for a relay.

    As a mail server does, it refuses addresses that end in `.invalid`.
    """

    directory: Path
    sender: str = "qadam@localhost"

    def send(self, mail: Mail) -> None:
        """See MailTransport. A message that is there already stays as it is."""
        if mail.to.endswith(_NEVER):
            raise MailRefused(f"Expected an address that somebody has, but found {mail.to}")
        message = mail.as_message(self.sender)
        target = self.directory / f"{_digest(mail.key)}.eml"
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        try:
            if target.exists():
                return
            self.directory.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(target)
        except OSError as error:
            raise MailUnavailable(f"Expected to write {target}, but {error}") from error


def _is_for_good(error: Exception) -> bool:
    """Whether the server said that trying again is of no use (RFC 5321, 4.2.1: replies 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in _FOR_GOOD for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code in _FOR_GOOD


def _take_leave(server: smtplib.SMTP) -> None:
    """Ends the conversation; a message that was taken stays taken, however that goes."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
