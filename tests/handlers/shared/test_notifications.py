"""Messages: in the cabinet once, with an e-mail queued in the language of the enterprise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from handlers.shared import posted_records, records
from handlers.shared.details_records import keep_details
from handlers.shared.email_records import EmailRow
from handlers.shared.notifications import DatabaseCabinet, Message
from handlers.shared.ports import Begin
from handlers.shared.posted_records import Sight

PARTY = "150140000022"


@pytest.fixture
def message(now: datetime) -> Message:
    return Message(
        party=PARTY,
        notice="returned",
        subject={"kk": "Ескерту", "ru": "Замечание", "en": "Remark"},
        body={"kk": "Өтінім қайтарылды", "ru": "Заявка возвращена", "en": "Returned"},
        sent_at=now,
        business_key="FK-B.03/1",
        email="ulgi@example.kz",
        instance_id="case-1",
        unit="almaty",
    )


def emails(begin: Begin) -> list[EmailRow]:
    with begin() as connection:
        posted = posted_records.posted(connection, Sight())
    return [each.email for each in reversed(posted) if each.email is not None]


def test_a_message_lies_once_in_the_cabinet_of_its_party(begin: Begin, message: Message) -> None:
    cabinet = DatabaseCabinet(begin)
    cabinet.send(message, "key")
    cabinet.send(message, "key")
    cabinet.send(replace(message, party="150140000012"), "other key")
    with begin() as connection:
        (row,) = records.messages_of(connection, [PARTY])
        assert len(records.messages_of(connection, None)) == 2
        assert records.messages_of(connection, []) == []
        assert records.messages_of_case(connection, [PARTY], "FK-B.03/1") == [row]
    assert (row.subject["kk"], row.business_key, row.sent_at, row.instance_id, row.unit) == (
        "Ескерту",
        "FK-B.03/1",
        message.sent_at,
        "case-1",
        "almaty",
    )
    assert len(emails(begin)) == 2


def test_only_its_party_marks_a_message_as_read(
    begin: Begin, message: Message, now: datetime
) -> None:
    DatabaseCabinet(begin).send(message, "key")
    with begin() as connection:
        assert not records.mark_read(connection, 1, ["150140000012"], now)
        assert records.mark_read(connection, 1, [PARTY], now)
        (row,) = records.messages_of(connection, None)
    assert row.read_at == now


def test_its_e_mail_is_in_kazakh_until_the_enterprise_chooses(
    begin: Begin, message: Message, now: datetime
) -> None:
    cabinet = DatabaseCabinet(begin)
    cabinet.send(message, "1")
    for code in ("en", "ru"):
        with begin() as connection:
            records.set_language(connection, PARTY, code, "employer-1", now)
    cabinet.send(message, "2")
    cabinet.send(replace(message, party="150140000012"), "3")
    assert [(each.language, each.subject, each.body) for each in emails(begin)] == [
        ("kk", "Ескерту", "Өтінім қайтарылды"),
        ("ru", "Замечание", "Заявка возвращена"),
        ("kk", "Ескерту", "Өтінім қайтарылды"),
    ]


def test_without_an_address_the_last_one_of_the_enterprise_is_used(
    begin: Begin, message: Message
) -> None:
    cabinet = DatabaseCabinet(begin)
    nowhere = replace(message, email=None)
    cabinet.send(nowhere, "before any")
    cabinet.send(message, "named")
    cabinet.send(nowhere, "known")
    cabinet.send(replace(nowhere, party="150140000012"), "of another")
    assert [(each.address, each.state) for each in emails(begin)] == [
        ("", "no_address"),
        ("ulgi@example.kz", "queued"),
        ("ulgi@example.kz", "queued"),
        ("", "no_address"),
    ]


def test_the_address_is_the_case_s_else_the_kept_one_else_the_last_else_the_person_s(
    begin: Begin, message: Message, now: datetime
) -> None:
    cabinet = DatabaseCabinet(begin, address_of={PARTY: "person@example.kz"}.get)
    nowhere = replace(message, email=None)
    cabinet.send(nowhere, "person")
    cabinet.send(replace(message, email="last@example.kz"), "case")
    cabinet.send(replace(message, email="no address"), "last")
    with begin() as connection:
        keep_details(
            connection, PARTY, {"email": "kept@example.kz"}, changed_by="employer-1", now=now
        )
    cabinet.send(nowhere, "kept")
    cabinet.send(message, "case again")
    assert [each.address for each in emails(begin)] == [
        "person@example.kz",
        "last@example.kz",
        "last@example.kz",
        "kept@example.kz",
        "ulgi@example.kz",
    ]


@pytest.mark.parametrize("wrong", ["a@[1.kz", "a b@example.kz", "a@example", "a@b.kz, c@d.kz"])
def test_what_is_no_address_is_never_queued(begin: Begin, message: Message, wrong: str) -> None:
    DatabaseCabinet(begin).send(replace(message, email=wrong), "key")
    assert [(each.address, each.state) for each in emails(begin)] == [("", "no_address")]


def test_what_is_for_the_cabinet_only_is_not_mailed_and_wakes_nobody(
    begin: Begin, message: Message
) -> None:
    woken: list[bool] = []
    cabinet = DatabaseCabinet(begin, lambda: woken.append(True))
    cabinet.send(replace(message, by_email=False), "quiet")
    assert (emails(begin), woken) == ([], [])
    cabinet.send(message, "loud")
    assert len(woken) == 1
