"""Where variables are read and written: the scope of a token."""

from __future__ import annotations

import pytest

from engine.errors import StepFailed
from engine.spiff import Execution, Variables
from engine.spiff.scoping import enclosing_scope, scope_of
from tests.support.diagrams import (
    end_event,
    multi_instance,
    path,
    start_event,
    sub_process,
    user_task,
)
from tests.support.instances import Instance, instance_of
from tests.support.variables import VariablesInMemory


def nested() -> Instance:
    return instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            sub_process(
                "plain",
                start_event("plain_in"),
                user_task("each", multi_instance("items", "item"), inputs={"x": "${item}"}),
                end_event("plain_out"),
                *path("plain_in", "each", "plain_out"),
            ),
            end_event("out"),
            *path("in", "plain", "out"),
            inputs={"y": "2"},
        ),
        end_event("end"),
        *path("start", "part", "end"),
        variables={"items": [7]},
    )


def test_scopes_are_nested_like_the_elements_that_have_variables() -> None:
    """A sub-process without variables of its own has no scope."""
    instance = nested()
    item = instance.wait("each").scope
    parents = instance.ways[0].variables.parents
    body = parents[item]
    part = parents[body]
    assert parents[part] == 0
    assert instance.scopes[item] == {"loopCounter": 0, "item": 7, "x": 7}
    assert instance.scopes[part] == {"y": "2"}


def test_the_scope_of_a_token_is_its_own_or_the_nearest_around_it() -> None:
    instance = nested()

    def scopes(execution: Execution) -> tuple[int, int]:
        token = execution._process.tokens[instance.wait("each").token]
        return scope_of(token), enclosing_scope(token)

    item, body = instance.act(scopes)
    assert item == instance.wait("each").scope
    assert body == instance.ways[0].variables.parents[item]


def test_a_variable_that_is_not_there_fails_the_step_at_its_element() -> None:
    with pytest.raises(StepFailed, match="a variable gone") as failure:
        instance_of(
            start_event("start"),
            user_task("each", multi_instance("gone")),
            *path("start", "each"),
        )
    assert failure.value.element_id == "each"


def test_a_failing_parameter_fails_the_step_at_its_element() -> None:
    with pytest.raises(StepFailed, match="gone") as failure:
        instance_of(
            start_event("start"),
            user_task("work", inputs={"x": "${gone}"}),
            *path("start", "work"),
        )
    assert failure.value.element_id == "work"


def test_variables_in_memory_are_the_variables_that_this_room_asks_for() -> None:
    variables: Variables = VariablesInMemory({"x": 1})
    variables.open_scope(5, 0, {"y": 2})
    assert variables.evaluate("${x + y + z}", 5, {"z": 3}) == 6
    variables.set(5, "y", 9)
    variables.set(5, "new", 1)
    assert (variables.get_local(5, "y"), variables.get_local(0, "new")) == (9, 1)
