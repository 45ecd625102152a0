"""The workload on Qadam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks import fk_b03
from engine import EngineSettings, ProcessEngine, open_engine
from engine.commands import CompleteTask, Deploy, PrepareSignature, StartProcessInstance
from engine.identity import Actor
from engine.opening import executor_for
from engine.store.tables import process_instance, user_task

CLERK = Actor("aigul", fk_b03.GROUPS, units=None, parties=None)
OWNER = Actor("owner", frozenset({"process_owner"}), units=None, parties=None)


class Clock:
    """The clock of the workload: it stands still unless it is moved."""

    def __init__(self) -> None:
        self._now = fk_b03.NOW

    def __call__(self) -> Any:
        return self._now

    def advance(self, days: int) -> None:
        """Moves it on."""
        self._now += timedelta(days=days)


class Ours:
    """FK-B.03 on Qadam."""

    def __init__(self, engine: ProcessEngine) -> None:
        self.engine = engine
        self._executor = executor_for(engine)
        self._commands = count(1)

    def start(self) -> str:
        """Starts an application; returns its id."""
        command = StartProcessInstance(
            fk_b03.APPLICATION, fk_b03.START, command_id=self._command_id()
        )
        return str(self.engine.execute(command, CLERK).instance_id)

    def complete(self, task_id: str, values: Mapping[str, object]) -> None:
        """Completes a task that asks for no signature."""
        self.engine.execute(CompleteTask(task_id, values, command_id=self._command_id()), CLERK)

    def sign(self, task_id: str, values: Mapping[str, object]) -> None:
        """Signs and completes a task."""
        prepared = self.engine.execute(PrepareSignature(task_id), CLERK)
        command = CompleteTask(
            task_id,
            values,
            signature=prepared.nonce.encode(),
            nonce=prepared.nonce,
            command_id=self._command_id(),
        )
        self.engine.execute(command, CLERK)

    def work(self) -> None:
        """Carries out what is automatic."""
        self._executor.run_until_idle()

    def _command_id(self) -> str:
        return f"command-{next(self._commands)}"


def open_deployed(
    file: Path, form_bytes: int = fk_b03.FORM_BYTES, clock: Clock | None = None
) -> ProcessEngine:
    """An engine on a new database, with FK-B.03 deployed."""
    engine = open_engine(
        EngineSettings(database_url=f"sqlite:///{file}"),
        handlers=fk_b03.handlers(),
        checks=fk_b03.checks(),
        signatures=fk_b03.EverySignatureHolds(),
        options=fk_b03.EveryCodeIsKnown(),
        clock=clock or Clock(),
    )
    engine.execute(Deploy("benchmark", fk_b03.resources(form_bytes)), OWNER)
    return engine


def open_tasks(engine: ProcessEngine, instance_id: str) -> list[tuple[str, str]]:
    """(task, element) of what is open in an instance, oldest first."""
    columns = user_task.c
    with engine.database.reading() as connection:
        rows = connection.execute(
            select(columns.id, columns.element_id)
            .where(columns.instance_id == instance_id, columns.state == "open")
            .order_by(columns.created_at, columns.id)
        )
        return [(row.id, row.element_id) for row in rows]


def instances(engine: ProcessEngine) -> list[Any]:
    """The rows of all instances, oldest first."""
    with engine.database.reading() as connection:
        return list(connection.execute(select(process_instance).order_by(process_instance.c.id)))
