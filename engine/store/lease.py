"""One serving process for a SQLite database: a lock that the operating system frees on death."""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import datetime
from typing import IO

from engine.errors import StoreLocked
from engine.store.database import Database


class ServingLease:
    """Held by the process that serves a SQLite database; a killed holder's lease is free at once.

    It is a locked file beside the database, which names the holder; the database is not touched,
    so a second process is told before it could change anything. PostgreSQL needs none: any number
    of processes may serve it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[str] | None = None

    def acquire(self, now: datetime) -> None:
        """Takes the lease. Raises StoreLocked, naming the holder, where another process has it."""
        if self._database.path is None:
            return
        path = self._database.path.with_name(self._database.path.name + ".lease")
        file = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            file.close()
            raise StoreLocked(
                f"Expected to serve {self._database.path.name} alone, but it is served by {holder}"
            ) from None
        file.truncate(0)
        since = now.isoformat(timespec="seconds")
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {since}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Gives the lease back."""
        if self._file is not None:
            self._file.close()
            self._file = None
