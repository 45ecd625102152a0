"""Counting what goes to the database, by the events of SQLAlchemy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from engine import ProcessEngine
from engine.commands import Command
from engine.identity import Actor


@dataclass
class Counts:
    """`statements` by their first word, BEGIN left out; `rows` are the rows that were sent."""

    statements: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    commits: int = 0

    @property
    def total(self) -> int:
        """All statements."""
        return self.statements.total()


@contextmanager
def counted(database: Engine) -> Iterator[Counts]:
    """Counts what is sent over one SQLAlchemy engine."""
    counts = Counts()

    def sent(_connection: Any, _cursor: Any, statement: str, rows: Any, _: Any, many: bool) -> None:
        kind = statement.split(maxsplit=1)[0]
        if kind != "BEGIN":
            counts.statements[kind] += 1
            counts.rows += len(rows) if many else 1

    def committed(_connection: Any) -> None:
        counts.commits += 1

    event.listen(database, "before_cursor_execute", sent)
    event.listen(database, "commit", committed)
    try:
        yield counts
    finally:
        event.remove(database, "before_cursor_execute", sent)
        event.remove(database, "commit", committed)


class CountingEngine(ProcessEngine):
    """An engine that keeps a log of what each command sent to the database."""

    def __init__(self, engine: ProcessEngine) -> None:
        super().__init__(engine.database, engine.surroundings)
        self.log: list[tuple[Command, Counts]] = []

    def execute(self, command: Command, actor: Actor) -> Any:
        with counted(self.database.writer) as counts:
            result = super().execute(command, actor)
        self.log.append((command, counts))
        return result
