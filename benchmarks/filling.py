"""An installation with the data of a busy year: cases walked for real, and many copies of them.

A few applications are carried as far as they are wanted, with the product's own handlers and
signatures. Copies of their rows, under ids, numbers and enterprises of their own, stand for
everybody else's: lists, counts and searches meet as many rows, and a copy can be worked on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from benchmarks.ours import open_tasks
from engine.commands import CompleteTask, PrepareSignature, StartProcessInstance
from engine.store import tables
from engine.store.ids import new_id
from handlers.shared.email_records import email
from handlers.shared.records import cabinet_message
from tests.processes.fk_b03 import ANSWERS, BIN, START
from web.bootstrap import Installation, demo_authority, install
from web.configuration import read_configuration
from web.people import Person

APPLICATION = "fk_b03"
OWN, OWN_PARTY = "employer-1", BIN
BUSY, BUSY_PARTY = "employer-5", "150140002019"
SPECIALIST = "specialist-1"
_UNITS = ("almaty", "astana")
_SIGNED = frozenset({"request_check", "sign_application"})

_STEPS = (
    ("request_check", OWN),
    ("fill_details", OWN),
    ("fill_application", OWN),
    ("sign_application", OWN),
    ("form_demand_supply", SPECIALIST),
    ("review_application", SPECIALIST),
    ("send_list", SPECIALIST),
    ("enter_decision", SPECIALIST),
)
"""The tasks from the first one to the refusal that ends the application, and who does them."""

_CHANGED: Mapping[str, Mapping[str, object]] = {
    "fill_application": {"places": 1},
    "enter_decision": {"decision": "reject", "decision_reason": "Бюджет қаражаты таусылды"},
}
"""What is answered otherwise than in the tests."""

_OF_INSTANCE: tuple[tuple[Table, str], ...] = (
    (tables.process_instance, "id"),
    (tables.variable, "instance_id"),
    (tables.activity_instance, "instance_id"),
    (tables.decision_evaluation, "instance_id"),
    (tables.user_task, "instance_id"),
    (tables.task_candidate, "instance_id"),
    (tables.job, "instance_id"),
    (tables.event_subscription, "instance_id"),
    (tables.history_event, "stream"),
)
"""The tables a case has rows in, parents first, and the column that names the case.

Documents stay those of the case that was walked: a copy's variables name them.
"""

_IDS = frozenset({"id", "instance_id", "task_id", "stream"})


@dataclass(frozen=True)
class Amount:
    """How many copies there are. `own`: of the employer who looks, in every state; `others`: of
    other enterprises, in every state; `to_submit`: with the first form open."""

    own: int
    others: int
    to_submit: int


@dataclass(frozen=True)
class Filled:
    """What there is to look at.

    `details` and `form`: the tasks of the first two forms. `checked`, `reviewed`: a case after its
    check, a case that lies with the specialist. `to_submit`: tasks with the first form.
    """

    details: str
    form: str
    checked: str
    reviewed: str
    definition: str
    to_submit: tuple[str, ...]
    rows: Mapping[str, int]


def environment(data: Path) -> dict[str, str]:
    """What the installation is told."""
    return {"QADAM_DATA": str(data), "EDS_MODE": "demo"}


def fill(data: Path, amount: Amount) -> Filled:
    """Makes the installation's database, and closes it."""
    installation = install(read_configuration(environment(data)))
    try:
        installation.deploy(note="benchmark")
        return _fill(installation, amount)
    finally:
        installation.engine.close()


def _fill(installation: Installation, amount: Amount) -> Filled:
    walked = {
        each: _walked(installation, upto, profession)
        for each, upto, profession in (
            ("details", 1, "cashier"),
            ("form", 2, "cashier"),
            ("reviewed", 5, "storekeeper"),
            ("ended", len(_STEPS), "cashier"),
        )
    }
    engine = installation.engine
    with engine.application_transaction() as connection:
        cases = [_Case(connection, instance_id) for instance_id in walked.values()]
        numbers = count(1)
        for number in range(amount.own):
            cases[number % len(cases)].copy(connection, next(numbers), OWN_PARTY, _UNITS[0])
        for number in range(amount.others):
            party = f"{160140000000 + number % 997:012}"
            case, unit = cases[number % len(cases)], _UNITS[number // len(cases) % 2]
            case.copy(connection, next(numbers), party, unit)
        submitted = [
            cases[0].copy(connection, next(numbers), BUSY_PARTY, None)
            for _number in range(amount.to_submit)
        ]
        rows = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in (
                ("cases", tables.process_instance),
                ("tasks", tables.user_task),
                ("messages", cabinet_message),
                ("events of history", tables.history_event),
            )
        }
        definition = connection.execute(
            select(tables.process_instance.c.definition_id).where(
                tables.process_instance.c.id == walked["reviewed"]
            )
        ).scalar_one()
    return Filled(
        details=open_tasks(engine, walked["details"])[0][0],
        form=open_tasks(engine, walked["form"])[0][0],
        checked=walked["form"],
        reviewed=walked["reviewed"],
        definition=definition,
        to_submit=tuple(open_tasks(engine, instance_id)[0][0] for instance_id in submitted),
        rows=rows,
    )


def _walked(installation: Installation, upto: int, profession: str) -> str:
    """An application for a profession, in which so many tasks are done."""
    engine = installation.engine
    started = engine.execute(
        StartProcessInstance(APPLICATION, START),
        _person(installation, OWN).actor,
    )
    instance_id: str = started.instance_id
    installation.executor.run_until_idle()
    for element, user in _STEPS[:upto]:
        found = {name: task for task, name in open_tasks(engine, instance_id)}
        if element not in found:
            raise RuntimeError(f"Expected {element} to be open, but found {sorted(found)}")
        values = {**ANSWERS[element], **_CHANGED.get(element, {})}
        if "profession" in values:
            values["profession"] = profession
        command = CompleteTask(found[element], values)
        who = _person(installation, user)
        if element in _SIGNED:
            command = _signed(installation, who, command)
        engine.execute(command, who.actor)
        installation.executor.run_until_idle()
    return instance_id


def _person(installation: Installation, user: str) -> Person:
    found = installation.people.find(user)
    if found is None:
        raise RuntimeError(f"Expected {user} to be one of the people of the demonstration")
    return found


def _signed(installation: Installation, who: Person, command: CompleteTask) -> CompleteTask:
    authority = demo_authority(installation.configuration)
    if authority is None:
        raise RuntimeError("Expected a demonstration, which has keys to sign with")
    prepared = installation.engine.execute(PrepareSignature(command.task_id), who.actor)
    content = installation.engine.document_content(prepared.document_id)
    cms = authority.sign(content, iin=who.iin or "", bin=OWN_PARTY, name=who.names["ru"])
    return CompleteTask(command.task_id, command.values, cms, prepared.nonce)


class _Case:
    """The rows of one case, and of its messages."""

    def __init__(self, connection: Connection, instance_id: str) -> None:
        self._instance_id = instance_id
        self._rows = [
            (table, _rows(connection, table, column, instance_id)) for table, column in _OF_INSTANCE
        ]
        self._messages = _rows(connection, cabinet_message, "instance_id", instance_id)
        self._emails = [
            row
            for message in self._messages
            for row in _rows(connection, email, "message_id", message["id"])
        ]
        self._ids = {
            row[column]
            for _table, rows in self._rows
            for row in rows
            for column in _IDS & row.keys()
        }

    def copy(self, connection: Connection, number: int, party: str, unit: str | None) -> str:
        """Writes the case once more, as another one; returns its id."""
        ids = {each: new_id() for each in sorted(self._ids)}
        for table, rows in self._rows:
            _insert(connection, table, (_as(row, ids, number, party, unit) for row in rows))
        last = connection.execute(select(func.max(cabinet_message.c.id))).scalar() or 0
        message_ids = {row["id"]: place for place, row in enumerate(self._messages, last + 1)}
        for table, rows in ((cabinet_message, self._messages), (email, self._emails)):
            _insert(
                connection,
                table,
                (self._posted(row, message_ids, ids, number, party) for row in rows),
            )
        return ids[self._instance_id]

    def _posted(
        self,
        row: Mapping[str, Any],
        message_ids: Mapping[int, int],
        ids: Mapping[str, str],
        number: int,
        party: str,
    ) -> dict[str, Any]:
        copied = {**row, "key": f"{row['key']}/{number}", "party": party}
        if "message_id" in row:
            del copied["id"]
            return {**copied, "message_id": message_ids[row["message_id"]], "state": "sent"}
        return {
            **copied,
            "id": message_ids[row["id"]],
            "instance_id": ids[self._instance_id],
            "business_key": f"{row['business_key']}-{number}",
        }


def _as(
    row: Mapping[str, Any], ids: Mapping[str, str], number: int, party: str, unit: str | None
) -> dict[str, Any]:
    copied = {name: ids.get(value, value) if name in _IDS else value for name, value in row.items()}
    if copied.get("business_key"):
        copied["business_key"] += f"-{number}"
    if copied.get("party"):
        copied["party"] = party
    if copied.get("unit") and unit:
        copied["unit"] = unit
    if copied.get("name") == "bin" and "value" in copied:
        copied["value"] = json.dumps(party).encode()
    return copied


def _rows(connection: Connection, table: Table, column: str, value: Any) -> list[dict[str, Any]]:
    found = connection.execute(select(table).where(table.c[column] == value))
    return [dict(row._mapping) for row in found]


def _insert(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    written = list(rows)
    if written:
        connection.execute(insert(table), written)
