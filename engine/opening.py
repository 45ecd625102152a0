"""Opening an engine on a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.calendar import seed_rows
from engine.completion_check import Check
from engine.decisions import DecisionDefinitions
from engine.definitions import Definitions
from engine.external_task import Handler
from engine.forms import NO_OPTIONS, OptionsByDay
from engine.identity import Actor, Directory, OpenDirectory
from engine.jobs import EmbeddedExecutor, JobRunner
from engine.process_engine import ProcessEngine
from engine.processors.work import SignatureVerifier, Surroundings
from engine.retention import Retention
from engine.settings import EngineSettings
from engine.store import calendar_days
from engine.store.database import Database
from engine.store.migrations import migrate
from engine.store.unit_of_work import UnitOfWork

_CALENDAR_YEARS = range(2024, 2031)


def utc_now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


def open_engine(
    settings: EngineSettings,
    *,
    handlers: Mapping[str, Handler] | None = None,
    checks: Mapping[str, Check] | None = None,
    ports: Mapping[type, object] | None = None,
    directory: Directory | None = None,
    clock: Callable[[], datetime] = utc_now,
    signatures: SignatureVerifier | None = None,
    application_versions: Iterable[Path] = (),
    options: OptionsByDay = NO_OPTIONS,
    retention: Retention | None = None,
    database: Database | None = None,
) -> ProcessEngine:
    """Opens the database, brings its tables up to date, and returns the engine.

    `handlers` by topic, `checks` by name, `ports` by their class; `application_versions` are
    folders with Alembic revisions of process applications. `options` are the classifiers that forms
    choose from, `retention` what process applications erase and prune. `database` is for callers
    that opened it already (ports that need it).
    """
    store = database or Database(settings.database_url)
    with store.transaction() as connection:
        migrate(connection, application_versions)
        _seed_calendar(connection, clock())
    around = Surroundings(
        settings=settings,
        handlers=dict(handlers or {}),
        checks=dict(checks or {}),
        ports=dict(ports or {}),
        directory=directory or OpenDirectory(),
        clock=clock,
        definitions=Definitions(),
        decisions=DecisionDefinitions(),
        signatures=signatures,
        options=options,
        retention=retention or Retention(),
    )
    return ProcessEngine(store, around)


def executor_for(engine: ProcessEngine, threads: int = 4) -> EmbeddedExecutor:
    """An embedded executor for an engine, woken by its commits; not yet started."""
    around = engine.surroundings
    actor = Actor.system()
    runner = JobRunner(
        engine.execute,
        around.handlers,
        around.ports,
        engine.document_content,
        actor,
        engine.decide,
    )
    executor = EmbeddedExecutor(engine.execute, runner, actor, around.clock, threads)
    engine.on_jobs.append(executor.wake)
    return executor


def _seed_calendar(connection: Any, now: datetime) -> None:
    """Fills an empty calendar with the public holidays known today; staff correct it later."""
    uow = UnitOfWork(connection)
    if calendar_days.all_days(uow.connection):
        return
    for row in seed_rows(_CALENDAR_YEARS):
        calendar_days.put(uow, row.date, row.working, row.names, "holidays", now)
