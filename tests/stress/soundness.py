"""What the database must hold whatever happened to the server."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Table, select

from engine.history_check import verify_history
from engine.store import tables
from engine.store.database import Database
from tests.stress.processes import PASSAGES

# Events that an instance has at most one of; and events with the part of their payload that names
# what happened, which happens once.
_ONCE_AN_INSTANCE = ("ProcessInstanceStarted", "ProcessInstanceCompleted")
_ONCE_EACH = {
    "TaskCompleted": "task",
    "ExternalTaskCompleted": "job",
    "TimerFired": "element",
    "ChildInstanceCompleted": "child",
}


@dataclass(frozen=True)
class Event:
    """One event of history with its payload."""

    stream: str
    kind: str
    actor: str
    payload: Mapping[str, Any]


class Holdings:
    """One consistent view of a database, read when it is made."""

    def __init__(self, connection: Connection) -> None:
        self.report = verify_history(connection)
        self.instances = {row.id: row for row in _rows(connection, tables.process_instance)}
        self.tasks = {row.id: row for row in _rows(connection, tables.user_task)}
        self.jobs = _rows(connection, tables.job)
        self.incidents = _rows(connection, tables.incident)
        self.activities: dict[str, list[Any]] = defaultdict(list)
        for row in _rows(connection, tables.activity_instance):
            self.activities[row.instance_id].append(row)
        self.results = {
            (row.sender, row.command_id.rpartition(":")[2]): orjson.loads(row.result)
            for row in _rows(connection, tables.command_result)
        }
        self.numbers: dict[str, list[str]] = defaultdict(list)
        for row in _rows(connection, tables.variable):
            if row.name == "number":
                self.numbers[orjson.loads(row.value)].append(row.instance_id)
        self.events = [
            Event(row.stream, row.kind, row.actor, orjson.loads(row.payload))
            for row in _rows(connection, tables.history_event)
        ]

    def of_kind(self, kind: str) -> list[Event]:
        """The events of one kind, chain by chain."""
        return [event for event in self.events if event.kind == kind]

    def completions(self) -> dict[str, Event]:
        """The one result that was committed under each idempotency key."""
        return {event.payload["job"]: event for event in self.of_kind("ExternalTaskCompleted")}

    def require_sound(self) -> None:
        """Chains are whole, and nothing happened twice."""
        assert self.report.faults == (), self.report.faults
        twice = [what for what, times in Counter(self._happenings()).items() if times > 1]
        assert twice == [], twice
        too_often = list(self._too_often())
        assert too_often == [], too_often

    def require_completed(self, process_id: str) -> list[str]:
        """Every instance of a process is over, and passed each element as often as it should.

        Returns the ids of the instances.
        """
        found = [id for id, row in self.instances.items() if row.process_id == process_id]
        for id in found:
            row, passed = self.instances[id], self.activities[id]
            assert row.state == "completed", (id, row.state)
            assert Counter(each.element_id for each in passed) == PASSAGES[process_id], id
            assert {each.outcome for each in passed} == {"completed"}, id
            assert all(each.ended_at is not None for each in passed), id
        started = Counter(event.stream for event in self.of_kind("ProcessInstanceStarted"))
        ended = Counter(event.stream for event in self.of_kind("ProcessInstanceCompleted"))
        assert {id: (started[id], ended[id]) for id in found} == dict.fromkeys(found, (1, 1))
        return found

    def _too_often(self) -> Iterator[tuple[str, str, int]]:
        """(instance, element, times) of what was passed more often than the diagram allows."""
        for id, passed in self.activities.items():
            allowed = PASSAGES[self.instances[id].process_id]
            for element, times in Counter(each.element_id for each in passed).items():
                if times > allowed[element]:
                    yield id, element, times

    def _happenings(self) -> Iterator[tuple[str, ...]]:
        """A name for all that may happen once, in diagrams without loops."""
        for id, passed in self.activities.items():
            yield from (("token", id, str(each.token)) for each in passed)
        for row in self.tasks.values():
            yield ("offered", row.instance_id, row.element_id)
        for event in self.events:
            if event.kind in _ONCE_AN_INSTANCE:
                yield (event.kind, event.stream)
            elif event.kind in _ONCE_EACH:
                yield (event.kind, event.stream, str(event.payload[_ONCE_EACH[event.kind]]))


@contextmanager
def holdings(data: Path) -> Iterator[Holdings]:
    """Looks into the database of a data folder, beside the server that has it."""
    with _reading(data) as connection:
        yield Holdings(connection)


def is_at_rest(data: Path) -> bool:
    """Whether no job is left."""
    with _reading(data) as connection:
        return connection.execute(select(tables.job.c.id).limit(1)).first() is None


@contextmanager
def _reading(data: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{data / 'qadam.sqlite'}")
    try:
        with database.reading() as connection:
            yield connection
    finally:
        database.close()


def _rows(connection: Connection, table: Table) -> list[Any]:
    return list(connection.execute(select(table)))
