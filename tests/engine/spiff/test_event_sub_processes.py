"""Event sub-processes: what starts them, how often, and when they stop listening."""

from __future__ import annotations

import pytest

from tests.support.diagrams import (
    Element,
    condition,
    end_event,
    event_start,
    event_sub_process,
    exclusive_gateway,
    flow,
    message,
    parallel_gateway,
    path,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of


def with_event_sub_process(definition: Element, *, interrupting: bool, nested: bool) -> Instance:
    listening = event_sub_process(
        "alarm",
        event_start("on_alarm", definition, interrupting=interrupting),
        user_task("handle"),
        end_event("handled"),
        *path("on_alarm", "handle", "handled"),
    )
    if not nested:
        return instance_of(
            start_event("start"),
            user_task("work"),
            end_event("end"),
            listening,
            *path("start", "work", "end"),
            variables={"x": 0},
        )
    return instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            user_task("work"),
            end_event("out"),
            listening,
            *path("in", "work", "out"),
            inputs={"x": "${0}"},
        ),
        user_task("next"),
        end_event("end"),
        *path("start", "part", "next", "end"),
    )


def finish(instance: Instance) -> None:
    for element in instance.open:
        instance.complete(element)
    if instance.open == ["next"]:
        instance.complete("next")
    assert instance.completed


@pytest.mark.parametrize("nested", [False, True])
def test_an_interrupting_message_event_sub_process(nested: bool) -> None:
    instance = with_event_sub_process(message("alarm"), interrupting=True, nested=nested)
    scope = "2" if nested else "0"
    assert instance.messages[0].key == f"{scope}:on_alarm"
    instance.occur("on_alarm", cause="fire")
    assert (instance.open, instance.messages) == (["handle"], [])
    assert instance.variables["cause"] == "fire"
    assert ("work", "cancelled") in instance.trace()
    finish(instance)


@pytest.mark.parametrize("nested", [False, True])
def test_a_non_interrupting_message_event_sub_process_starts_each_time(nested: bool) -> None:
    instance = with_event_sub_process(message("alarm"), interrupting=False, nested=nested)
    instance.occur("on_alarm")
    instance.occur("on_alarm")
    assert instance.open == ["handle", "handle", "work"]
    instance.complete("work")
    assert instance.open == ["handle", "handle"]
    assert len(instance.messages) == 1
    finish(instance)


@pytest.mark.parametrize("nested", [False, True])
def test_the_start_of_an_event_sub_process_stops_listening_with_its_scope(nested: bool) -> None:
    instance = with_event_sub_process(message("alarm"), interrupting=True, nested=nested)
    instance.complete("work")
    assert instance.messages == []
    finish(instance)


@pytest.mark.parametrize("nested", [False, True])
def test_a_timer_event_sub_process_armed_again_keeps_its_key(nested: bool) -> None:
    instance = with_event_sub_process(timer(cycle="R2/PT1H"), interrupting=False, nested=nested)
    key = instance.timers[0].key
    instance.occur("on_alarm")
    assert instance.step.closed == (key,)
    assert [wait.key for wait in instance.timers] == [key]
    assert instance.timers[0].previous
    instance.occur("on_alarm")
    assert instance.timers == []
    assert instance.open == ["handle", "handle", "work"]
    finish(instance)


def test_an_interrupting_timer_event_sub_process() -> None:
    instance = with_event_sub_process(timer(date="2026-11-20"), interrupting=True, nested=True)
    instance.occur("on_alarm")
    assert instance.open == ["handle"]
    finish(instance)


def test_a_conditional_event_sub_process() -> None:
    instance = with_event_sub_process(condition("${x > 3}"), interrupting=True, nested=False)
    instance.set_variables(x=4)
    assert instance.open == ["handle"]


def test_event_sub_processes_of_two_instances_of_a_sub_process_are_apart() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("twice"),
        exclusive_gateway("merge"),
        sub_process(
            "part",
            start_event("in"),
            user_task("work"),
            end_event("out"),
            event_sub_process(
                "alarm",
                event_start("on_alarm", message("alarm")),
                end_event("handled"),
                *path("on_alarm", "handled"),
            ),
            *path("in", "work", "out"),
        ),
        end_event("end"),
        *path("start", "twice", "merge", "part", "end"),
        flow("twice", "merge"),
    )
    assert len({wait.key for wait in instance.messages}) == 2
    instance.occur("on_alarm", 1)
    assert instance.open == ["work"]
    instance.complete("work")
    assert instance.completed


def test_the_key_of_an_event_sub_process_may_come_from_the_message_that_starts_the_instance() -> (
    None
):
    instance = instance_of(
        start_event("start", message("go")),
        user_task("work"),
        end_event("end"),
        *path("start", "work", "end"),
        event_sub_process(
            "stopped",
            event_start("on_stop", message("stop"), properties={"correlationKey": "${number}"}),
            end_event("over"),
            *path("on_stop", "over"),
        ),
        start_event="start",
        payload={"number": "17"},
    )
    (wait,) = instance.messages
    assert wait.correlation_key == "17"
    instance.occur("on_stop")
    assert instance.completed
