"""State and time stay flat however often a diagram loops."""

from __future__ import annotations

import re

from engine.spiff import Execution
from tests.support.diagrams import (
    boundary_event,
    end_event,
    exclusive_gateway,
    flow,
    parallel_gateway,
    path,
    service_task,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.instances import Alive, Instance, Saved, instance_of
from tests.support.pace import laps

ROUNDS = 1000


def reworked(*, ways: tuple[type, ...] = (Saved,)) -> Instance:
    return instance_of(
        start_event("start"),
        exclusive_gateway("merge"),
        user_task("fill_in"),
        boundary_event("late", "fill_in", timer(duration="P5D")),
        service_task("check"),
        exclusive_gateway("good", default="no"),
        end_event("end"),
        *path("start", "merge", "fill_in", "check", "good"),
        flow("good", "end", "${good}"),
        flow("good", "merge", id="no"),
        *path("late", "end"),
        ways=ways,
    )


def without_ids(state: bytes) -> bytes:
    return re.sub(rb"\d+", b"0", state)


def test_1000_rework_rounds_are_flat_in_state_and_time_and_then_end_properly() -> None:
    instance = reworked()
    shape = without_ids(instance.state)

    def turn() -> None:
        instance.complete("fill_in", good=False)
        instance.complete("check")

    def hundred() -> None:
        for _ in range(100):
            turn()

    spent = [laps(hundred) for _ in range(ROUNDS // 100)]
    assert without_ids(instance.state) == shape
    assert len(instance.state) < 100
    assert min(spent[5:]) < 2 * min(spent[:5])
    instance.complete("fill_in", good=True)
    instance.complete("check")
    assert instance.step.completed


def test_an_execution_that_is_kept_alive_keeps_its_live_tokens_only() -> None:
    instance = reworked(ways=(Alive,))
    sizes = set()
    for _ in range(30):
        instance.complete("fill_in", good=False)
        instance.complete("check")
        sizes.add(instance.act(tokens_held))
    assert sizes == {(2, 3, 1)}


def tokens_held(execution: Execution) -> tuple[int, int, int]:
    """The tokens of all scopes, those of the process with its root, and the root's own."""
    process = execution._process
    return len(process.tokens), len(process.tasks), len(process.task_tree._children)


def test_a_loop_in_a_nested_sub_process_is_flat() -> None:
    instance = instance_of(
        start_event("start"),
        sub_process(
            "outer",
            start_event("in"),
            exclusive_gateway("merge"),
            sub_process(
                "inner",
                start_event("inner_in"),
                user_task("work"),
                end_event("inner_out"),
                *path("inner_in", "work", "inner_out"),
            ),
            exclusive_gateway("check"),
            end_event("out"),
            *path("in", "merge", "inner", "check"),
            flow("check", "merge", "${n < 60}"),
            flow("check", "out", "${n >= 60}"),
        ),
        end_event("end"),
        *path("start", "outer", "end"),
    )
    sizes = set()
    for turn in range(1, 61):
        instance.complete("work", n=turn)
        sizes.add(len(instance.state))
    assert instance.completed
    assert max(sizes) < 100


def test_a_loop_in_a_parallel_branch_with_boundary_events_is_flat() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("side"),
        exclusive_gateway("merge"),
        user_task("work"),
        boundary_event("tick", "work", timer(cycle="R/PT1H"), interrupting=False),
        boundary_event("late", "work", timer(duration="P9D")),
        end_event("ticked"),
        end_event("too_late"),
        exclusive_gateway("check"),
        parallel_gateway("join"),
        end_event("end"),
        *path("start", "fork", "side", "join", "end"),
        *path("fork", "merge", "work", "check"),
        flow("check", "merge", "${n < 80}"),
        flow("check", "join", "${n >= 80}"),
        *path("tick", "ticked"),
        *path("late", "too_late"),
    )
    sizes = set()
    for turn in range(1, 81):
        instance.occur("tick")
        instance.complete("work", n=turn)
        sizes.add(len(instance.state))
    assert instance.open == ["side"]
    instance.complete("side")
    assert instance.completed
    assert max(sizes) < 200
