"""`qadam import-classifier`: what it says and asks, what it refuses, and how an edition ends."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.shared.classifier_records import ClassifierTables
from tests.web.cli.conftest import Qadam
from web.cli.surroundings import existing_database
from web.configuration import read_configuration


@pytest.fixture
def file(tmp_path: Path, diagrams: Path) -> Path:
    forms = diagrams / "things" / "forms"
    forms.mkdir(parents=True)
    choosing = {"properties": {"thing": {"x-options": {"classifier": "things"}}}}
    (forms / "choose.json").write_text(json.dumps(choosing), encoding="utf-8")
    path = tmp_path / "things.csv"
    path.write_text("code;kk;ru\na;Бір;Один\nb;Екі;Два\n", encoding="utf-8")
    return path


def bring(qadam: Qadam, file: Path, first: str = "2026-01-01", *more: str) -> str:
    told = qadam("import-classifier", "things", str(file), "--from", first, "--yes", *more)
    return str(told.output)


def editions() -> int:
    database = existing_database(read_configuration())
    try:
        with database.reading() as connection:
            rows = ClassifierTables().rows(connection)
    finally:
        database.close()
    return sum(row.classifier == "things" and not row.withdrawn for row in rows)


def test_it_says_what_changed(qadam: Qadam, file: Path) -> None:
    first = bring(qadam, file, "2025-01-01", "--source", "the office")
    assert first == (
        "things: 2 entries, in force from 2025-01-01\nadded: 2\n  a Один\n  b Два\n"
        "imported things: 2 entries\n"
    )
    file.write_text("code;kk;ru\na;Бір;Первый\nc;Үш;Три\n", encoding="utf-8")
    more = ("--source", "the office", "--language", "kk", "--replace")
    second = bring(qadam, file, "2025-06-01", *more)
    assert second == (
        "things: 2 entries, in force from 2025-06-01\n"
        "added: 1\n  c Үш\nrenamed: 1\n  a Бір -> Бір\ngone: 1\n  b Екі\n"
        "imported things: 2 entries\n"
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
    soon = (date.today() + timedelta(days=30)).isoformat()
    assert f"in force from {soon} (not yet)" in bring(qadam, file, soon, "--source", "x")


def test_nothing_is_imported_before_the_answer(qadam: Qadam, file: Path) -> None:
    command = ("import-classifier", "things", file, "--from", "2025-01-01", "--source", "x")
    for typed in ("n\n", ""):
        told = qadam(*command, typed=typed)
        assert told.exit_code == 1
        assert "added: 2" in told.output
        assert "Import it?" in told.output
        assert editions() == 0
    assert qadam(*command, typed="y\n").exit_code == 0
    assert editions() == 1


def test_a_name_that_no_form_chooses_from_is_refused(qadam: Qadam, file: Path) -> None:
    told = qadam("import-classifier", "thing", file, "--from", "2025-01-01", "--yes")
    assert told.exit_code == 1
    assert "did you mean things?" in told.output
    assert qadam("import-classifier", "kat0", file, "--from", "2025-01-01").exit_code == 1


def test_a_first_day_that_is_too_far_off_is_refused(qadam: Qadam, file: Path) -> None:
    told = bring(qadam, file, "2206-11-20", "--source", "x")
    assert "2206-11-20 is more than a year from today" in told
    assert editions() == 0


def test_part_of_a_classifier_is_not_taken_for_the_whole(qadam: Qadam, file: Path) -> None:
    whole = "code;ru\n" + "".join(f"c{number};{number}\n" for number in range(20))
    file.write_text(whole, encoding="utf-8")
    bring(qadam, file, "2025-01-01", "--source", "x")
    lines = whole.splitlines(keepends=True)
    file.write_text("".join(lines[:-3]), encoding="utf-8")
    told = bring(qadam, file, "2025-02-01", "--source", "x")
    assert "3 of 20 codes of things would be gone: nothing was imported" in told
    assert editions() == 1
    assert "gone: 3" in bring(qadam, file, "2025-02-01", "--source", "x", "--replace")
    assert editions() == 2
    file.write_text("".join(lines[:-4]), encoding="utf-8")
    assert "imported" in bring(qadam, file, "2025-03-01", "--source", "x")


def test_an_edition_can_be_withdrawn(qadam: Qadam, file: Path) -> None:
    bring(qadam, file, "2025-01-01", "--source", "x")
    file.write_text("code;kk;ru\na;Бір;Один\nb;Екі;Два\nc;Үш;Три\n", encoding="utf-8")
    bring(qadam, file, "2025-06-01", "--source", "x")
    command = ("withdraw-classifier", "things", "--from", "2025-06-01")
    assert qadam(*command, typed="n\n").exit_code == 1
    assert editions() == 2
    told = qadam(*command, "--yes").output
    assert told == (
        "things: from 2025-06-01 the edition from 2025-01-01 is in force again\n"
        "gone: 1\n  c Три\nwithdrawn: the edition of things from 2025-06-01\n"
    )
    assert editions() == 1
    again = qadam(*command, "--yes")
    assert again.exit_code == 1
    assert "things has no edition from 2025-06-01" in again.output
    assert "imported" in bring(qadam, file, "2025-06-01", "--source", "x"), "it may come again"
    last = qadam("withdraw-classifier", "things", "--from", "2025-06-01", "--yes")
    assert last.exit_code == 0
    last = qadam("withdraw-classifier", "things", "--from", "2025-01-01", "--yes")
    assert "no edition is left that is in force on 2025-01-01" in last.output
