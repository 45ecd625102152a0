"""Qadam as `qadam serve` serves it, but doomed: at a named moment it kills its process group.

All of it is the product: gunicorn with its worker, the web, the engine, the executor. Test-only
are the points below, which are wrapped around it, the process application of the errands, and a
lease of a second and a half instead of a minute, with a rest to match, so that what a dead server
had begun is taken up again while the test looks. Each server is forked from a process that has
imported everything and opened nothing (as gunicorn forks its worker), which is what makes fifty
restarts quick.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import Connection, event

from engine.jobs import embedded
from engine.store.database import Database
from handlers import discover
from tests.stress import errand
from tests.stress.served import await_ready
from tests.stress.waiting import PATIENCE
from web import bootstrap
from web.bootstrap import install
from web.configuration import Configuration, read_configuration
from web.serving import Server

BEFORE_STATEMENT = "before the first statement"
AFTER_WRITE = "after a statement that writes"
BEFORE_COMMIT = "before commit"
DURING_COMMIT = "during commit"
AFTER_COMMIT = "after commit"
BEFORE_ANSWER = "committed but unanswered"
IN_HANDLER = "in a handler"
ANY_TIME = "any time"

APPLICATIONS = discover([errand.__name__])
LEASE = timedelta(seconds=1.5)
REST = 0.5
_WRITING = ("INSERT", "UPDATE", "DELETE")
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__, "gunicorn.arbiter", "gunicorn.workers.gthread", "sqlite3"])


@dataclass(frozen=True)
class Doom:
    """Where a server dies: at the `passage`-th time that the point is passed.

    `delay` is in seconds: of COMMIT, how far into it; of ANY_TIME, after the first answer.
    """

    point: str
    passage: int = 1
    delay: float = 0.0


class Fate:
    """Counts how often the doomed point is passed, and kills."""

    def __init__(self, doom: Doom | None) -> None:
        self._doom = doom
        self._guard = threading.Lock()
        self._passages = 0

    def passes(self, point: str) -> None:
        """Kills the process group here, if here and now is where it dies."""
        if self._is_now(point):
            _kill_own_group()

    def begins_commit(self) -> None:
        """Kills the process group a little later, while the calling thread commits."""
        if self._doom is not None and self._is_now(DURING_COMMIT):
            threading.Thread(target=_kill_own_group, args=(self._doom.delay,)).start()

    def _is_now(self, point: str) -> bool:
        if self._doom is None or self._doom.point != point:
            return False
        with self._guard:
            self._passages += 1
            return self._passages == self._doom.passage


class FragileServer(Server):
    """The server, with the last point before an answer goes out."""

    def __init__(self, configuration: Configuration, fate: Fate) -> None:
        self._fate = fate
        super().__init__(configuration)

    def load(self) -> Any:
        application = super().load()
        application.wsgi_app = _answering(application.wsgi_app, self._fate)
        return application


class Fragile:
    """One fragile server in a process group of its own. `fresh`: it deploys first."""

    def __init__(
        self,
        told: Mapping[str, str],
        log: Path,
        doom: Doom | None = None,
        *,
        fresh: bool = False,
    ) -> None:
        self.port = int(told["QADAM_PORT"])
        self._log = log
        self.process = _forks.Process(target=_serve, args=(dict(told), log, doom, fresh))
        self.process.start()

    def ready(self) -> bool:
        """Waits until it answers; False where it was killed on its way."""
        return await_ready(self.port, self.is_alive)

    def said(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def is_alive(self) -> bool:
        return self.process.is_alive()

    def require_killed(self) -> None:
        """Fails where it ended otherwise."""
        assert self.process.exitcode == -signal.SIGKILL, (self.process.exitcode, self.said())

    def kill(self) -> None:
        """Kills its process group."""
        if self.process.is_alive():
            os.killpg(int(self.process.pid or 0), signal.SIGKILL)
            self.process.join(PATIENCE)

    def end(self) -> int | None:
        """Asks it to end (SIGTERM); returns its exit code."""
        self.process.terminate()
        self.process.join(PATIENCE)
        return self.process.exitcode


def _serve(told: dict[str, str], log: Path, doom: Doom | None, fresh: bool) -> None:
    os.setsid()
    _say_into(log)
    mock.patch.object(embedded, "_LEASE", LEASE).start()
    mock.patch.object(embedded, "_LONGEST_REST", REST).start()
    mock.patch.object(bootstrap, "discover", return_value=APPLICATIONS).start()
    fate = Fate(doom)
    _guard_transactions(fate)
    _guard_handlers(fate)
    configuration = read_configuration(told)
    if fresh:
        installation = install(configuration)
        installation.deploy()
        installation.engine.close()
    FragileServer(configuration, fate).run()


def _guard_transactions(fate: Fate) -> None:
    original = Database.transaction

    @contextmanager
    def transaction(database: Database) -> Iterator[Connection]:
        with original(database) as connection:
            fate.passes(BEFORE_STATEMENT)
            before = _changes(connection)
            event.listen(connection, "after_cursor_execute", _after_write(fate))
            yield connection
            wrote = _changes(connection) > before
            if wrote:
                fate.passes(BEFORE_COMMIT)
                fate.begins_commit()
        if wrote:
            fate.passes(AFTER_COMMIT)

    mock.patch.object(Database, "transaction", transaction).start()


def _after_write(fate: Fate) -> Callable[..., None]:
    def after(_connection: Any, _cursor: Any, statement: str, *_rest: object) -> None:
        if statement.startswith(_WRITING):
            fate.passes(AFTER_WRITE)

    return after


def _guard_handlers(fate: Fate) -> None:
    original = errand.Ledger.write

    def write(ledger: errand.Ledger, entry: errand.Entry) -> None:
        if entry.event == errand.DONE:
            fate.passes(IN_HANDLER)
        original(ledger, entry)

    mock.patch.object(errand.Ledger, "write", write).start()


def _answering(application: Callable[..., Any], fate: Fate) -> Callable[..., Any]:
    """The application; a command was committed, and nothing of its answer is written yet."""

    def answer(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        statuses: list[str] = []

        def start(status: str, *rest: Any) -> Any:
            statuses.append(status)
            return start_response(status, *rest)

        body: Iterable[bytes] = application(request, start)
        pressed = request["REQUEST_METHOD"] == "POST" and request["PATH_INFO"] != "/sign-in"
        if pressed and statuses[-1].startswith("302"):
            fate.passes(BEFORE_ANSWER)
        return body

    return answer


def _changes(connection: Connection) -> int:
    """How many rows the database connection has changed in its life."""
    changed: int = connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
    return changed


def _kill_own_group(delay: float = 0.0) -> None:
    time.sleep(delay)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _say_into(log: Path) -> None:
    """Sends what this process and its children print to a file."""
    with log.open("ab") as output:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(output.fileno(), stream.fileno())
