"""What was answered, round by round."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.commands import ErasePayloads
from engine.errors import NotFound
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
from tests.support.house import OPERATOR, House, person


def asked_again() -> Element:
    """A task that is asked again until the answer is 3."""
    return process(
        "p",
        start_event("s"),
        exclusive_gateway("again"),
        user_task("a", candidate_groups="staff"),
        exclusive_gateway("enough", default="enough_to_again"),
        end_event("e"),
        *path("s", "again", "a", "enough"),
        flow("enough", "e", "${x == 3}"),
        flow("enough", "again", id="enough_to_again"),
    )


def test_each_round_is_told_with_who_and_when(house: House) -> None:
    house.deploy(asked_again())
    instance_id = house.start()
    began = house.clock.now
    for x, user in ((1, "dana"), (3, "bolat")):
        house.complete(instance_id, "a", {"x": x}, person(user))
        house.clock.advance(hours=1)
    first, second = house.engine.queries.answers(person(), instance_id)
    assert (first.element_id, first.who, first.at, first.values) == ("a", "dana", began, {"x": 1})
    assert (second.who, second.values) == ("bolat", {"x": 3})
    assert first.task_id != second.task_id


def test_what_was_erased_is_left_out(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task())
    instance_id = house.start()
    house.complete(instance_id, "a", {"x": 1})
    house.execute(ErasePayloads(instance_id, "by law"), OPERATOR)
    assert house.engine.queries.answers(person(), instance_id) == ()


def test_a_case_of_others_has_none_to_show(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(properties={"party": "${x}"}))
    instance_id = house.start("p", {"x": "150140000012"})
    with pytest.raises(NotFound):
        house.engine.queries.answers(
            person("bolat", "others", parties=frozenset({"other"})), instance_id
        )
