"""The mailbox of a demonstration: the folder into which e-mails are written, read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from engine.errors import NotFound


@dataclass(frozen=True)
class DemoMail:
    """An e-mail as it landed. `name` is its file's, without the ending."""

    name: str
    to: str
    subject: str
    language: str
    written_at: datetime
    text: str


class DemoMailbox:
    """Reads a folder of `.eml` files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self, limit: int = 100) -> list[DemoMail]:
        """The newest e-mails, newest first."""
        found = [_read(path) for path in self._folder.glob("*.eml")]
        return sorted(found, key=lambda mail: (mail.written_at, mail.name), reverse=True)[:limit]

    def mail(self, name: str) -> DemoMail:
        """An e-mail by its name. Raises NotFound."""
        path = self._folder / f"{name}.eml"
        if not name.isalnum() or not path.is_file():
            raise NotFound(f"Expected an e-mail {name}, but there is none")
        return _read(path)


def _read(path: Path) -> DemoMail:
    message = message_from_bytes(path.read_bytes(), EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return DemoMail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        language=str(message["Content-Language"] or "kk"),
        written_at=_written_at(message, path),
        text="" if body is None else body.get_content().replace("\r\n", "\n").rstrip("\n"),
    )


def _written_at(message: EmailMessage, path: Path) -> datetime:
    """When it was written; of one that does not say so, when it landed."""
    if message["Date"] is None:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return parsedate_to_datetime(str(message["Date"]))
