"""The messages that process applications put into an enterprise's cabinet."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from engine.identity import Actor
from handlers.shared.records import CabinetRow, messages_of


class Readable(Protocol):
    """A database that can be read."""

    def reading(self) -> AbstractContextManager[Any]: ...


class CabinetInbox:
    """Reads the cabinet's messages for the enterprises of an actor, newest first."""

    def __init__(self, database: Readable) -> None:
        self._database = database

    def __call__(self, actor: Actor, limit: int = 100) -> Sequence[CabinetRow]:
        """At most `limit` messages; none for someone who stands for no enterprise."""
        if not actor.parties:
            return ()
        with self._database.reading() as connection:
            return messages_of(connection, sorted(actor.parties), limit)
