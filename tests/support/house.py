"""An engine to live in for one test: a clock that is set, an executor that is asked to work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import EngineSettings, open_engine
from engine.commands import (
    Command,
    CompleteTask,
    Deploy,
    FetchAndLockJobs,
    StartProcessInstance,
)
from engine.completion_check import Check
from engine.external_task import Handler, external_task, read_handler
from engine.identity import Actor, Directory, OpenDirectory
from engine.opening import executor_for
from engine.processors.work import SignatureVerifier
from engine.results import Completed, Deployed, LockedJob, Started
from engine.retention import Retention
from engine.store import tables
from tests.support.diagrams import Element, diagram

BEGINNING = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ANYONE = frozenset({"staff", "employer", "specialist", "director"})


def person(user: str = "aigul", *groups: str, **keywords: Any) -> Actor:
    """Someone who sees every unit and party, in the given groups or in all of the tests'."""
    keywords = {"units": None, "parties": None, **keywords}
    return Actor(user, frozenset(groups) or ANYONE, **keywords)


OPERATOR = person("operator", "operator", "process_owner", "unit_head")
SYSTEM = Actor.system()


class Clock:
    """The engine's clock, moved by the test."""

    def __init__(self, now: datetime = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


class House:
    """An engine on a database in a folder, with what tests ask of it in a line each."""

    def __init__(
        self,
        folder: Path,
        *,
        handlers: Mapping[str, Callable[..., Any]] | None = None,
        checks: Mapping[str, Check] | None = None,
        ports: Mapping[type, object] | None = None,
        directory: Directory | None = None,
        signatures: SignatureVerifier | None = None,
        retention: Retention | None = None,
        clock: Clock | None = None,
        settings: Mapping[str, Any] | None = None,
        url: str | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.engine = open_engine(
            EngineSettings(
                database_url=url or f"sqlite:///{folder / 'house.sqlite'}", **(settings or {})
            ),
            handlers={topic: handle(topic, given) for topic, given in (handlers or {}).items()},
            checks=checks,
            ports=ports,
            directory=directory or OpenDirectory(),
            signatures=signatures,
            retention=retention,
            clock=self.clock,
        )
        self.executor = executor_for(self.engine)

    def close(self) -> None:
        self.engine.close()

    def execute(self, command: Command, actor: Actor | None = None) -> Any:
        return self.engine.execute(command, actor or person())

    def deploy(self, *processes: Element, files: Mapping[str, bytes] | None = None) -> Deployed:
        """Deploys processes, a diagram each, with other files beside them."""
        diagrams = {f"{node.get('id')}.bpmn": diagram(node) for node in processes}
        resources = {**diagrams, **(files or {})}
        result: Deployed = self.execute(Deploy("house", resources), OPERATOR)
        return result

    def start(
        self,
        process_id: str = "p",
        variables: Mapping[str, object] | None = None,
        actor: Actor | None = None,
        **keywords: Any,
    ) -> str:
        """Starts an instance and works off what is due; returns its id."""
        started: Started = self.execute(
            StartProcessInstance(process_id, variables or {}, **keywords), actor
        )
        self.work()
        return started.instance_id

    def work(self) -> int:
        """Works off all due jobs."""
        return self.executor.run_until_idle()

    def complete(
        self,
        instance_id: str,
        element_id: str,
        values: Mapping[str, object] | None = None,
        actor: Actor | None = None,
        index: int = 0,
    ) -> Completed:
        """Completes the index-th open task of an element and works off what is due."""
        task_id = self.tasks(instance_id, element_id)[index]
        result: Completed = self.execute(CompleteTask(task_id, values or {}), actor)
        self.work()
        return result

    def lock(self, *topics: str, worker: str = "w1", **keywords: Any) -> list[LockedJob]:
        """Leases external tasks of topics, as a worker would."""
        locked = self.execute(
            FetchAndLockJobs(worker, topics=frozenset(topics), **keywords), SYSTEM
        )
        return list(locked.jobs)

    # -- what the store holds

    def rows(self, table: str, **where: Any) -> list[Any]:
        columns = getattr(tables, table).c
        query = select(getattr(tables, table)).where(
            *(columns[name] == value for name, value in where.items())
        )
        with self.engine.database.reading() as connection:
            return list(connection.execute(query))

    def open(self, instance_id: str) -> list[str]:
        """The elements of the open tasks of an instance, sorted."""
        rows = self.rows("user_task", instance_id=instance_id, state="open")
        return sorted(row.element_id for row in rows)

    def tasks(self, instance_id: str, element_id: str) -> list[str]:
        """The ids of an element's open tasks in the order of their creation."""
        rows = self.rows("user_task", instance_id=instance_id, state="open", element_id=element_id)
        return sorted(row.id for row in rows)

    def instance(self, instance_id: str) -> Any:
        return self.rows("process_instance", id=instance_id)[0]

    def state(self, instance_id: str) -> str:
        return str(self.instance(instance_id).state)

    def variables(self, instance_id: str, scope: int = 0) -> dict[str, Any]:
        import orjson

        rows = self.rows("variable", instance_id=instance_id, scope=scope)
        return {row.name: orjson.loads(row.value) for row in rows if not row.name.startswith("#")}

    def events(self, instance_id: str, kind: str) -> list[Any]:
        """The payloads of one kind of event in the instance's history, oldest first."""
        found = self.engine.queries.history(OPERATOR, instance_id)
        return [event.payload for event in found if event.kind == kind]

    def incidents(self, **where: Any) -> list[Any]:
        return [row for row in self.rows("incident", **where) if row.resolved_at is None]

    def snapshot(self) -> dict[str, list[Any]]:
        """Every row of every table, to see that nothing changed."""
        names = [table.name for table in tables.metadata.sorted_tables]
        return {name: sorted(map(repr, self.rows(name))) for name in names}


def handle(topic: str, function: Callable[..., Any]) -> Handler:
    """A handler of a topic from a plain function."""
    return read_handler(external_task(topic)(function))
