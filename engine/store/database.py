"""The database: on SQLite one writer at a time and many readers; on PostgreSQL its own locks."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.pool import QueuePool, StaticPool

from engine.errors import BadCommand

_LOST = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization_failure and deadlock_detected."""


class TransactionConflict(Exception):
    """The transaction lost against another one; it may be tried again from its beginning."""


class FairLock:
    """A lock that serves those who wait in the order they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def __enter__(self) -> FairLock:
        with self._guard:
            if not self._held and not self._waiting:
                self._held = True
                return self
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()
        return self

    def __exit__(self, *_exception: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


class Database:
    """Connections to one database, for commands (`transaction`) and for queries (`reading`)."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._lock = FairLock()
        if self.is_sqlite:
            self.path = Path(self.url.database) if self.url.database else None
            if self.path is not None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self.writer, self.reader = self._sqlite_engines()
        else:
            self.path = None
            self.writer = create_engine(self.url, pool_pre_ping=True)
            self.reader = self.writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    def _sqlite_engines(self) -> tuple[Engine, Engine]:
        arguments = {"check_same_thread": False, "timeout": 30}
        if self.path is None:
            writer = create_engine(self.url, poolclass=StaticPool, connect_args=arguments)
            _prepare_sqlite(writer)
            return writer, writer
        writer = create_engine(
            self.url, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=arguments
        )
        reader = create_engine(
            self.url, poolclass=QueuePool, pool_size=8, max_overflow=16, connect_args=arguments
        )
        _prepare_sqlite(writer)
        _prepare_sqlite(reader)
        return writer, reader

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction: committed at the end, rolled back if anything is raised.

        Raises TransactionConflict where the database gives it up for another one, BadCommand where
        it can't keep a text.
        """
        if not self.is_sqlite:
            with _telling_faults(), self.writer.begin() as connection:
                yield connection
            return
        with self._lock, self.writer.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view for queries."""
        shared = self.is_sqlite and self.writer is self.reader
        with self._lock if shared else nullcontext(), self.reader.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            yield connection

    def close(self) -> None:
        """Closes every connection."""
        self.writer.dispose()
        if self.reader is not self.writer:
            self.reader.dispose()


@contextmanager
def _telling_faults() -> Iterator[None]:
    """PostgreSQL's faults that are no defects, in the engine's own errors."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in _LOST:
            raise TransactionConflict(str(error.orig)) from error
        raise
    except DataError as error:
        raise BadCommand(f"Expected text that the database can keep: {error.orig}") from error


def _prepare_sqlite(engine: Engine) -> None:
    """Sets up each connection. The driver begins no transactions: `Database` does.

    A listener to SQLAlchemy's "begin" could do it too, but it makes every statement dearer.
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.execute("PRAGMA cache_size=-65536")
        cursor.close()
