"""What the store holds of an instance must be what its tokens wait for: no row more, none less."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import orjson
from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.processors.instance import live
from engine.processors.work import Work
from engine.spiff.business_rules import BusinessRuleTask
from engine.spiff.events import Catching, MessageCatch, TimerCatch
from engine.spiff.specs import CallActivity, ExternalTask, UserTask
from engine.spiff.tokens import Token
from engine.store import jobs, tables
from engine.store.instances import ACTIVE, InstanceRecord
from engine.store.unit_of_work import UnitOfWork
from tests.support.house import House

_OF_INSTANCES = (
    tables.user_task,
    tables.task_candidate,
    tables.job,
    tables.event_subscription,
    tables.variable,
    tables.activity_instance,
    tables.incident,
)


def family(house: House, instance_id: str) -> list[str]:
    """An instance with all that it called, and that they called."""
    found = [instance_id]
    for each in found:
        found += [row.id for row in house.rows("process_instance", parent_instance_id=each)]
    return found


def require_consistent(house: House, instance_ids: Collection[str]) -> None:
    """Raises AssertionError, with the instance, for whatever disagrees."""
    with house.engine.database.reading() as connection:
        for record, rows in _read(connection, instance_ids):
            try:
                if record.state == ACTIVE:
                    _require_waits(rows, record, _tokens(house, connection, record))
                else:
                    _require_nothing_left(rows, record)
            except AssertionError as error:
                raise AssertionError(f"instance {record.id}: {error}") from error


class InstanceRows:
    """The rows of one instance by table, with what is asked of them."""

    def __init__(self) -> None:
        self.by_table: dict[str, list[Any]] = defaultdict(list)
        self.children: list[InstanceRecord] = []

    def __getitem__(self, table: str) -> list[Any]:
        return self.by_table[table]

    @property
    def open_tasks(self) -> list[Any]:
        return [row for row in self["user_task"] if row.state == "open"]

    @property
    def open_incidents(self) -> list[Any]:
        return [row for row in self["incident"] if row.resolved_at is None]

    @property
    def open_activities(self) -> list[int]:
        return sorted(row.token for row in self["activity_instance"] if row.ended_at is None)

    @property
    def local_scopes(self) -> set[int]:
        return {row.scope for row in self["variable"]} - {0}

    def job_keys_without_wait(self) -> Counter[str]:
        return Counter(row.wait_key for row in self["job"] if row.wait_key is None)

    def job_keys(self, *kinds: str) -> Counter[str]:
        return Counter(row.wait_key for row in self["job"] if row.kind in kinds)


def _read(
    connection: Connection, ids: Collection[str]
) -> Iterator[tuple[InstanceRecord, InstanceRows]]:
    found = connection.execute(
        select(tables.process_instance).where(tables.process_instance.c.id.in_(ids))
    )
    records = {row.id: InstanceRecord(**row._mapping) for row in found}
    held = {id: InstanceRows() for id in records}
    for table in _OF_INSTANCES:
        for row in connection.execute(select(table).where(table.c.instance_id.in_(ids))):
            held[row.instance_id][table.name].append(row)
    for record in records.values():
        if record.parent_instance_id in held:
            held[record.parent_instance_id].children.append(record)
    for id, record in records.items():
        yield record, held[id]


def _tokens(house: House, connection: Connection, record: InstanceRecord) -> list[Token]:
    around = house.engine.surroundings
    work = Work(UnitOfWork(connection), around, Actor.system(), house.clock())
    definition = around.definitions.get(connection, record.definition_id)
    process = live(work, record, definition).execution._process
    return [token for token in process.tokens.values() if token.is_live]


def _require_waits(rows: InstanceRows, record: InstanceRecord, tokens: list[Token]) -> None:
    tasks = Counter(token.id for token in tokens if isinstance(token.task_spec, UserTask))
    assert Counter(row.token for row in rows.open_tasks) == tasks, "tasks"
    external = _keys(token for token in tokens if isinstance(token.task_spec, ExternalTask))
    assert rows.job_keys(jobs.EXTERNAL_TASK) == external, "external tasks"
    stopped = _keys(token for token in tokens if isinstance(token.task_spec, BusinessRuleTask))
    assert rows.job_keys(jobs.DECISION) == stopped, "decisions that could not be made"
    reminders = rows.job_keys(jobs.FOLLOW_UP, jobs.LISTENER) - rows.job_keys_without_wait()
    assert set(reminders) <= {str(token) for token in tasks}, "reminders of tasks"
    assert rows.job_keys(jobs.TIMER) == _keys(_catching(tokens, TimerCatch)), "timers"
    messages = Counter(row.wait_key for row in rows["event_subscription"])
    assert messages == _keys(_catching(tokens, MessageCatch)), "event subscriptions"
    _require_calls(rows, [each for each in tokens if isinstance(each.task_spec, CallActivity)])
    _require_candidates(rows)
    entered = sorted(token.id for token in tokens if token.entered)
    assert rows.open_activities == entered, "activity instances"
    _require_scopes(rows, record, {token.id for token in tokens})
    assert record.open_incidents == len(rows.open_incidents), "the count of incidents"
    waits = any(token.waits for token in tokens)
    assert waits or rows.open_incidents, "nothing is waited for, and nobody is told"


def _require_calls(rows: InstanceRows, calls: list[Token]) -> None:
    """Each call has one of: a job that starts the child, the running child, a job with its end.

    Other children that still run have a job that will cancel them.
    """
    leaving = {
        orjson.loads(row.payload)["token"] for row in rows["job"] if row.kind == jobs.CANCEL_CHILD
    }
    running = Counter(
        str(child.parent_token)
        for child in rows.children
        if child.state == ACTIVE and child.parent_token not in leaving
    )
    at_hand = rows.job_keys(jobs.START_CHILD, jobs.CHILD_ENDED) + running
    assert at_hand == _keys(calls), "call activities"


def _require_candidates(rows: InstanceRows) -> None:
    offered = {row.task_id for row in rows["task_candidate"]}
    assert offered == {row.id for row in rows.open_tasks}, "candidates"


def _require_scopes(rows: InstanceRows, record: InstanceRecord, live_ids: set[int]) -> None:
    parents = {int(scope): parent for scope, parent in orjson.loads(record.scopes).items()}
    assert rows.local_scopes == set(parents), "scopes and their variables"
    assert set(parents) <= live_ids, "scopes of tokens that are gone"
    assert set(parents.values()) <= {0, *parents}, "scopes inside of scopes that are gone"


def _require_nothing_left(rows: InstanceRows, record: InstanceRecord) -> None:
    assert record.token_state is None
    assert orjson.loads(record.scopes) == {}
    assert rows.open_tasks == rows["task_candidate"] == rows["event_subscription"] == []
    assert rows.open_activities == []
    assert rows.local_scopes == set()
    waits = {jobs.EXTERNAL_TASK, jobs.TIMER, jobs.START_CHILD, jobs.DECISION, jobs.FOLLOW_UP}
    assert [row.kind for row in rows["job"] if row.kind in waits] == []
    assert record.open_incidents == len(rows.open_incidents)


def _catching(tokens: list[Token], catch: type) -> Iterator[Token]:
    for token in tokens:
        if isinstance(token.task_spec, Catching) and isinstance(token.task_spec.catch, catch):
            yield token


def _keys(tokens: Iterator[Token] | list[Token]) -> Counter[str]:
    return Counter(token.wait_key for token in tokens)
