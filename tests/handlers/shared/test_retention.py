"""Inquiries whose job is gone end; what a case is told goes with the case, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, select

from engine.retention import Cleanup, ErasedInstance
from handlers.shared import details_records, email_records, inquiry_records, records, retention

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NAMES = {"kk": "Салық", "ru": "Налоги", "en": "Taxes"}
TABLES = (
    records.cabinet_message,
    email_records.email,
    inquiry_records.inquiry,
    inquiry_records.inquiry_answer,
    details_records.enterprise_details,
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as opened:
        records.metadata.create_all(opened)
        yield opened
    engine.dispose()


def kept(connection: Connection) -> list[int]:
    return [len(connection.execute(select(table)).all()) for table in TABLES]


def ask(connection: Connection, key: str, instance_id: str) -> None:
    inquiry_records.put_inquiry(
        connection,
        key=key,
        instance_id=instance_id,
        business_key=None,
        identifier="150140000012",
        state=inquiry_records.WAITING,
        now=NOW,
        next_try_at=None,
    )
    inquiry_records.put_answer(
        connection, key=key, registry="taxes", names=NAMES, record={"debt": 1}, now=NOW
    )


def tell(connection: Connection, instance_id: str) -> None:
    message_id = records.insert_message(
        connection,
        key=f"told/{instance_id}",
        party="150140000012",
        business_key=f"key-{instance_id}",
        instance_id=instance_id,
        unit=None,
        notice="n",
        subject=NAMES,
        body=NAMES,
        sent_at=NOW,
    )
    assert message_id is not None
    email_records.queue(
        connection,
        message_id=message_id,
        key=f"told/{instance_id}",
        party="150140000012",
        address="demo@example.kz",
        language="kk",
        subject="s",
        body="b",
        now=NOW,
    )
    details_records.keep_details(
        connection,
        "150140000012",
        {"iban": instance_id},
        changed_by="employer-1",
        now=NOW,
        business_key=f"key-{instance_id}",
    )


def erased(connection: Connection, instance_id: str) -> ErasedInstance:
    return ErasedInstance(
        instance_id=instance_id,
        process_id="p",
        business_key=f"key-{instance_id}",
        party="150140000012",
        jobs=frozenset(),
        signed=False,
        now=NOW,
        connection=connection,
    )


def test_what_belongs_to_a_case_goes_with_it(connection: Connection) -> None:
    for instance_id in ("one", "other"):
        ask(connection, f"job-{instance_id}", instance_id)
        tell(connection, instance_id)
    retention.forget_case(erased(connection, "one"))
    assert kept(connection) == [1, 1, 1, 1, 1]
    (message,) = records.messages_of(connection, None)
    assert message.instance_id == "other"
    (details,) = details_records.kept_details(connection, "150140000012")
    assert details.details == {"iban": "other"}


def test_details_of_the_account_page_stay(connection: Connection) -> None:
    details_records.keep_details(
        connection, "150140000012", {"iban": "own"}, changed_by="employer-1", now=NOW
    )
    retention.forget_case(erased(connection, "one"))
    assert kept(connection)[-1] == 1


@pytest.mark.parametrize("limit", [1, 2, 10])
def test_inquiries_end_with_their_job(connection: Connection, limit: int) -> None:
    for number in range(5):
        ask(connection, f"job-{number}", f"case-{number}")
    alive = {"job-0", "job-3"}

    def left(keys: Any) -> frozenset[str]:
        return frozenset(alive & set(keys))

    removed = []
    while count := retention.end_abandoned_inquiries(Cleanup(NOW, limit, left, connection)):
        assert count <= limit
        removed.append(count)
    assert sum(removed) == 3
    assert set(inquiry_records.all_keys(connection)) == alive
    assert kept(connection)[3] == 2
