"""Dated tables as they hold: for handlers, within a transaction or outside, after a deployment."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.commands import DatedRow, Deploy, EditDatedTable
from engine.completion_check import ports_within
from engine.dated_tables import TablesInForce
from engine.errors import NotFound
from tests.engine.processors.test_dated_table import OWNER, terms, windows, with_term
from tests.support.house import OPERATOR, SYSTEM, House


@pytest.fixture
def house(tmp_path: Path) -> Any:
    opened = House(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def tables(house: House) -> TablesInForce:
    return TablesInForce(house.engine.database.reading)


def rows(data: bytes | None) -> list[tuple[str, str | None, Any]]:
    assert data is not None
    return [(row["from"], row["to"], row["value"]) for row in json.loads(data)["rows"]]


def edit(house: House, value: int) -> None:
    row = DatedRow(date(2026, 6, 1), None, value)
    house.execute(EditDatedTable("p/terms", "a", "order 7", row), OWNER)


def test_a_table_that_is_not_deployed_is_the_files_own_affair(
    house: House, tables: TablesInForce
) -> None:
    assert tables("p/terms") is None
    house.deploy(with_term(), files=terms())
    assert tables("p/nothing") is None
    assert rows(tables("p/terms")) == [("2023-06-30", None, 5)]


def test_an_edit_is_seen_at_once_and_the_head_is_kept(house: House, tables: TablesInForce) -> None:
    house.deploy(with_term(), files=terms())
    before = tables("p/terms")
    assert tables("p/terms") is before, "read once until something changes"
    edit(house, 7)
    data = tables("p/terms")
    assert rows(data) == [("2023-06-30", "2026-05-31", 5), ("2026-06-01", None, 7)]
    assert data is not None and json.loads(data)["title"]["en"] == "Terms"


def test_a_deployed_file_is_seen_at_once(house: House, tables: TablesInForce) -> None:
    house.deploy(with_term(), files=terms())
    edit(house, 7)
    assert len(rows(tables("p/terms"))) == 2
    house.deploy(with_term(), files=terms(4))
    assert rows(tables("p/terms"))[0] == ("2023-06-30", "2026-05-31", 4)


def test_a_transaction_sees_its_own_connection(house: House, tables: TablesInForce) -> None:
    house.deploy(with_term(), files=terms())
    with house.engine.application_transaction() as connection:
        assert rows(tables("p/terms", connection)) == [("2023-06-30", None, 5)]


def test_ports_that_read_the_database_are_bound_to_the_transaction() -> None:
    class Reading:
        def __init__(self, seen: object = None) -> None:
            self.seen = seen

        def within(self, connection: object) -> Reading:
            return Reading(connection)

    plain = object()
    bound = ports_within({Reading: Reading(), object: plain}, "the connection")
    reading = bound[Reading]
    assert isinstance(reading, Reading) and reading.seen == "the connection"
    assert bound[object] is plain


def test_a_running_version_reads_its_own_file_under_the_same_edits(house: House) -> None:
    house.deploy(with_term(), files=terms(2))
    first = house.start()
    house.deploy(with_term(), files=terms(4))
    tables = house.engine.surroundings.tables
    definition = house.engine.surroundings.definitions.get(
        None, house.instance(first).definition_id
    )
    assert definition.dated("terms", "a", date(2026, 3, 2)) == 2
    with house.engine.database.reading() as connection:
        assert tables.get(connection, "", "p/terms").in_force(date(2026, 3, 2))["a"].value == 4


def test_a_table_that_the_newest_version_has_not_is_gone(house: House) -> None:
    house.deploy(with_term(), files=terms() | windows())
    assert [each.name for each in house.engine.queries.dated_tables(OWNER)] == [
        "p/terms",
        "p/windows",
    ]
    house.deploy(with_term(), files=terms(4))
    assert [each.name for each in house.engine.queries.dated_tables(OWNER)] == ["p/terms"]
    with pytest.raises(NotFound):
        house.engine.queries.dated_table(OWNER, "p/windows")


def test_what_a_decision_alone_is_deployed_with_does_not_hide_tables(house: House) -> None:
    house.deploy(with_term(), files=terms())
    rates = Path(__file__).parents[2] / "bpmn" / "fk_b03" / "measures.dmn"
    house.execute(Deploy("rates", {"p/measures.dmn": rates.read_bytes()}), OPERATOR)
    assert house.engine.queries.dated_tables(SYSTEM)[0].in_force == 1
