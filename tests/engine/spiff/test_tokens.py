"""Tokens: their ids, cancelling them, the budget of a step, and that no Python is evaluated."""

from __future__ import annotations

from unittest import mock

import pytest
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from engine.errors import StepBudgetExceeded
from engine.spiff.tokens import NO_SCRIPTS
from tests.support.diagrams import (
    boundary_event,
    catch_event,
    condition,
    end_event,
    exclusive_gateway,
    flow,
    message,
    multi_instance,
    parallel_gateway,
    path,
    start_event,
    sub_process,
    throw_event,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of


def busy() -> Instance:
    return instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        sub_process(
            "part",
            start_event("in"),
            user_task("a", multi_instance("items")),
            end_event("out"),
            *path("in", "a", "out"),
        ),
        user_task("b"),
        boundary_event("late", "b", timer(duration="PT1H")),
        catch_event("news", message("news")),
        end_event("end"),
        *path("start", "fork", "part", "end"),
        *path("fork", "b", "end"),
        *path("fork", "news", "end"),
        *path("late", "end"),
        variables={"items": [1, 2]},
    )


def test_token_ids_grow_and_are_the_same_after_loading() -> None:
    instance = busy()
    before = {wait.element_id: wait.token for wait in instance.waits.values()}
    instance.complete("a")
    instance.occur("news")
    started = [move.token for move in instance.transitions if move.kind == "started"]
    assert started == sorted(set(started))
    assert instance.wait("late").token == before["late"]
    assert instance.wait("b").token == before["b"]


def test_cancelling_an_instance_ends_all_from_inside_outward() -> None:
    instance = busy()
    instance.cancel()
    assert instance.completed
    assert [element for element, how in instance.trace() if how == "cancelled"] == [
        "a", "a", "a[]", "part", "b", "news",
    ]  # fmt: skip


def test_cancelling_one_activity_leaves_the_others() -> None:
    instance = busy()
    instance.cancel_activity("b")
    assert (instance.open, instance.timers) == (["a", "a"], [])
    instance.cancel_activity("a")
    assert instance.open == ["a"]
    instance.cancel_activity("a")
    assert instance.open == []
    instance.occur("news")
    assert instance.completed


def test_a_sub_process_goes_on_when_its_last_activity_is_cancelled() -> None:
    instance = instance_of(
        start_event("start"),
        sub_process("part", start_event("in"), user_task("a"), *path("in", "a")),
        user_task("next"),
        end_event("end"),
        *path("start", "part", "next", "end"),
    )
    instance.cancel_activity("a")
    assert instance.open == ["next"]


def test_a_loop_that_never_waits_exceeds_the_budget_at_one_of_its_elements() -> None:
    with pytest.raises(StepBudgetExceeded, match="never waits") as failure:
        instance_of(
            start_event("start"),
            throw_event("before"),
            exclusive_gateway("merge"),
            throw_event("turn"),
            exclusive_gateway("check"),
            end_event("end"),
            *path("start", "before", "merge", "turn", "check"),
            flow("check", "merge", "${true}"),
            flow("check", "end", "${false}"),
        )
    assert failure.value.element_id in ("merge", "turn", "check")


def test_a_token_that_multiplies_without_end_exceeds_the_budget() -> None:
    with pytest.raises(StepBudgetExceeded):
        instance_of(
            start_event("start"),
            exclusive_gateway("merge"),
            parallel_gateway("fork"),
            *path("start", "merge", "fork", "merge"),
            flow("fork", "merge"),
        )


def test_a_step_within_its_budget_is_not_hindered() -> None:
    chain = [f"step_{number}" for number in range(50)]
    elements = [throw_event(name) for name in chain]
    instance = instance_of(
        start_event("start"), *elements, end_event("end"), *path("start", *chain, "end"), budget=52
    )
    assert instance.completed
    with pytest.raises(StepBudgetExceeded):
        instance_of(
            start_event("start"),
            *elements,
            end_event("end"),
            *path("start", *chain, "end"),
            budget=51,
        )


def test_nothing_in_a_diagram_reaches_the_script_environment_of_spiffworkflow() -> None:
    """Conditions, timers, cardinalities, keys and parameters: all go to the engine's variables."""
    forbidden = AssertionError("evaluated by SpiffWorkflow")
    environment = BasePythonScriptEngineEnvironment
    with (
        mock.patch.object(environment, "evaluate", side_effect=forbidden),
        mock.patch.object(environment, "execute", side_effect=forbidden),
        mock.patch("builtins.eval", side_effect=forbidden),
    ):
        instance = instance_of(
            start_event("start"),
            user_task("each", multi_instance(cardinality="${n}")),
            boundary_event("late", "each", timer(duration="${term}")),
            boundary_event("many", "each", condition("${n > 5}"), interrupting=False),
            exclusive_gateway("check"),
            user_task("work", inputs={"x": "${n + 1}"}),
            end_event("end"),
            *path("start", "each", "check"),
            flow("check", "work", "${n == 1}"),
            *path("work", "end"),
            *path("late", "end"),
            *path("many", "end"),
            variables={"n": 1, "term": "PT1H"},
        )
        instance.complete("each")
        instance.complete("work")
    assert instance.completed
    with pytest.raises(PermissionError):
        NO_SCRIPTS.evaluate(None, "1")
    with pytest.raises(PermissionError):
        NO_SCRIPTS.execute(None, "1")
