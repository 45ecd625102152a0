"""Exclusive and event-based gateways, and conditional flows out of activities."""

from __future__ import annotations

import pytest

from engine.errors import StepFailed
from tests.support.diagrams import (
    Element,
    catch_event,
    end_event,
    event_based_gateway,
    exclusive_gateway,
    flow,
    message,
    path,
    receive_task,
    start_event,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of


def choice(default: str | None, *flows: Element) -> Instance:
    return instance_of(
        start_event("start"),
        user_task("ask"),
        exclusive_gateway("which", default=default),
        user_task("a"),
        user_task("b"),
        end_event("end"),
        *path("start", "ask", "which"),
        *flows,
        *path("a", "end"),
        *path("b", "end"),
    )


@pytest.mark.parametrize(("x", "taken"), [(5, "a"), (1, "b")])
def test_exclusive_gateway_takes_the_flow_whose_condition_is_true(x: int, taken: str) -> None:
    instance = choice("else", flow("which", "b", id="else"), flow("which", "a", "${x > 3}"))
    instance.complete("ask", x=x)
    assert instance.open == [taken]


def test_exclusive_gateway_takes_the_first_of_two_in_the_order_of_the_diagram() -> None:
    instance = choice(None, flow("which", "b", "${x > 1}"), flow("which", "a", "${x > 0}"))
    instance.complete("ask", x=2)
    assert instance.open == ["b"]


def test_exclusive_gateway_without_a_true_condition_and_default_fails_the_step() -> None:
    instance = choice(None, flow("which", "b", "${x > 9}"), flow("which", "a", "${x > 8}"))
    with pytest.raises(StepFailed, match="none is") as failure:
        instance.complete("ask", x=2)
    assert failure.value.element_id == "which"


def test_a_condition_that_cannot_be_evaluated_fails_the_step_at_its_element() -> None:
    instance = choice("else", flow("which", "a", "${nowhere > 3}"), flow("which", "b", id="else"))
    with pytest.raises(StepFailed, match="nowhere") as failure:
        instance.complete("ask")
    assert failure.value.element_id == "which"


@pytest.mark.parametrize("value", ["yes", 1, [True]])
def test_a_condition_that_is_neither_true_nor_false_fails_the_step(value: object) -> None:
    instance = choice("else", flow("which", "a", "${x}"), flow("which", "b", id="else"))
    with pytest.raises(StepFailed, match="true or false"):
        instance.complete("ask", x=value)


def test_null_counts_as_false() -> None:
    instance = choice("else", flow("which", "a", "${x}"), flow("which", "b", id="else"))
    instance.complete("ask", x=None)
    assert instance.open == ["b"]


def test_a_condition_is_never_python() -> None:
    """Neither SpiffWorkflow nor anything else evaluates Python: the text is not even a name."""
    attacks = ["${__import__('os').getpid() > 0}", "${().__class__.__base__ != null}"]
    for attack in attacks:
        instance = choice("else", flow("which", "a", attack), flow("which", "b", id="else"))
        with pytest.raises(StepFailed):
            instance.complete("ask")


def two_timers() -> Instance:
    return instance_of(
        start_event("start"),
        event_based_gateway("first"),
        catch_event("news", message("news")),
        catch_event("soon", timer(duration="PT1H")),
        catch_event("late", timer(duration="PT2H")),
        user_task("a"),
        user_task("b"),
        user_task("c"),
        end_event("end"),
        *path("start", "first", "news", "a", "end"),
        *path("first", "soon", "b", "end"),
        *path("first", "late", "c", "end"),
    )


@pytest.mark.parametrize(("event", "task"), [("news", "a"), ("soon", "b"), ("late", "c")])
def test_two_timers_behind_one_event_gateway(event: str, task: str) -> None:
    instance = two_timers()
    assert sorted(wait.value for wait in instance.timers) == ["PT1H", "PT2H"]
    instance.occur(event)
    assert (instance.open, instance.timers, instance.messages) == ([task], [], [])
    instance.complete(task)
    assert instance.completed


def test_an_event_gateway_is_left_by_the_event_that_occurs() -> None:
    instance = two_timers()
    assert instance.trace()[-1] == ("first", "started")
    instance.occur("late")
    assert instance.trace()[3:6] == [
        ("first", "completed"),
        ("late", "started"),
        ("late", "completed"),
    ]


def test_an_event_gateway_in_a_loop_listens_anew_in_each_round() -> None:
    instance = instance_of(
        start_event("start"),
        exclusive_gateway("merge"),
        event_based_gateway("first"),
        receive_task("news", "news"),
        catch_event("late", timer(duration="PT1H")),
        end_event("end"),
        *path("start", "merge", "first", "news", "merge"),
        *path("first", "late", "end"),
    )
    for _ in range(3):
        instance.occur("news")
        assert len(instance.waits) == 2
    instance.occur("late")
    assert instance.completed


def conditional_flows() -> list[Element]:
    return [
        start_event("start"),
        user_task("ask", attributes={"default": "else"}),
        user_task("a"),
        user_task("b"),
        user_task("c"),
        end_event("end"),
        flow("start", "ask"),
        flow("ask", "a", "${x > 1}"),
        flow("ask", "b", "${x > 2}"),
        flow("ask", "c", id="else"),
        *path("a", "end"),
        *path("b", "end"),
        *path("c", "end"),
    ]


@pytest.mark.parametrize(("x", "taken"), [(1, ["c"]), (2, ["a"]), (3, ["a", "b"])])
def test_conditional_flows_out_of_a_task_split_inclusively(x: int, taken: list[str]) -> None:
    instance = instance_of(*conditional_flows())
    instance.complete("ask", x=x)
    assert instance.open == taken


def test_plain_flows_out_of_a_task_are_all_taken() -> None:
    instance = instance_of(
        start_event("start"),
        user_task("ask"),
        user_task("a"),
        user_task("b"),
        *path("start", "ask", "a"),
        *path("ask", "b"),
    )
    instance.complete("ask")
    assert instance.open == ["a", "b"]
    instance.complete("a")
    instance.complete("b")
    assert instance.completed
