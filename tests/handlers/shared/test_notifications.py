"""Messages: in the cabinet once, by e-mail at least once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from handlers.shared import records
from handlers.shared.mail import FolderTransport, Mail, MailUnavailable
from handlers.shared.notifications import CabinetUnavailable, DatabaseCabinet, Message, as_mail

Begin = Callable[[], AbstractContextManager[Any]]


class FlakyTransport:
    """Fails as often as it is told, then takes everything."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        if self.failures:
            self.failures -= 1
            raise MailUnavailable("the server is down")
        self.sent.append(mail)


@pytest.fixture
def message(now: datetime) -> Message:
    return Message(
        party="150140000022",
        notice="returned",
        subject={"kk": "Ескерту", "ru": "Замечание", "en": "Remark"},
        body={"kk": "Өтінім қайтарылды", "ru": "Заявка возвращена", "en": "Returned"},
        sent_at=now,
        business_key="FK-B.03/1",
        email="ulgi@example.kz",
    )


def test_a_message_lies_once_in_the_cabinet_of_its_party(begin: Begin, message: Message) -> None:
    cabinet = DatabaseCabinet(begin)
    cabinet.send(message, "key")
    cabinet.send(message, "key")
    cabinet.send(replace(message, party="150140000012"), "other key")
    with begin() as connection:
        (row,) = records.messages_of(connection, ["150140000022"])
        assert len(records.messages_of(connection, None)) == 2
        assert records.messages_of(connection, []) == []
    assert (row.subject["kk"], row.business_key, row.sent_at) == (
        "Ескерту",
        "FK-B.03/1",
        message.sent_at,
    )


def test_only_its_party_marks_a_message_as_read(
    begin: Begin, message: Message, now: datetime
) -> None:
    DatabaseCabinet(begin).send(message, "key")
    with begin() as connection:
        assert not records.mark_read(connection, 1, ["150140000012"], now)
        assert records.mark_read(connection, 1, ["150140000022"], now)
        (row,) = records.messages_of(connection, None)
    assert row.read_at == now


def test_an_e_mail_that_failed_is_sent_at_the_next_try_and_then_no_more(
    begin: Begin, message: Message
) -> None:
    transport = FlakyTransport(failures=1)
    cabinet = DatabaseCabinet(begin, transport)
    with pytest.raises(CabinetUnavailable, match="the server is down"):
        cabinet.send(message, "key")
    cabinet.send(message, "key")
    cabinet.send(message, "key")
    assert [mail.to for mail in transport.sent] == ["ulgi@example.kz"]
    assert "Өтінім қайтарылды" in transport.sent[0].body
    assert "Заявка возвращена" in transport.sent[0].body


def test_without_an_address_nothing_is_mailed(begin: Begin, message: Message) -> None:
    transport = FlakyTransport(failures=9)
    DatabaseCabinet(begin, transport).send(replace(message, email=None), "key")
    assert transport.failures == 9


def test_a_folder_holds_one_readable_file_per_message(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "mail", "qadam@example.kz")
    mail = Mail("ulgi@example.kz", "Өтінім / Заявка", "Қабылданды ₸\n", "key")
    transport.send(mail)
    transport.send(mail)
    (file,) = (tmp_path / "mail").iterdir()
    read = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert read["Subject"] == "Өтінім / Заявка"
    assert read["To"] == "ulgi@example.kz"
    assert read["Message-ID"].endswith("@example.kz>")
    assert read.get_content().splitlines() == ["Қабылданды ₸"]


def test_a_line_break_in_a_subject_does_not_reach_the_header(message: Message) -> None:
    broken = replace(message, subject={"kk": "Шарт\r\nBcc: x@example.kz"})
    assert as_mail(broken, "key").as_message("q@example.kz")["Subject"] == "Шарт Bcc: x@example.kz"
