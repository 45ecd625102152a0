from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine.commands import StartProcessInstance
from engine.identity import Actor
from tests.web.cli.conftest import Qadam
from web.bootstrap import install
from web.configuration import read_configuration


@pytest.fixture
def database(qadam: Qadam, data: Path) -> Path:
    """The file of a database in which something has happened."""
    assert qadam("deploy").exit_code == 0
    installation = install(read_configuration())
    command = StartProcessInstance("errand", {"subject": "Boxes", "urgency": "low"})
    installation.engine.execute(command, Actor.system())
    installation.engine.close()
    return data / "qadam.sqlite"


def change(database: Path, *statements: str) -> None:
    """What someone with a shell could do."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_whole_history_passes(qadam: Qadam, database: Path) -> None:
    checked = qadam("verify-history")
    assert checked.exit_code == 0
    assert checked.output == "2 chain(s), 4 event(s), 0 fault(s)\n"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE history_event SET payload = X'7B7D'", "the payload was changed"),
        ("UPDATE history_event SET actor = 'nobody'", "the event or the one before it changed"),
        ("UPDATE process_instance SET history_head = 'x'", "the last event is not the one kept"),
        ("DELETE FROM history_event WHERE number = 2", "expected event 2, found 3"),
    ],
)
def test_a_history_that_was_tampered_with_fails(
    qadam: Qadam, database: Path, statement: str, sentence: str
) -> None:
    change(database, statement)
    checked = qadam("verify-history")
    assert checked.exit_code == 1
    assert sentence in checked.output


def cut_the_tail(database: Path) -> None:
    """Takes the last event off an instance's chain, and its head with it."""
    change(
        database,
        "DELETE FROM history_event WHERE stream != 'administration' AND number = 3",
        "UPDATE process_instance SET history_length = 2, history_head = (SELECT hash FROM"
        " history_event WHERE stream = process_instance.id AND number = 2)",
    )


def test_anchors_that_fit_pass(qadam: Qadam, database: Path, tmp_path: Path) -> None:
    anchors = tmp_path / "anchors.jsonl"
    assert qadam("anchor-history", anchors).output == f"anchored in {anchors}\n"
    assert qadam("anchor-history", anchors).exit_code == 0
    assert len(anchors.read_text(encoding="utf-8").splitlines()) == 2
    checked = qadam("verify-history", "--anchors", anchors)
    assert checked.exit_code == 0, checked.output


def test_a_cut_tail_shows_against_an_anchor_only(
    qadam: Qadam, database: Path, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    qadam("anchor-history", anchors)
    cut_the_tail(database)
    assert qadam("verify-history").exit_code == 0
    checked = qadam("verify-history", "--anchors", anchors)
    assert checked.exit_code == 1
    assert "and is gone" in checked.output


def another_key(data: Path) -> None:
    (data / "anchor_key").unlink()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda line: line.replace('"at":"20', '"at":"21'), "it is not as it was signed"),
        (lambda line: "not an anchor", "it is not as it was signed"),
    ],
)
def test_an_anchor_that_was_changed_fails(
    qadam: Qadam,
    database: Path,
    tmp_path: Path,
    spoil: Callable[[str], str],
    sentence: str,
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    qadam("anchor-history", anchors)
    anchors.write_text(spoil(anchors.read_text(encoding="utf-8")), encoding="utf-8")
    checked = qadam("verify-history", "--anchors", anchors)
    assert checked.exit_code == 1
    assert sentence in checked.output


def test_an_anchor_by_another_key_fails(
    qadam: Qadam, database: Path, data: Path, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    qadam("anchor-history", anchors)
    another_key(data)
    qadam("anchor-history", anchors)
    checked = qadam("verify-history", "--anchors", anchors)
    assert checked.exit_code == 1
    assert "signed with another key" in checked.output


@pytest.mark.parametrize("arguments", [("verify-history",), ("anchor-history", "anchors.jsonl")])
def test_without_a_database_there_is_nothing_to_check(
    qadam: Qadam, data: Path, arguments: tuple[str, ...]
) -> None:
    checked = qadam(*arguments)
    assert checked.exit_code == 1
    assert "there is no database at" in checked.output
    assert not (data / "qadam.sqlite").exists()
