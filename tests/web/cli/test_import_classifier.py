"""`qadam import-classifier`: what it says, and that a bad file changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.shared.classifier_records import ClassifierTables
from tests.web.cli.conftest import Qadam
from web.cli.surroundings import existing_database
from web.configuration import read_configuration


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "things.csv"
    path.write_text("code;kk;ru\na;Бір;Один\nb;Екі;Два\n", encoding="utf-8")
    return path


def bring(qadam: Qadam, file: Path, first: str = "2026-01-01", *more: str) -> str:
    told = qadam("import-classifier", "things", str(file), "--from", first, *more)
    return str(told.output)


def editions() -> int:
    database = existing_database(read_configuration())
    try:
        with database.reading() as connection:
            rows = ClassifierTables().rows(connection)
    finally:
        database.close()
    return sum(row.classifier == "things" for row in rows)


def test_it_says_what_changed(qadam: Qadam, file: Path) -> None:
    first = bring(qadam, file, "2025-01-01", "--source", "the office")
    assert first == (
        "imported things: 2 entries, in force from 2025-01-01\nadded: 2\n  a Один\n  b Два\n"
    )
    file.write_text("code;kk;ru\na;Бір;Первый\nc;Үш;Три\n", encoding="utf-8")
    second = bring(qadam, file, "2025-06-01", "--source", "the office", "--language", "kk")
    assert second == (
        "imported things: 2 entries, in force from 2025-06-01\n"
        "added: 1\n  c Үш\nrenamed: 1\n  a Бір -> Бір\ngone: 1\n  b Екі\n"
    )


def test_the_same_file_is_not_imported_twice(qadam: Qadam, file: Path) -> None:
    bring(qadam, file, "2025-01-01", "--source", "the office")
    again = bring(qadam, file, "2025-01-01", "--source", "the office")
    assert again == "unchanged: this file is the edition of things from 2025-01-01 already\n"
    assert editions() == 1


def test_a_bad_file_changes_nothing_and_its_lines_are_named(qadam: Qadam, file: Path) -> None:
    bring(qadam, file, "2025-01-01", "--source", "the office")
    file.write_text("code;kk;ru\na;Бір;Один\na;Бір;Один\nc;;\n", encoding="utf-8")
    refused = qadam("import-classifier", "things", str(file), "--from", "2026-01-01")
    assert refused.exit_code == 1
    assert "line 3: the code a is on line 2 already" in refused.output
    assert "line 4: c has no name in kk or ru" in refused.output
    assert editions() == 1


def test_a_source_is_asked_for(qadam: Qadam, file: Path) -> None:
    assert "give its source" in bring(qadam, file)


def test_what_is_in_force_later_is_said(qadam: Qadam, file: Path) -> None:
    assert "in force from 2999-01-01 (not yet)" in bring(qadam, file, "2999-01-01", "--source", "x")
