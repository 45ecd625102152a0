"""What the tests of queries share: how SQLite would answer, and processes to ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event

from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.house import House


@pytest.fixture
def one_task() -> Callable[..., Element]:
    """A process of one user task `a`; keywords are the task's."""

    def make(process_id: str = "p", **keywords: object) -> Element:
        process_keywords = {
            name: keywords.pop(name) for name in ("properties", "names") if name in keywords
        }
        keywords.setdefault("candidate_groups", "staff")
        return process(
            process_id,
            start_event("s"),
            user_task("a", **keywords),
            end_event("e"),
            *path("s", "a", "e"),
            **process_keywords,
        )

    return make


@pytest.fixture
def plans(house: House) -> Callable[[Callable[[], object]], list[str]]:
    """The lines of EXPLAIN QUERY PLAN of every statement that a question sends."""

    def explain(ask: Callable[[], object]) -> list[str]:
        with _recorded(house) as statements:
            ask()
        lines: list[str] = []
        with house.engine.database.reading() as connection:
            for statement, parameters in statements:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                lines += [row[-1] for row in plan]
        return lines

    return explain


@contextmanager
def _recorded(house: House) -> Iterator[list[tuple[str, object]]]:
    statements: list[tuple[str, object]] = []

    def keep(
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: object,
        _context: object,
        _many: bool,
    ) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, parameters))

    engine = house.engine.database.reader
    event.listen(engine, "before_cursor_execute", keep)
    yield statements
    event.remove(engine, "before_cursor_execute", keep)
