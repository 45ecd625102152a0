"""Variables of an instance as rows: added, changed, gone with their scope."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql

from engine.store import instances
from engine.store.unit_of_work import UnitOfWork
from tests.support.diagrams import end_event, path, process, start_event, user_task
from tests.support.house import House


@pytest.fixture
def instance_id(house: House) -> str:
    house.deploy(
        process(
            "p",
            start_event("asked"),
            user_task("review", candidate_groups="staff"),
            end_event("done"),
            *path("asked", "review", "done"),
        )
    )
    return house.start("p", {"kept": 1, "changed": 1})


def test_variables_are_added_changed_and_removed_with_their_scope(
    house: House, instance_id: str
) -> None:
    written = [(0, "changed", b"2"), (0, "new", b"3"), (5, "local", b"4"), (6, "local", b"5")]
    with house.engine.database.transaction() as connection:
        instances.save_variables(UnitOfWork(connection), instance_id, written, ())
    with house.engine.database.transaction() as connection:
        instances.save_variables(UnitOfWork(connection), instance_id, (), {5})
        found = instances.variables(UnitOfWork(connection), instance_id)
    assert sorted(found) == [
        (0, "changed", b"2"),
        (0, "kept", b"1"),
        (0, "new", b"3"),
        (6, "local", b"5"),
    ]


def test_both_databases_write_a_new_and_a_changed_variable_by_one_statement() -> None:
    assert instances._PUT_VARIABLE.keys() == {"sqlite", "postgresql"}
    statement = str(instances._PUT_VARIABLE["postgresql"].compile(dialect=postgresql.dialect()))
    assert "ON CONFLICT (instance_id, scope, name) DO UPDATE SET value" in statement


def test_variables_of_another_instance_stay(house: House, instance_id: str) -> None:
    other = house.start("p", {"kept": 7})
    with house.engine.database.transaction() as connection:
        instances.save_variables(UnitOfWork(connection), instance_id, [(0, "kept", b"2")], {3})
        instances.erase_variables(UnitOfWork(connection), instance_id)
        assert instances.variables(UnitOfWork(connection), other) == [(0, "kept", b"7")]
