"""What one transaction writes: inserts are gathered and sent as one statement a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert

from engine.store import tables

# Parents before children, so that foreign keys hold.
_ORDER = (
    tables.deployment,
    tables.resource,
    tables.process_definition,
    tables.decision_definition,
    tables.process_instance,
    tables.activity_instance,
    tables.decision_evaluation,
    tables.user_task,
    tables.task_candidate,
    tables.job,
    tables.event_subscription,
    tables.incident,
    tables.document,
    tables.signature,
    tables.signature_nonce,
    tables.upload,
    tables.dated_row,
    tables.history_event,
    tables.command_result,
)
_INSERTS = {table.name: insert(table) for table in _ORDER}


class UnitOfWork:
    """The connection of one transaction, with its gathered inserts."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._inserts: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Gathers one row; every row of a table must have the same columns."""
        self._inserts[table.name].append(dict(row))

    def pending(self, table: Table) -> list[dict[str, Any]]:
        """The rows gathered for a table and not yet sent; they may still be changed."""
        return self._inserts[table.name]

    def discard(self) -> None:
        """Forgets what was gathered and not yet sent."""
        self._inserts.clear()

    def flush(self) -> None:
        """Sends what was gathered."""
        for table in _ORDER:
            rows = self._inserts.pop(table.name, None)
            if rows:
                self.connection.execute(_INSERTS[table.name], rows)
