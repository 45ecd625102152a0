"""Joins count tokens; an inclusive one waits as long as a token can still come."""

from __future__ import annotations

from itertools import product

import pytest

from tests.support.diagrams import (
    Element,
    boundary_event,
    catch_event,
    end_event,
    error,
    exclusive_gateway,
    flow,
    inclusive_gateway,
    message,
    parallel_gateway,
    path,
    service_task,
    start_event,
    sub_process,
    throw_event,
    timer,
    user_task,
)
from tests.support.instances import instance_of


def forked(*, gateway: str = "join") -> list[Element]:
    return [
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        *path("start", "fork", "a", gateway),
        *path("fork", "b", gateway),
    ]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_parallel_join_waits_for_each_flow_in_any_order(order: str) -> None:
    instance = instance_of(
        *forked(),
        parallel_gateway("join"),
        user_task("next"),
        end_event("end"),
        *path("join", "next", "end"),
    )
    instance.complete(order[0])
    assert instance.open == [order[1]]
    instance.complete(order[1])
    assert instance.open == ["next"]
    assert instance.trace().count(("join", "completed")) == 2
    instance.complete("next")
    assert instance.completed


@pytest.mark.parametrize("orders", list(product(("ab", "ba"), repeat=3)))
def test_parallel_join_in_its_second_loop_round(orders: tuple[str, ...]) -> None:
    instance = instance_of(
        start_event("start"),
        exclusive_gateway("again"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        parallel_gateway("join"),
        exclusive_gateway("check"),
        end_event("end"),
        *path("start", "again", "fork", "a", "join", "check"),
        *path("fork", "b", "join"),
        flow("check", "again", "${rework}"),
        flow("check", "end", "${!rework}"),
    )
    for turn, (first, second) in enumerate(orders):
        assert instance.open == ["a", "b"]
        instance.complete(first, rework=turn < len(orders) - 1)
        assert instance.open == [second]
        instance.complete(second)
    assert instance.completed


@pytest.mark.parametrize("orders", list(product(("ab", "ba"), repeat=2)))
def test_parallel_join_in_a_loop_inside_another_parallel_branch(orders: tuple[str, ...]) -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("outer_fork"),
        user_task("side"),
        exclusive_gateway("again"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        parallel_gateway("join"),
        exclusive_gateway("check"),
        parallel_gateway("outer_join"),
        end_event("end"),
        *path("start", "outer_fork", "side", "outer_join", "end"),
        *path("outer_fork", "again", "fork", "a", "join", "check"),
        *path("fork", "b", "join"),
        flow("check", "again", "${rework}"),
        flow("check", "outer_join", "${!rework}"),
    )
    for turn, (first, second) in enumerate(orders):
        assert instance.open == ["a", "b", "side"]
        instance.complete(first, rework=turn < len(orders) - 1)
        assert instance.open == sorted([second, "side"])
        instance.complete(second)
    assert instance.open == ["side"]
    instance.complete("side")
    assert instance.completed


def test_two_tokens_through_one_parallel_gateway() -> None:
    """Two tokens come to the same fork; each pair of branches joins once."""
    instance = instance_of(
        start_event("start"),
        parallel_gateway("double"),
        exclusive_gateway("merge"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        parallel_gateway("join"),
        user_task("next"),
        end_event("end"),
        *path("start", "double", "merge", "fork", "a", "join", "next", "end"),
        flow("double", "merge"),
        *path("fork", "b", "join"),
    )
    assert instance.open == ["a", "a", "b", "b"]
    instance.complete("a")
    instance.complete("a")
    assert instance.open == ["b", "b"]
    instance.complete("b")
    assert instance.open == ["b", "next"]
    instance.complete("b")
    assert instance.open == ["next", "next"]
    instance.complete("next")
    assert not instance.completed
    instance.complete("next")
    assert instance.completed


def test_parallel_join_needs_a_token_on_each_of_two_flows_from_one_element() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        parallel_gateway("join"),
        user_task("next"),
        end_event("end"),
        *path("start", "fork", "join", "next", "end"),
        flow("fork", "join"),
        *path("fork", "a", "join"),
    )
    assert instance.open == ["a"]
    instance.complete("a")
    assert instance.open == ["next"]


def test_inclusive_join_with_an_external_task_still_open() -> None:
    instance = instance_of(
        start_event("start"),
        inclusive_gateway("fork"),
        service_task("first"),
        service_task("second"),
        user_task("a"),
        inclusive_gateway("join"),
        user_task("next"),
        end_event("end"),
        flow("start", "fork"),
        flow("fork", "first", "${true}"),
        flow("fork", "a", "${true}"),
        *path("first", "second", "join", "next", "end"),
        flow("a", "join"),
    )
    instance.complete("a")
    assert instance.open == ["first"]
    instance.complete("first")
    assert instance.open == ["second"]
    instance.complete("second")
    assert instance.open == ["next"]
    instance.complete("next")
    assert instance.completed


def test_inclusive_join_waits_only_for_the_branches_that_were_taken() -> None:
    def started(x: int) -> list[str]:
        instance = instance_of(
            start_event("start"),
            inclusive_gateway("fork", default="else"),
            user_task("a"),
            user_task("b"),
            user_task("c"),
            inclusive_gateway("join"),
            user_task("next"),
            end_event("end"),
            flow("start", "fork"),
            flow("fork", "a", "${x > 1}"),
            flow("fork", "b", "${x > 2}"),
            flow("fork", "c", id="else"),
            *path("a", "join"),
            *path("b", "join"),
            *path("c", "join", "next", "end"),
            variables={"x": x},
        )
        taken = instance.open
        for element in taken:
            assert "next" not in instance.open
            instance.complete(element)
        assert instance.open == ["next"]
        return taken

    assert started(1) == ["c"]
    assert started(2) == ["a"]
    assert started(3) == ["a", "b"]


def test_inclusive_join_goes_on_when_the_other_token_is_cancelled() -> None:
    instance = instance_of(
        *forked(),
        inclusive_gateway("join"),
        user_task("next"),
        end_event("end"),
        *path("join", "next", "end"),
    )
    instance.complete("a")
    instance.cancel_activity("b")
    assert instance.open == ["next"]


def test_inclusive_join_waits_while_an_error_may_lead_to_it() -> None:
    """Only the error boundary event of `a` leads to the second flow of the join."""
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        service_task("a"),
        boundary_event("failed", "a", error("E")),
        user_task("b"),
        inclusive_gateway("join"),
        user_task("next"),
        end_event("end"),
        end_event("a_end"),
        *path("start", "fork", "a"),
        flow("a", "a_end"),
        *path("fork", "b", "join", "next", "end"),
        flow("failed", "join"),
    )
    instance.complete("b")
    assert instance.open == ["a"]
    assert instance.throw("a", "E") == "failed"
    assert instance.open == ["next"]
    instance.complete("next")
    assert instance.completed


def test_inclusive_join_does_not_wait_for_a_token_that_may_follow_one_that_has_come() -> None:
    """The token at `b` can come by an empty flow, but also by the one that `a` came by."""
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        exclusive_gateway("which", default="direct"),
        exclusive_gateway("merge"),
        inclusive_gateway("join"),
        user_task("next"),
        end_event("end"),
        *path("start", "fork", "a", "merge", "join", "next", "end"),
        *path("fork", "b", "which"),
        flow("which", "merge", "${false}"),
        flow("which", "join", id="direct"),
    )
    instance.complete("a")
    assert instance.open == ["b", "next"]


def test_an_inclusive_gateway_with_one_incoming_flow_is_passed_at_once() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        inclusive_gateway("split"),
        user_task("a"),
        throw_event("one"),
        throw_event("two"),
        end_event("end"),
        *path("start", "fork", "split"),
        flow("split", "a", "${true}"),
        flow("a", "end"),
        *path("fork", "one", "two", "end"),
    )
    assert instance.trace().index(("split", "completed")) < instance.trace().index(
        ("two", "started")
    )


def test_inclusive_join_does_not_wait_for_tokens_behind_it() -> None:
    """In a loop the tokens behind a join come to it only through itself or a flow that has one."""
    instance = instance_of(
        start_event("start"),
        inclusive_gateway("join"),
        user_task("work"),
        exclusive_gateway("check"),
        end_event("end"),
        *path("start", "join", "work", "check"),
        flow("check", "join", "${rework}"),
        flow("check", "end", "${!rework}"),
    )
    instance.complete("work", rework=True)
    assert instance.open == ["work"]
    instance.complete("work", rework=False)
    assert instance.completed


def test_a_join_that_nothing_can_reach_is_told() -> None:
    """An exclusive split into a parallel join: one token waits for ever."""
    instance = instance_of(
        start_event("start"),
        user_task("choose"),
        exclusive_gateway("split", default="other"),
        parallel_gateway("join"),
        end_event("end"),
        *path("start", "choose", "split"),
        flow("split", "join", "${x}"),
        flow("split", "join", id="other"),
        flow("join", "end"),
        variables={"x": True},
    )
    assert instance.step.deadlocks == ()
    instance.complete("choose")
    assert instance.step.deadlocks == ("join",)
    assert not instance.completed


def test_a_join_is_no_deadlock_while_a_boundary_event_may_lead_to_it() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        boundary_event("late", "a", timer(duration="PT1H")),
        user_task("b"),
        parallel_gateway("join"),
        end_event("end"),
        end_event("a_end"),
        *path("start", "fork", "a", "a_end"),
        *path("fork", "b", "join", "end"),
        flow("late", "join"),
    )
    instance.complete("b")
    assert instance.step.deadlocks == ()
    instance.complete("a")
    assert instance.step.deadlocks == ("join",)


def test_a_join_behind_a_dead_join_is_dead_and_one_beside_it_is_not() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        exclusive_gateway("split", default="d"),
        parallel_gateway("first"),
        parallel_gateway("second"),
        catch_event("wait", message("m")),
        user_task("a"),
        parallel_gateway("alive"),
        end_event("end"),
        *path("start", "fork"),
        *path("fork", "split"),
        flow("split", "first", "${false}"),
        flow("split", "first", id="d"),
        *path("first", "second", "end"),
        flow("fork", "second"),
        *path("fork", "wait", "alive", "end"),
        *path("fork", "a", "alive"),
    )
    assert sorted(instance.step.deadlocks) == ["first", "second"]
    instance.complete("a")
    assert sorted(instance.step.deadlocks) == ["first", "second"]


def test_a_join_in_a_sub_process_counts_for_each_instance_of_it() -> None:
    inner = [
        start_event("in"),
        parallel_gateway("split"),
        user_task("x"),
        user_task("y"),
        parallel_gateway("meet"),
        end_event("out"),
        *path("in", "split", "x", "meet", "out"),
        *path("split", "y", "meet"),
    ]
    instance = instance_of(
        start_event("start"),
        parallel_gateway("twice"),
        exclusive_gateway("merge"),
        sub_process("part", *inner),
        end_event("end"),
        *path("start", "twice", "merge", "part", "end"),
        flow("twice", "merge"),
    )
    instance.complete("x", 0)
    instance.complete("y", 1)
    assert instance.open == ["x", "y"]
    instance.complete("x")
    instance.complete("y")
    assert instance.completed
