"""Fixtures for handlers: the repository's data files, ports without a network, jobs and checks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event

import handlers
from engine.completion_check import Completion
from engine.decided import Decide
from engine.external_task import ExternalTask
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import ALMATY
from handlers.shared.wiring import Surroundings
from web.bootstrap import read_resources
from web.cli.lone_decisions import lone_decisions

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 10, 30, 0, tzinfo=ALMATY)
TODAY = NOW.date()

RunTask = Callable[..., dict[str, Any]]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def applications() -> handlers.Applications:
    return handlers.discover()


@pytest.fixture
def reference_data() -> ReferenceData:
    return ReferenceData.from_directory(ROOT / "bpmn")


@pytest.fixture(scope="session")
def decisions() -> Decide:
    """The decision tables beside the diagrams."""
    return lone_decisions(read_resources(ROOT / "bpmn"))


@pytest.fixture
def ports(
    applications: handlers.Applications, reference_data: ReferenceData, tmp_path: Path
) -> dict[type, object]:
    surroundings = Surroundings(reference_data, tmp_path, lambda: TODAY, demo=True)
    return applications.wire(surroundings)


@pytest.fixture
def run(
    applications: handlers.Applications, ports: dict[type, object], decisions: Decide
) -> RunTask:
    """Runs the handler of a topic as the engine does."""

    def run_handler(
        topic: str,
        variables: Mapping[str, object],
        *,
        at: datetime = NOW,
        key: str = "FK-B.03/2026/000002",
        job: str = "job-1",
        retries_left: int = 0,
    ) -> dict[str, Any]:
        task = ExternalTask(
            id=job,
            topic=topic,
            element_id="element",
            instance_id="instance",
            process_id="fk_b03",
            business_key=key,
            idempotency_key=job,
            variables=variables,
            now=at,
            today=at.date(),
            retries_left=retries_left,
            decisions=decisions,
        )
        return applications.handlers[topic].run(task, ports)

    return run_handler


@pytest.fixture
def example() -> Callable[[str], dict[str, Any]]:
    """The variables that are shipped to try a handler with."""

    def read(topic: str) -> dict[str, Any]:
        name = topic.partition(".")[2]
        path = ROOT / "handlers" / "fk_b03" / "examples" / f"{name}.json"
        values: dict[str, Any] = json.loads(path.read_text())
        return values

    return read


@pytest.fixture
def database(applications: handlers.Applications, tmp_path: Path) -> Iterator[Engine]:
    """A database file with the applications' tables; transactions begin as the engine's do."""
    engine = create_engine(f"sqlite:///{tmp_path / 'test.sqlite'}")

    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    for metadata in applications.metadata:
        metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def begin(database: Engine) -> Callable[[], AbstractContextManager[Connection]]:
    return database.begin


@pytest.fixture
def complete(
    applications: handlers.Applications, ports: dict[type, object], decisions: Decide
) -> Callable[..., Mapping[str, object] | None]:
    """Carries out a completion check on a connection; `signed_in`: groups, iin."""

    def carry_out(
        check: str,
        connection: Connection | None,
        variables: Mapping[str, object],
        *,
        submitted: Mapping[str, object] | None = None,
        key: str = "application-1",
        today: date = TODAY,
        status: str | None = None,
        **signed_in: Any,
    ) -> Mapping[str, object] | None:
        completion = Completion(
            element_id="element",
            instance_id=f"instance of {key}",
            process_id="fk_b03",
            business_key=key,
            user="employer",
            status=status,
            variables={**variables, **(submitted or {})},
            submitted=submitted or {},
            now=NOW + (today - TODAY),
            today=today,
            unit=None,
            party=None,
            connection=connection,
            ports=ports,
            decisions=decisions,
            **signed_in,
        )
        return applications.checks[check](completion)

    return carry_out
