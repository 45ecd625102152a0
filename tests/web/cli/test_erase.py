"""`qadam erase`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine import ProcessEngine
from engine.commands import CancelProcessInstance, StartProcessInstance
from engine.identity import Actor
from tests.web.cli.conftest import Qadam
from web.bootstrap import install
from web.configuration import read_configuration

SYSTEM = Actor.system()


@pytest.fixture
def engine(qadam: Qadam) -> Iterator[ProcessEngine]:
    assert qadam("deploy").exit_code == 0
    engine = install(read_configuration()).engine
    yield engine
    engine.close()


def case(engine: ProcessEngine, number: str, *, ended: bool = True) -> str:
    values = {"subject": "Boxes of Ainur", "urgency": "low"}
    started = engine.execute(StartProcessInstance("errand", values, business_key=number), SYSTEM)
    if ended:
        engine.execute(CancelProcessInstance(started.instance_id, "over"), SYSTEM)
    return str(started.instance_id)


def is_erased(data: Path, instance_id: str) -> bool:
    query = "SELECT count(payload) FROM history_event WHERE stream = ? AND kind <> 'PayloadsErased'"
    with closing(sqlite3.connect(data / "qadam.sqlite")) as connection:
        return connection.execute(query, (instance_id,)).fetchone() == (0,)


def test_a_case_is_erased_by_its_number_and_no_other(
    qadam: Qadam, engine: ProcessEngine, data: Path
) -> None:
    erased, other = case(engine, "2026-1"), case(engine, "2026-11")
    done = qadam("erase", "2026-1", "--reason", "asked for")
    assert (done.exit_code, done.output) == (0, "erased: 2026-1\n")
    assert (is_erased(data, erased), is_erased(data, other)) == (True, False)
    assert qadam("verify-history").exit_code == 0


def test_where_the_number_is_not_clear_the_id_is(
    qadam: Qadam, engine: ProcessEngine, data: Path
) -> None:
    first, second = case(engine, "2026-1"), case(engine, "2026-1")
    unclear = qadam("erase", "2026-1", "--reason", "asked for")
    assert unclear.exit_code == 1
    assert "2 cases" in unclear.output
    assert qadam("erase", second, "--reason", "asked for").exit_code == 0
    assert (is_erased(data, first), is_erased(data, second)) == (False, True)


@pytest.mark.parametrize(("number", "told"), [("2026-1", "it is active"), ("2026-2", "2026-2")])
def test_what_can_not_be_erased_is_told(
    qadam: Qadam, engine: ProcessEngine, number: str, told: str
) -> None:
    case(engine, "2026-1", ended=False)
    refused = qadam("erase", number, "--reason", "asked for")
    assert refused.exit_code == 1
    assert told in refused.output
