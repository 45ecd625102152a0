"""The chain of history: whole after everything, and every tampering shows."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from engine.commands import ErasePayloads
from engine.errors import BadCommand
from engine.history_check import anchor_history, check_anchors, verify_history
from engine.store import documents
from engine.store.codec import dump_json
from engine.store.documents import NewDocument
from engine.store.tables import history_event, process_instance
from engine.store.unit_of_work import UnitOfWork
from tests.support.diagrams import end_event, path, process, start_event, user_task
from tests.support.house import OPERATOR, House


@pytest.fixture
def lived(house: House) -> tuple[House, str]:
    """A house in which an instance went through three tasks."""
    names = ("a", "b", "c")
    house.deploy(
        process(
            "p",
            start_event("s"),
            *(user_task(name, candidate_groups="staff") for name in names),
            end_event("e"),
            *path("s", *names, "e"),
        )
    )
    instance = house.start()
    for name in names:
        house.complete(instance, name, {name: "персональные данные"})
    return house, instance


def faults(house: House) -> list[str]:
    with house.engine.database.reading() as connection:
        return [str(fault) for fault in verify_history(connection).faults]


def change(house: House, statement: object) -> None:
    with house.engine.database.transaction() as connection:
        connection.execute(statement)


def test_what_happened_is_told_in_past_tense_and_the_chain_is_whole(lived) -> None:
    house, instance = lived
    kinds = [row.kind for row in house.rows("history_event", stream=instance)]
    assert kinds[0] == "ProcessInstanceStarted"
    assert kinds.count("TaskCompleted") == 3
    assert kinds[-1] == "ProcessInstanceCompleted"
    assert faults(house) == []


@pytest.mark.parametrize(
    "column", ["kind", "actor", "at", "payload_digest", "hash", "payload", "salt"]
)
def test_a_changed_event_shows(lived, column: str) -> None:
    house, instance = lived
    value = b"x" if column in ("payload", "salt") else "x"
    columns = history_event.c
    change(
        house,
        update(history_event)
        .where(columns.stream == instance, columns.number == 3)
        .values({column: value}),
    )
    assert any(instance in fault and "3" in fault for fault in faults(house))


def test_a_payload_that_became_text_shows(lived) -> None:
    house, instance = lived
    with house.engine.database.transaction() as connection:
        connection.execute(text("UPDATE history_event SET payload = 'x' WHERE number = 3"))
    assert any(instance in fault and "not bytes" in fault for fault in faults(house))


def test_a_removed_event_and_a_cut_tail_show(lived) -> None:
    house, instance = lived
    columns = history_event.c
    length = house.instance(instance).history_length
    change(house, delete(history_event).where(columns.stream == instance, columns.number == 2))
    assert faults(house)
    change(house, delete(history_event).where(columns.stream == instance, columns.number == length))
    assert len(faults(house)) >= 2


def test_a_removed_instance_leaves_events_that_belong_to_nothing(lived) -> None:
    house, instance = lived
    with house.engine.database.transaction() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in ("variable", "activity_instance", "task_candidate"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(text("DELETE FROM user_task"))
        connection.execute(delete(process_instance))
    assert any("belong to nothing" in fault for fault in faults(house))


def test_a_tail_cut_together_with_its_head_shows_against_an_anchor(lived, tmp_path: Path) -> None:
    house, instance = lived
    key = tmp_path / "anchor_key"
    with house.engine.database.reading() as connection:
        anchor = anchor_history(connection, key, datetime(2026, 3, 3, tzinfo=UTC))
        assert list(check_anchors(connection, anchor)) == []
    row = house.instance(instance)
    events = house.rows("history_event", stream=instance)
    columns = history_event.c
    change(
        house,
        delete(history_event).where(
            columns.stream == instance, columns.number == row.history_length
        ),
    )
    change(
        house,
        update(process_instance).values(
            history_length=row.history_length - 1, history_head=events[-2].hash
        ),
    )
    assert faults(house) == []
    with house.engine.database.reading() as connection:
        found = [str(fault) for fault in check_anchors(connection, anchor)]
        assert any("is gone" in fault for fault in found)
        forged = anchor.replace(row.history_head, "0" * 64)
        assert any("signed" in str(fault) for fault in check_anchors(connection, forged))
    assert key.stat().st_mode & 0o077 == 0


def test_erasing_payloads_by_law_keeps_the_chain_whole(lived) -> None:
    house, instance = lived
    house.execute(ErasePayloads(instance, "asked for by the person"), OPERATOR)
    assert faults(house) == []
    kept = [row.payload for row in house.rows("history_event", stream=instance)]
    assert kept[:-1] == [None] * (len(kept) - 1)
    assert house.variables(instance) == {}


def test_payloads_of_a_running_instance_stay(lived) -> None:
    house, _instance = lived
    running = house.start()
    with pytest.raises(BadCommand):
        house.execute(ErasePayloads(running, "too early"), OPERATOR)


def test_a_changed_document_and_a_changed_signature_show(lived) -> None:
    house, instance = lived
    paper = sha256(b"paper").hexdigest()
    signed = sha256(b"cms").hexdigest()
    evidence = dump_json({"cms_sha256": signed, "content_sha256": paper})
    with house.engine.database.transaction() as connection:
        uow = UnitOfWork(connection)
        now = house.clock.now
        new = NewDocument(instance, "", "p.txt", "text/plain", b"paper", "", "")
        reference = documents.add(uow, new, now)
        documents.add_signature(
            uow,
            instance_id=instance,
            task_id="t",
            document_id=reference["document"],
            signer="aigul",
            cms=b"cms",
            evidence=evidence,
            at=now,
        )
        uow.flush()
    assert faults(house) == []
    with house.engine.database.transaction() as connection:
        connection.execute(text("UPDATE document SET content = x'00'"))
    assert any("document" in fault and "changed" in fault for fault in faults(house))
    zero = sha256(b"\x00").hexdigest()
    with house.engine.database.transaction() as connection:
        connection.execute(text(f"UPDATE document SET sha256 = '{zero}'"))
    assert any("not the one signed" in fault for fault in faults(house))
    with house.engine.database.transaction() as connection:
        connection.execute(text("UPDATE signature SET cms = x'00'"))
    assert any("signature" in fault and "changed" in fault for fault in faults(house))
