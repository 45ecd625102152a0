"""E-mail: how a message leaves for a person's mailbox."""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol


class MailUnavailable(Exception):
    """The mail server did not take the message: send it again later."""


@dataclass(frozen=True)
class Mail:
    """One e-mail. `key` becomes its Message-ID: a repetition is recognised by the mailbox."""

    to: str
    subject: str
    body: str
    key: str

    def as_message(self, sender: str) -> EmailMessage:
        """The message as it goes over the wire."""
        message = EmailMessage(policy=SMTP)
        message["From"] = sender
        message["To"] = self.to
        message["Subject"] = self.subject
        domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
        message["Message-ID"] = f"<{_digest(self.key)}@{domain}>"
        message.set_content(self.body)
        return message


class MailTransport(Protocol):
    """Takes an e-mail for delivery."""

    def send(self, mail: Mail) -> None:
        """Raises MailUnavailable."""


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
        try:
            with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.username is not None:
                    server.login(self.username, self.password or "")
                server.send_message(mail.as_message(self.sender))
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(f"Expected {self.host} to take a message, but {error}") from error


@dataclass(frozen=True)
class FolderTransport:
    """A folder of `.eml` files, one per message: for demonstrations, or for a relay."""

    directory: Path
    sender: str = "qadam@localhost"

    def send(self, mail: Mail) -> None:
        """See MailTransport. A message that is there already stays as it is."""
        target = self.directory / f"{_digest(mail.key)}.eml"
        unfinished = target.with_suffix(f".{os.getpid()}.part")
        try:
            if target.exists():
                return
            self.directory.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(mail.as_message(self.sender).as_bytes())
            unfinished.replace(target)
        except OSError as error:
            raise MailUnavailable(f"Expected to write {target}, but {error}") from error


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
