"""`qadam clean-up`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.web.cli.conftest import Qadam


def test_it_removes_what_has_expired_and_says_how_much(qadam: Qadam, data: Path) -> None:
    assert qadam("deploy").exit_code == 0
    with closing(sqlite3.connect(data / "qadam.sqlite")) as connection, connection:
        connection.executemany(
            "INSERT INTO command_result VALUES ('aigul', ?, '', '{}', ?)",
            [
                *((f"old-{number}", "2020-01-01T00:00:00.000000Z") for number in range(1200)),
                ("new", "2999-01-01T00:00:00.000000Z"),
            ],
        )
    cleaned = qadam("clean-up")
    assert cleaned.exit_code == 0, cleaned.output
    assert "1200 result(s) of commands" in cleaned.output
    with closing(sqlite3.connect(data / "qadam.sqlite")) as connection:
        left = connection.execute("SELECT command_id FROM command_result").fetchall()
    assert left == [("new",)]


def test_without_a_database_there_is_nothing_to_clean(qadam: Qadam, data: Path) -> None:
    cleaned = qadam("clean-up")
    assert cleaned.exit_code == 1
    assert "no database" in cleaned.output
    assert not (data / "qadam.sqlite").exists()
