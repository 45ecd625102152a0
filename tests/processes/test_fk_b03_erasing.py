"""After an application was erased, no table of the database knows whose it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from engine import history_check
from engine.commands import CleanUp, ErasePayloads, SaveTaskDraft
from tests.processes.fk_b03 import (
    BIN,
    SYSTEM,
    TO_CONCLUDED,
    TO_SENT,
    VACANCY,
    Office,
)

PERSONAL = {
    "name_kk": "«Ерекше атау» ЖШС",
    "name_ru": "ТОО «Ерекше атау»",
    "address_ru": "г. Алматы, ул. Приметная, 77",
    "head_kk": "Айрықша Басшы",
    "head_ru": "Айрыкша Руководитель",
    "iban": "KZ86125KZT5004100100",
    "phone": "+7 701 555 44 33",
    "email": "only.here@example.kz",
}
IIN = "850312390018"
REMARK = "Уточните у Айрыкша Руководитель"
SIGNED = {"document", "signature"}
PLACES = {
    "process_instance",
    "user_task",
    "history_event",
    "shared_cabinet_message",
    "shared_email",
    "shared_enterprise_details",
    "fk_b03_eligibility_check",
    "fk_b03_filed_head",
}
LEDGER = {"fk_b03_places_taken", "fk_b03_enterprise_year"}
"""The account of the places that the budget pays for: by BIN or IIN, without a name."""


def rejected(office: Office) -> list[str]:
    """An application that was reworked and refused; a draft was left behind on the way."""
    instance_id = office.start()
    office.do(instance_id, "fill_details", **PERSONAL, keep_details=True)
    office.walk(instance_id, *TO_SENT[1:], "form_demand_supply")
    person, task = office.task(instance_id, "review_application")
    office.engine.execute(SaveTaskDraft(task.id, {"note": REMARK}), person.actor)
    office.do(instance_id, "review_application", review="remark")
    office.do(instance_id, "enter_remark", remark=REMARK)
    office.walk(instance_id, "advise_employer", "answer_remark")
    office.do(instance_id, "correct_details", **PERSONAL)
    office.walk(instance_id, "correct_form", "sign_again", "review_application", "send_list")
    office.do(instance_id, "enter_decision", decision="reject", decision_reason=REMARK)
    return [instance_id]


def fulfilled(office: Office) -> list[str]:
    """An application with its contract and its vacancy, up to the end of both."""
    instance_id = office.start()
    office.do(instance_id, "fill_details", **PERSONAL, keep_details=True)
    office.walk(
        instance_id,
        *TO_SENT[1:],
        "form_demand_supply",
        "review_application",
        "send_list",
        "enter_decision",
    )
    contract_id = office.contracts()[-1]
    office.walk(contract_id, *TO_CONCLUDED)
    office.do(instance_id, "publish_vacancy", **VACANCY)
    office.clock.advance(days=30)
    office.work()
    office.do(instance_id, "report_vacancy")
    return [instance_id, contract_id]


def holding(office: Office, *values: str) -> dict[str, set[str]]:
    """The tables that hold one of these values in any column, with the values."""
    found: dict[str, set[str]] = {}
    path = office.engine.database.path
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for row in connection.execute(f"SELECT * FROM {table}"):
                text = " ".join(map(_text, row))
                for value in values:
                    if value in text or json.dumps(value)[1:-1] in text:
                        found.setdefault(table, set()).add(value)
    return found


def _text(value: object) -> str:
    return value.decode(errors="ignore") if isinstance(value, bytes) else str(value)


@pytest.fixture(params=[rejected, fulfilled], ids=["rejected", "fulfilled"])
def erased(office: Office, request: pytest.FixtureRequest) -> Iterator[tuple[Office, list[str]]]:
    """An office whose one application was erased, and the ids of its cases."""
    cases = request.param(office)
    before = holding(office, *PERSONAL.values(), IIN, BIN)
    assert set().union(*before.values()) == {*PERSONAL.values(), IIN, BIN}
    assert before.keys() >= {*PLACES, "signature", *LEDGER}
    owner = office.person("owner-1").actor
    for instance_id in cases:
        assert office.row(instance_id).state != "active"
        office.engine.execute(ErasePayloads(instance_id, "by law"), owner)
    yield office, cases


def test_only_signed_documents_and_the_ledger_know_whose_it_was(
    erased: tuple[Office, list[str]],
) -> None:
    office, _cases = erased
    found = holding(office, *PERSONAL.values(), IIN, BIN, REMARK)
    assert found.keys() <= SIGNED | LEDGER
    assert all(found[table] == {BIN} for table in LEDGER)
    with office.engine.database.reading() as connection:
        assert history_check.verify_history(connection).faults == ()


def test_when_the_term_is_over_the_signed_documents_go_too(
    erased: tuple[Office, list[str]],
) -> None:
    office, cases = erased
    owner = office.person("owner-1").actor
    for instance_id in cases:
        command = ErasePayloads(instance_id, "the term is over", signed_documents=True)
        office.engine.execute(command, owner)
    office.engine.execute(CleanUp(), SYSTEM)
    found = holding(office, *PERSONAL.values(), IIN, BIN, REMARK)
    assert found.keys() == LEDGER
    assert not any(office.queries.instance(SYSTEM, each).documents for each in cases)
    with office.engine.database.reading() as connection:
        assert history_check.verify_history(connection).faults == ()


def test_the_case_is_still_to_be_seen_without_what_it_held(
    erased: tuple[Office, list[str]],
) -> None:
    office, cases = erased
    detail = office.queries.instance(SYSTEM, cases[0])
    assert (detail.row.party, detail.row.title, dict(detail.variables)) == (None, None, {})
    assert detail.row.business_key
    assert detail.steps
    assert detail.documents
    assert all(each.signatures for each in detail.documents)
