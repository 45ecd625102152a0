"""E-mails: how they look on the wire, and what a server's answers mean."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from handlers.shared.mail import (
    FolderTransport,
    Mail,
    MailRefused,
    MailUnavailable,
    SmtpTransport,
)

MAIL = Mail(
    "ulgi@example.kz", "Өтінім", "Қабылданды ₸\n", "key", "kk", datetime(2026, 3, 2, tzinfo=UTC)
)


class Server:
    """A mail server of one conversation; `faults` by the name of the step."""

    faults: dict[str, Exception] = {}
    taken: list[Any] = []

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self._step("connect")

    def starttls(self, context: object) -> None:
        self._step("starttls")

    def login(self, user: str, password: str) -> None:
        self._step("login")

    def send_message(self, message: Any) -> None:
        self._step("send")
        self.taken.append(message)

    def quit(self) -> None:
        self._step("quit")

    def close(self) -> None: ...

    def _step(self, name: str) -> None:
        if name in self.faults:
            raise self.faults[name]


@pytest.fixture
def smtp(monkeypatch: pytest.MonkeyPatch) -> SmtpTransport:
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(Server, "faults", {})
    monkeypatch.setattr(Server, "taken", [])
    return SmtpTransport("mail.example.kz", "qadam@example.kz", username="qadam")


def test_a_server_gets_the_message(smtp: SmtpTransport) -> None:
    smtp.send(MAIL)
    (message,) = Server.taken
    assert (message["To"], message["Content-Language"]) == ("ulgi@example.kz", "kk")
    assert message["Message-ID"].endswith("@example.kz>")


@pytest.mark.parametrize("step", ["connect", "starttls", "login", "send"])
def test_a_server_that_fails_is_tried_later(smtp: SmtpTransport, step: str) -> None:
    Server.faults = {step: OSError("timed out")}
    with pytest.raises(MailUnavailable, match="timed out") as failure:
        smtp.send(MAIL)
    assert not isinstance(failure.value, MailRefused)


def test_what_was_taken_stays_taken_if_the_server_leaves_without_a_word(
    smtp: SmtpTransport,
) -> None:
    Server.faults = {"quit": smtplib.SMTPServerDisconnected("gone")}
    smtp.send(MAIL)
    assert len(Server.taken) == 1


@pytest.mark.parametrize(
    ("error", "for_good"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.kz": (550, b"no such mailbox")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b.kz": (451, b"come again")}), False),
        (smtplib.SMTPDataError(554, b"refused"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
    ],
)
def test_replies_of_the_five_hundreds_are_for_good(
    smtp: SmtpTransport, error: Exception, for_good: bool
) -> None:
    Server.faults = {"send": error}
    with pytest.raises(MailUnavailable) as failure:
        smtp.send(MAIL)
    assert isinstance(failure.value, MailRefused) == for_good


def test_a_folder_holds_one_readable_file_per_message(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "mail", "qadam@example.kz")
    transport.send(MAIL)
    transport.send(MAIL)
    (file,) = (tmp_path / "mail").iterdir()
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (read["Subject"], read["To"]) == ("Өтінім", "ulgi@example.kz")
    assert read["Date"].datetime == MAIL.written_at
    assert read.get_content().splitlines() == ["Қабылданды ₸"]


@pytest.mark.parametrize("address", ["a@example.invalid", "a@example.kz\r\nBcc: b@example.kz"])
def test_an_address_of_nobody_is_refused_for_good(tmp_path: Path, address: str) -> None:
    with pytest.raises(MailRefused):
        FolderTransport(tmp_path).send(Mail(address, "s", "b", "key"))
    assert list(tmp_path.iterdir()) == []


def test_a_line_break_in_a_subject_does_not_reach_the_header() -> None:
    mail = Mail("ulgi@example.kz", "Шарт\r\nBcc: x@example.kz", "b", "key")
    assert mail.as_message("q@example.kz")["Subject"] == "Шарт Bcc: x@example.kz"
