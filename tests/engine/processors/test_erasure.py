"""Erasing what an ended case holds of people, wherever the engine keeps it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from engine import history_check
from engine.commands import (
    CompleteTask,
    ErasePayloads,
    PrepareSignature,
    SaveTaskDraft,
    UploadDocument,
)
from engine.errors import BadCommand, NotAllowed
from engine.retention import ErasedInstance, Retention, on_erasure
from tests.support.diagrams import (
    Element,
    call_activity,
    end_event,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.files import png
from tests.support.house import OPERATOR, House, person
from tests.support.papers import FORM, every_signature_of, letter

NAME = "Ерекшеева Айман"


def case() -> Element:
    """A case whose title and party name a person, with a form, a letter, and a call to a child."""
    return process(
        "p",
        start_event("s"),
        service_task("write", topic="write"),
        user_task("a", candidate_groups="staff", form_key="p/forms/paper.json"),
        user_task("sign", candidate_groups="staff", properties={"signatureDocument": "${letter}"}),
        call_activity("call", "child"),
        user_task("b", candidate_groups="staff", form_key="p/forms/paper.json"),
        end_event("e"),
        *path("s", "write", "a", "sign", "call", "b", "e"),
        properties={"inputs": "who", "title": "${who}", "party": "${who}"},
    )


def child() -> Element:
    return process(
        "child",
        start_event("s"),
        user_task("c", candidate_groups="staff"),
        end_event("e"),
        *path("s", "c", "e"),
    )


@pytest.fixture
def lived(make_house) -> Iterator[tuple[House, str]]:
    """A house with an ended case of the person, and one of another that goes on."""
    house = make_house(handlers={"write": letter}, signatures=every_signature_of(NAME))
    house.deploy(case(), child(), files={"p/forms/paper.json": json.dumps(FORM).encode()})
    instance = house.start("p", {"who": NAME})
    (task,) = house.tasks(instance, "a")
    house.execute(SaveTaskDraft(task, {"note": NAME}))
    kept = house.execute(UploadDocument("paper", f"{NAME}.png", png(), task_id=task))
    house.complete(instance, "a", {"paper": kept.upload_id, "note": NAME})
    (task,) = house.tasks(instance, "sign")
    house.execute(PrepareSignature(task))
    prepared = house.execute(PrepareSignature(task))
    house.execute(CompleteTask(task, {}, NAME.encode(), prepared.nonce))
    house.work()
    (row,) = house.rows("process_instance", parent_instance_id=instance)
    house.complete(row.id, "c", {"said": NAME})
    (task,) = house.tasks(instance, "b")
    house.execute(SaveTaskDraft(task, {"note": NAME}))
    house.execute(UploadDocument("paper", f"{NAME}.png", png(), task_id=task))
    house.complete(instance, "b", {"note": NAME})
    house.start("p", {"who": "Басқа"})
    yield house, instance


def holding(house: House, value: str) -> set[str]:
    """The tables of the database file that hold a value, whatever the column."""
    found = set()
    with closing(sqlite3.connect(house.engine.database.path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f"SELECT * FROM {table}"):
                text = " ".join(
                    each.decode(errors="ignore") if isinstance(each, bytes) else str(each)
                    for each in row
                )
                if value in text or json.dumps(value)[1:-1] in text:
                    found.add(table)
    return found


def test_erasing_leaves_only_what_was_signed(lived) -> None:
    house, instance = lived
    assert holding(house, NAME) >= {
        "process_instance",
        "variable",
        "user_task",
        "history_event",
        "upload",
        "document",
        "signature",
    }
    house.execute(ErasePayloads(instance, "asked for"), OPERATOR)
    assert holding(house, NAME) == {"document", "signature"}
    (kept,) = house.rows("document", instance_id=instance)
    assert kept.content == f"Dear {NAME}".encode()
    assert house.rows("signature_nonce") == []


def test_with_signed_documents_nothing_is_left(lived) -> None:
    house, instance = lived
    house.execute(ErasePayloads(instance, "asked for"), OPERATOR)
    house.execute(ErasePayloads(instance, "the term is over", signed_documents=True), OPERATOR)
    assert holding(house, NAME) == set()
    with house.engine.database.reading() as connection:
        assert history_check.verify_history(connection).faults == ()
    told = [
        json.loads(row.payload)["reason"]
        for row in house.rows("history_event", stream=instance)
        if row.payload
    ]
    assert told == ["asked for", "the term is over"]


def test_other_cases_keep_everything(lived) -> None:
    house, instance = lived
    house.execute(ErasePayloads(instance, "asked for", signed_documents=True), OPERATOR)
    assert holding(house, "Басқа") == {
        "process_instance",
        "variable",
        "user_task",
        "task_candidate",
        "history_event",
        "document",
    }


def test_a_failed_job_goes_with_its_incidents_text(make_house) -> None:
    def fail(who: str) -> None:
        raise RuntimeError(f"{who} was not found")

    house = make_house(handlers={"write": fail})
    house.deploy(
        process(
            "p",
            start_event("s"),
            end_event("e"),
            *path("s", "e"),
            properties={"inputs": "who", "statusTopic": "write"},
        )
    )
    instance = house.start("p", {"who": NAME})
    with house.engine.database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO job (id, kind, tenant, instance_id, definition_id, scope, payload,"
            " created_at, due_at, priority, retries, attempts, fencing_token, last_error)"
            " SELECT 'j', 'message', '', id, definition_id, 0, ?, started_at, started_at, 0, 1,"
            " 3, 3, ? FROM process_instance",
            (json.dumps({"who": NAME}).encode(), f"{NAME} was not found"),
        )
    with pytest.raises(BadCommand, match="still to be done"):
        house.execute(ErasePayloads(instance, "too early"), OPERATOR)
    with house.engine.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE job SET retries = 0")
        connection.exec_driver_sql(
            "INSERT INTO incident (id, tenant, kind, instance_id, job_id, message, created_at)"
            " SELECT 'i', '', 'failed_job', instance_id, id, last_error, created_at FROM job"
        )
    house.execute(ErasePayloads(instance, "asked for"), OPERATOR)
    assert holding(house, NAME) == set()
    (incident,) = house.rows("incident")
    assert (incident.message, incident.resolved_by) == ("(erased)", "operator")


def test_applications_erase_their_own(make_house) -> None:
    told: list[ErasedInstance] = []

    @on_erasure
    def forget(erased: ErasedInstance) -> None:
        told.append(erased)

    house = make_house(handlers={"write": letter}, retention=Retention((forget,)))
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("write", topic="write"),
            end_event("e"),
            *path("s", "write", "e"),
            properties={"inputs": "who", "party": "${who}"},
        )
    )
    instance = house.start("p", {"who": NAME})
    events = house.rows("history_event", stream=instance, kind="ExternalTaskCompleted")
    jobs = frozenset(json.loads(row.payload)["job"] for row in events)
    house.execute(ErasePayloads(instance, "asked for"), OPERATOR)
    (erased,) = told
    assert (erased.instance_id, erased.party, erased.signed) == (instance, NAME, False)
    assert erased.jobs == jobs != frozenset()


def test_only_a_process_owner_erases(lived) -> None:
    house, instance = lived
    with pytest.raises(NotAllowed):
        house.execute(ErasePayloads(instance, "curious"), person("aigul"))
    assert "variable" in holding(house, NAME)
