"""One serving process for a SQLite database: a lock that the operating system frees on death."""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import datetime
from typing import IO

from sqlalchemy import delete, insert, select

from engine.errors import StoreLocked
from engine.store.database import Database
from engine.store.tables import serving_lease


class ServingLease:
    """Held by the process that serves a SQLite database; a killed holder's lease is free at once.

    PostgreSQL needs none: any number of processes may serve it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[bytes] | None = None

    def acquire(self, now: datetime) -> None:
        """Takes the lease. Raises StoreLocked, naming the holder, where another process has it."""
        if self._database.path is None:
            return
        path = self._database.path.with_name(self._database.path.name + ".lease")
        file = path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise StoreLocked(
                f"Expected to serve {self._database.path.name} alone, "
                f"but it is served by {self._holder()}"
            ) from None
        self._file = file
        holder = f"process {os.getpid()} on {socket.gethostname()}"
        with self._database.transaction() as connection:
            connection.execute(delete(serving_lease))
            connection.execute(insert(serving_lease).values(id=1, holder=holder, since=now))

    def release(self) -> None:
        """Gives the lease back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _holder(self) -> str:
        with self._database.reading() as connection:
            holder = connection.execute(select(serving_lease.c.holder)).scalar()
        return holder or "another process"
