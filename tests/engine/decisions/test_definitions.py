"""Deployed files are compiled once, and no more of them are kept than were asked for."""

from __future__ import annotations

from engine.decisions import DecisionDefinitions, make_decision
from engine.store import decisions
from tests.support.decisions import input_data, literal, model
from tests.support.house import OPERATOR, House


def test_a_file_is_compiled_once_for_all_its_decisions(house: House) -> None:
    house.deploy(files={"ab.dmn": model(literal("a", "1"), literal("b", "2"))})
    known = DecisionDefinitions()
    with house.engine.database.reading() as connection:
        first, second = (
            known.of(connection, record)
            for record in decisions.newest_of_each(connection, OPERATOR.tenant)
        )
    assert first.decisions is second.decisions
    assert [make_decision(each, {}, {}).value for each in (first, second)] == [1, 2]


def test_the_file_that_was_used_least_lately_goes_first(house: House) -> None:
    for name in "abc":
        file = model(input_data("n"), literal(name, "n", inputs=["n"]))
        house.deploy(files={f"{name}.dmn": file})
    known = DecisionDefinitions(most=2)
    with house.engine.database.reading() as connection:
        a, b, c = decisions.newest_of_each(connection, OPERATOR.tenant)
        kept = known.of(connection, a).decisions
        known.of(connection, b)
        assert known.of(connection, a).decisions is kept
        gone = known.of(connection, c).decisions
        assert known.of(connection, a).decisions is kept
        known.of(connection, b)
        assert known.of(connection, c).decisions is not gone


def test_a_file_is_read_without_being_compiled_and_once_for_both(house: House) -> None:
    house.deploy(files={"ab.dmn": model(literal("a", "1"))})
    known = DecisionDefinitions()
    with house.engine.database.reading() as connection:
        (record,) = decisions.newest_of_each(connection, OPERATOR.tenant)
        file = known.file(connection, record.deployment_id, record.resource_name)
        assert file.decision("a").name == "a"
        assert known.of(connection, record).file is file
