"""The outbox: tries, waits, gives up, and never sends knowingly twice."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.shared import email_records, posted_records
from handlers.shared.email_records import EmailRow
from handlers.shared.mail import Mail, MailRefused, MailUnavailable
from handlers.shared.notifications import DatabaseCabinet, Message
from handlers.shared.outbox import WAITS, Outbox
from handlers.shared.ports import Begin
from handlers.shared.posted_records import Sight

EVERYONE = Sight()


class Transport:
    """Takes everything but for the faults it is given first."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.sent: list[Mail] = []
        self.took_one = threading.Event()

    def send(self, mail: Mail) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(mail)
        self.took_one.set()


class Killed(BaseException):
    """The process dies here."""


class Post:
    """An outbox with one e-mail in it, and a clock."""

    def __init__(self, begin: Begin, now: datetime, *faults: Any) -> None:
        self.begin, self.now = begin, now
        self.transport = Transport(*faults)
        self.outbox = Outbox(begin, self.transport, lambda: self.now)
        self.queue("key")

    def queue(self, key: str, **changes: str) -> None:
        texts = dict.fromkeys(("kk", "ru", "en"), key)
        facts = {"party": "150140000022", "email": "ulgi@example.kz", "unit": "almaty"} | changes
        DatabaseCabinet(self.begin, self.outbox.wake).send(
            Message(
                notice="returned",
                subject=texts,
                body=texts,
                sent_at=self.now,
                business_key="FK-B.03/1",
                **facts,
            ),
            key,
        )

    def email(self) -> EmailRow:
        with self.begin() as connection:
            found = email_records.find(connection, 1)
        assert found is not None
        return found


def test_what_is_queued_is_sent_once(begin: Begin, now: datetime) -> None:
    post = Post(begin, now)
    assert post.outbox.deliver_due() == 1
    assert post.outbox.deliver_due() == 0
    (mail,) = post.transport.sent
    assert (mail.to, mail.key, mail.language) == ("ulgi@example.kz", "key", "kk")
    sent = post.email()
    assert (sent.state, sent.attempts, sent.sent_at) == ("sent", 1, now)


def test_a_server_that_is_down_is_tried_again_later_and_later(begin: Begin, now: datetime) -> None:
    post = Post(begin, now, *(MailUnavailable(f"down {number}") for number in range(9)))
    for number, wait in enumerate(WAITS):
        assert post.outbox.deliver_due() == 1
        waiting = post.email()
        assert (waiting.state, waiting.last_error) == ("queued", f"down {number}")
        assert waiting.next_try_at == post.now + wait
        assert post.outbox.deliver_due() == 0, "not before its time"
        post.now += wait
    post.outbox.deliver_due()
    failed = post.email()
    assert (failed.state, failed.attempts, failed.next_try_at) == ("failed", len(WAITS) + 1, None)
    post.now += timedelta(days=9)
    assert post.outbox.deliver_due() == 0


def test_what_is_refused_for_good_fails_at_once(begin: Begin, now: datetime) -> None:
    post = Post(begin, now, MailRefused("no such mailbox"))
    post.outbox.deliver_due()
    failed = post.email()
    assert (failed.state, failed.attempts, failed.last_error) == ("failed", 1, "no such mailbox")


def test_whatever_a_transport_breaks_at_counts_and_holds_up_nobody(
    begin: Begin, now: datetime
) -> None:
    post = Post(begin, now, *(AttributeError("no token") for _try in range(9)))
    post.outbox.deliver_due()
    waiting = post.email()
    assert (waiting.state, waiting.attempts) == ("queued", 1)
    assert waiting.last_error == "AttributeError: no token"
    assert waiting.next_try_at == now + WAITS[0]
    post.transport.faults = post.transport.faults[:1]
    post.queue("another")
    post.now += WAITS[0]
    assert post.outbox.deliver_due() == 2
    assert [mail.key for mail in post.transport.sent] == ["key"]


def test_one_without_an_address_waits_until_somebody_names_one(begin: Begin, now: datetime) -> None:
    post = Post(begin, now)
    post.queue("nowhere", party="900101300037", email="")
    assert post.outbox.deliver_due() == 1
    with begin() as connection:
        assert email_records.send_again(connection, [2], "operator-1", now) == 0
        email_records.change_address(connection, 2, "now@example.kz")
        assert email_records.send_again(connection, [2], "operator-1", now) == 1
    post.outbox.deliver_due()
    assert [mail.to for mail in post.transport.sent] == ["ulgi@example.kz", "now@example.kz"]


def test_a_failed_one_is_sent_again_to_a_corrected_address(begin: Begin, now: datetime) -> None:
    post = Post(begin, now, MailRefused("no such mailbox"))
    post.outbox.deliver_due()
    with begin() as connection:
        email_records.change_address(connection, 1, "right@example.kz")
        assert email_records.send_again(connection, [1], "operator-1", now) == 1
    post.outbox.deliver_due()
    sent = post.email()
    assert (sent.state, sent.address, sent.resent_by) == ("sent", "right@example.kz", "operator-1")
    assert post.transport.sent[0].key == "key", "the Message-ID stays"
    with begin() as connection:
        assert email_records.send_again(connection, [1], "operator-1", now) == 0
        email_records.change_address(connection, 1, "late@example.kz")
    assert post.email().address == "right@example.kz"


def test_a_sender_that_was_killed_leaves_its_e_mail_to_the_next(
    begin: Begin, now: datetime
) -> None:
    post = Post(begin, now, Killed())
    with pytest.raises(Killed):
        post.outbox.deliver_due()
    assert post.email().state == "sending"
    assert post.outbox.deliver_due() == 0, "its sender may still be at it"
    post.now += timedelta(minutes=6)
    assert post.outbox.deliver_due() == 1
    assert [mail.key for mail in post.transport.sent] == ["key"]


def test_a_thread_of_its_own_sends_and_takes_over_at_the_start(begin: Begin, now: datetime) -> None:
    post = Post(begin, now, Killed())
    with pytest.raises(Killed):
        post.outbox.deliver_due()
    post.outbox.start()
    assert post.transport.took_one.wait(30)
    post.transport.took_one.clear()
    post.queue("another")
    assert post.transport.took_one.wait(30)
    post.outbox.stop()
    assert [mail.key for mail in post.transport.sent] == ["key", "another"]


def test_staff_find_by_state_number_bin_and_address(begin: Begin, now: datetime) -> None:
    post = Post(begin, now, MailRefused("no"))
    post.queue("2", party="150140000012", email="other@example.kz", unit="astana")
    post.queue("3", party="900101300037", email="")
    post.outbox.deliver_due()

    def found(sight: Sight = EVERYONE, **wanted: Any) -> list[str]:
        with begin() as connection:
            rows = posted_records.posted(connection, sight, **wanted)
        return [row.message.subject["kk"] for row in rows]

    assert found() == ["3", "2", "key"]
    assert found(state="failed") == ["key"]
    assert found(state="sent") == ["2"]
    assert found(state="queued") == []
    assert found(state="no_address") == ["3"]
    assert found(search="FK-B.03") == ["3", "2", "key"]
    assert found(search="1501400000") == ["2", "key"]
    assert found(search="OTHER@") == ["2"]
    assert found(search="%") == []
    assert found(before=3) == ["2", "key"]
    assert found(Sight(units=["astana"])) == ["2"]
    assert found(Sight(parties=["900101300037"])) == ["3"]
    with begin() as connection:
        assert posted_records.count_by_state(connection, EVERYONE) == {
            "queued": 0,
            "sent": 1,
            "failed": 1,
            "no_address": 1,
        }
        assert posted_records.failed_ids(connection, Sight(units=["astana"])) == []
        assert posted_records.failed_ids(connection, EVERYONE) == [1]
