"""Business keys: given, computed with a number that is given out once, or the instance's id."""

from __future__ import annotations

import pytest

from engine.commands import StartProcessInstance
from engine.errors import StepFailed
from tests.support.diagrams import (
    Element,
    end_event,
    exclusive_gateway,
    flow,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import House


def numbered(key: str | None = "${string(year) + '-' + next_number('p')}") -> Element:
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff", assignee="${businessKey}"),
        exclusive_gateway("g", default="yes"),
        end_event("e"),
        end_event("e2"),
        *path("s", "a", "g"),
        flow("g", "e", id="yes"),
        flow("g", "e2", "${year > 3000}"),
        properties={"inputs": "year", **({"businessKey": key} if key else {})},
    )


def keys(house: House) -> list[str]:
    return sorted(row.business_key for row in house.rows("process_instance"))


def test_numbers_are_given_out_once_and_expressions_see_the_key(house: House) -> None:
    house.deploy(numbered())
    for _ in range(3):
        house.start(variables={"year": 2026})
    assert keys(house) == ["2026-000001", "2026-000002", "2026-000003"]
    assert {row.assignee for row in house.rows("user_task")} == set(keys(house))


def test_a_start_that_fails_gives_its_number_back(house: House) -> None:
    house.deploy(numbered())
    with pytest.raises(StepFailed, match="year"):
        house.execute(StartProcessInstance("p", {}))
    house.start(variables={"year": 2026})
    assert keys(house) == ["2026-000001"]


def test_a_given_key_wins_and_without_either_it_is_the_id(house: House) -> None:
    house.deploy(numbered())
    house.start(variables={"year": 2026}, business_key="mine")
    house.deploy(numbered(None))
    plain = house.start(variables={"year": 2026})
    assert keys(house) == sorted(["mine", plain])
