"""Activities: done outside, local variables, sub-processes."""

from __future__ import annotations

import pytest

from engine.spiff import CallActivityWait, ExternalTaskWait, UserTaskWait
from tests.support.diagrams import (
    boundary_event,
    call_activity,
    end_event,
    exclusive_gateway,
    flow,
    path,
    send_task,
    service_task,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of


def test_a_service_task_is_done_outside_of_the_step() -> None:
    instance = instance_of(
        start_event("start"),
        service_task("work"),
        user_task("look"),
        end_event("end"),
        *path("start", "work", "look", "end"),
    )
    assert isinstance(instance.wait("work"), ExternalTaskWait)
    instance.complete("work", x=1)
    assert isinstance(instance.wait("look"), UserTaskWait)
    instance.complete("look")
    assert instance.completed
    assert instance.variables == {"x": 1}
    assert instance.trace() == [
        (element, change)
        for element in ("start", "work", "look", "end")
        for change in ("started", "completed")
    ]


def test_a_send_task_with_a_topic_is_an_external_task() -> None:
    instance = instance_of(
        start_event("start"),
        send_task("tell", topic="mail"),
        end_event("end"),
        *path("start", "tell", "end"),
    )
    assert isinstance(instance.wait("tell"), ExternalTaskWait)


def test_a_call_activity_waits_for_an_instance_of_its_own() -> None:
    instance = instance_of(
        start_event("start"),
        call_activity("call", "nowhere_yet"),
        end_event("end"),
        *path("start", "call", "end"),
    )
    assert isinstance(instance.wait("call"), CallActivityWait)
    instance.complete("call", given=1)
    assert instance.completed


def test_parameters_are_local_to_their_activity() -> None:
    instance = instance_of(
        start_event("start"),
        user_task(
            "work",
            inputs={"x": "${y + 1}", "y": "${x + 1}", "word": "plain ${x}"},
            outputs={"sum": "${x + y + z}", "x": "${x * 10}"},
        ),
        user_task("next"),
        end_event("end"),
        *path("start", "work", "next", "end"),
        variables={"x": 1, "y": 10, "z": 100},
    )
    assert instance.local("work") == {"x": 11, "y": 2, "word": "plain 1"}
    instance.complete("work", y=3)
    assert instance.variables == {"x": 110, "y": 10, "z": 100, "sum": 114}
    assert list(instance.scopes) == [0]


def guarded_part() -> Instance:
    return instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            user_task("ask"),
            exclusive_gateway("which", default="no"),
            user_task("yes_task"),
            user_task("no_task"),
            end_event("out"),
            *path("in", "ask", "which"),
            flow("which", "yes_task", "${y == 2}"),
            flow("which", "no_task", id="no"),
            *path("yes_task", "out"),
            *path("no_task", "out"),
            inputs={"y": "${x + 1}"},
        ),
        boundary_event("late", "part", timer(duration="PT1H")),
        user_task("too_late"),
        user_task("next"),
        end_event("end"),
        *path("start", "part", "next", "end"),
        *path("late", "too_late", "end"),
        variables={"x": 1},
    )


def test_a_sub_process_has_variables_of_its_own() -> None:
    instance = guarded_part()
    instance.complete("ask")
    assert instance.open == ["yes_task"]
    instance.complete("yes_task", y=5, n=1)
    assert instance.scopes == {0: {"x": 1, "n": 1}}
    assert instance.open == ["next"]


def test_a_sub_process_is_interrupted_with_all_that_is_inside() -> None:
    instance = guarded_part()
    instance.occur("late")
    assert instance.open == ["too_late"]
    assert instance.trace()[6:9] == [
        ("ask", "cancelled"),
        ("part", "cancelled"),
        ("late", "started"),
    ]
    assert instance.scopes == {0: {"x": 1}}


def test_what_is_inside_a_sub_process_says_so() -> None:
    instance = guarded_part()
    part = next(move for move in instance.transitions if move.element_id == "part")
    ask = next(move for move in instance.transitions if move.element_id == "ask")
    assert (part.parent, ask.parent) == (0, part.token)
    assert instance.wait("ask").scope == part.token


@pytest.mark.parametrize("depth", [1, 5, 30])
def test_sub_processes_may_be_nested(depth: int) -> None:
    part = [user_task("work")]
    entry = "work"
    for level in range(depth):
        inside = [start_event(f"in_{level}"), end_event(f"out_{level}"), *part]
        flows = path(f"in_{level}", entry, f"out_{level}")
        entry = f"part_{level}"
        part = [sub_process(entry, *inside, *flows)]
    instance = instance_of(
        start_event("start"), end_event("end"), *part, *path("start", entry, "end")
    )
    instance.complete("work")
    assert instance.completed
