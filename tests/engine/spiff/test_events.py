"""Timers, conditions, and events that end a process or a sub-process."""

from __future__ import annotations

import pytest

from engine.errors import StepFailed
from tests.support.diagrams import (
    Element,
    boundary_event,
    catch_event,
    condition,
    end_event,
    event_based_gateway,
    exclusive_gateway,
    flow,
    parallel_gateway,
    path,
    start_event,
    sub_process,
    terminate,
    timer,
    user_task,
)
from tests.support.instances import instance_of


def timed(definition: Element, *, interrupting: bool = True) -> list[Element]:
    return [
        start_event("start"),
        user_task("work"),
        boundary_event("due", "work", definition, interrupting=interrupting),
        user_task("remind"),
        end_event("end"),
        *path("start", "work", "end"),
        *path("due", "remind", "end"),
    ]


def test_a_timer_says_what_it_waits_for_and_keeps_no_date() -> None:
    instance = instance_of(*timed(timer(duration="${term}")), variables={"term": "P3D"})
    (wait,) = instance.timers
    assert (wait.timer, wait.value, wait.expression) == ("duration", "P3D", "${term}")
    assert (wait.repetitions_left, wait.interval, wait.previous) == (None, None, False)
    assert b"P3D" not in instance.state
    instance.occur("due")
    assert instance.open == ["remind"]
    assert instance.timers == []


def test_a_cycle_is_armed_again_as_often_as_it_says() -> None:
    instance = instance_of(*timed(timer(cycle="R3/PT1H"), interrupting=False))
    seen = []
    for times in (1, 2, 3):
        (wait,) = instance.timers
        seen.append((wait.value, wait.repetitions_left, wait.interval, wait.previous))
        instance.occur("due")
        assert instance.open == ["remind"] * times + ["work"]
    assert seen == [
        ("R3/PT1H", 2, "PT1H", False),
        ("PT1H", 1, "PT1H", True),
        ("PT1H", 0, "PT1H", True),
    ]
    assert instance.timers == []
    instance.complete("work")
    assert instance.open == ["remind"] * 3


def test_an_endless_cycle_ends_with_its_host() -> None:
    instance = instance_of(*timed(timer(cycle="R/PT1H"), interrupting=False))
    for _ in range(5):
        assert instance.timers[0].repetitions_left is None
        instance.occur("due")
    instance.complete("work")
    assert instance.timers == []


def test_a_non_interrupting_duration_occurs_once() -> None:
    instance = instance_of(*timed(timer(duration="PT1H"), interrupting=False))
    instance.occur("due")
    assert (instance.open, instance.timers) == (["remind", "work"], [])


@pytest.mark.parametrize("text", ["2026-11-20", "2026-11-20T18:00:00+05:00", "PT36H"])
def test_a_timer_may_be_the_text_that_an_expression_gives(text: str) -> None:
    instance = instance_of(*timed(timer(date="${term()}")), functions={"term": lambda: text})
    assert instance.timers[0].value == text


@pytest.mark.parametrize("value", [None, "", 5, True])
def test_a_timer_without_a_date_fails_the_step(value: object) -> None:
    with pytest.raises(StepFailed, match="to give a date") as failure:
        instance_of(*timed(timer(date="${when}")), variables={"when": value})
    assert failure.value.element_id == "due"


@pytest.mark.parametrize("text", ["R0/PT1H", "PT1H", "R2/", "R2/2026-11-20/PT1H", "0 0 * * *"])
def test_a_cycle_that_is_none_fails_the_step(text: str) -> None:
    with pytest.raises(StepFailed, match="a cycle such as"):
        instance_of(*timed(timer(cycle="${text}"), interrupting=False), variables={"text": text})


def test_a_conditional_boundary_event_occurs_when_its_condition_becomes_true() -> None:
    instance = instance_of(*timed(condition("${x > 3}")), variables={"x": 1})
    assert instance.waits.keys() == {str(instance.wait("work").token)}
    instance.set_variables(x=9)
    assert instance.open == ["remind"]


def test_a_non_interrupting_condition_occurs_each_time_it_becomes_true() -> None:
    instance = instance_of(*timed(condition("${x > 3}"), interrupting=False), variables={"x": 5})
    assert instance.open == ["remind", "work"]
    instance.set_variables(x=6)
    assert instance.open == ["remind", "work"]
    instance.set_variables(x=1)
    instance.set_variables(x=7)
    assert instance.open == ["remind", "remind", "work"]


def test_a_step_inside_a_sub_process_is_seen_by_a_condition_outside_of_it() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        sub_process(
            "part",
            start_event("in"),
            user_task("work"),
            user_task("more"),
            end_event("out"),
            *path("in", "work", "more", "out"),
        ),
        catch_event("enough", condition("${x > 3}")),
        user_task("next"),
        end_event("end"),
        *path("start", "fork", "part", "end"),
        *path("fork", "enough", "next", "end"),
        variables={"x": 1},
    )
    instance.complete("work", x=5)
    assert instance.open == ["more", "next"]


def test_conditions_behind_an_event_gateway() -> None:
    instance = instance_of(
        start_event("start"),
        event_based_gateway("first"),
        catch_event("many", condition("${x > 3}")),
        catch_event("late", timer(duration="PT1H")),
        user_task("a"),
        user_task("b"),
        end_event("end"),
        *path("start", "first", "many", "a"),
        *path("first", "late", "b", "end"),
        flow("a", "end"),
        variables={"x": 1},
    )
    instance.set_variables(x=4)
    assert (instance.open, instance.timers) == (["a"], [])


def test_conditions_that_start_each_other_reach_the_budget() -> None:
    with pytest.raises(StepFailed, match="never waits"):
        instance_of(
            start_event("start"),
            exclusive_gateway("merge"),
            catch_event("always", condition("${true}")),
            *path("start", "merge", "always", "merge"),
        )


def test_terminate_ends_all_that_lives_in_the_process() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        boundary_event("due", "a", timer(duration="PT1H"), interrupting=False),
        sub_process(
            "part", start_event("in"), user_task("b"), end_event("out"), *path("in", "b", "out")
        ),
        end_event("stop", terminate()),
        end_event("end"),
        *path("start", "fork", "a", "stop"),
        *path("fork", "part", "end"),
        *path("due", "end"),
    )
    instance.complete("a")
    assert instance.completed
    assert instance.trace()[-4:] == [
        ("stop", "started"),
        ("stop", "completed"),
        ("b", "cancelled"),
        ("part", "cancelled"),
    ]


def test_terminate_in_a_sub_process_ends_only_the_sub_process() -> None:
    instance = instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            parallel_gateway("fork"),
            user_task("a"),
            user_task("b"),
            end_event("stop", terminate()),
            end_event("out"),
            *path("in", "fork", "a", "stop"),
            *path("fork", "b", "out"),
        ),
        user_task("next"),
        end_event("end"),
        *path("start", "part", "next", "end"),
    )
    instance.complete("a")
    assert instance.open == ["next"]
    assert ("part", "completed") in instance.trace()
