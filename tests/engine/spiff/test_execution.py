"""The public face: begin, load, act, settle, dump, and refusals of what is not there any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import BadCommand, Conflict
from engine.spiff import Execution, compile_process
from tests.support.diagrams import (
    boundary_event,
    catch_event,
    definitions,
    end_event,
    error,
    message,
    path,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of
from tests.support.variables import VariablesInMemory


def waiting() -> Instance:
    return instance_of(
        start_event("start"),
        user_task("work", inputs={"x": "1"}),
        boundary_event("late", "work", timer(duration="PT1H")),
        boundary_event("failed", "work", error("E")),
        catch_event("news", message("news")),
        end_event("end"),
        *path("start", "work", "news", "end"),
        *path("late", "end"),
        *path("failed", "end"),
    )


def test_what_waits_can_be_asked() -> None:
    instance = waiting()
    work, late = instance.wait("work"), instance.wait("late")

    def answers(execution: Execution) -> tuple[object, ...]:
        return (
            execution.is_waiting(work.token),
            execution.is_waiting(late.token),
            execution.is_waiting(99),
            execution.has_wait(work.key),
            execution.has_wait(late.key),
            execution.has_wait("99"),
            execution.element_of(work.token),
            execution.element_of(99),
        )

    assert instance.act(answers) == (
        True,
        False,
        False,
        True,
        True,
        False,
        "work",
        None,
    )
    assert instance.act(lambda execution: execution.scope_of(work.token)) == work.token
    assert instance.act(lambda execution: execution.scope_of(late.token)) == work.token
    instance.complete("work")
    assert instance.act(answers) == (False, False, False, False, False, False, None, None)


@pytest.mark.parametrize(
    "command",
    [
        lambda execution: execution.complete(99),
        lambda execution: execution.complete(3),
        lambda execution: execution.trigger("99"),
        lambda execution: execution.trigger("2"),
        lambda execution: execution.throw_error(99, "E"),
        lambda execution: execution.throw_error(3, "E"),
        lambda execution: execution.cancel_activity(99),
        lambda execution: execution.scope_of(99),
    ],
)
def test_acting_on_what_does_not_wait_is_a_conflict(command: Callable[[Execution], None]) -> None:
    instance = waiting()
    assert (instance.wait("work").token, instance.wait("late").token) == (2, 3)
    with pytest.raises(Conflict):
        instance.act(command)


def test_a_task_is_completed_once() -> None:
    instance = waiting()
    token = instance.wait("work").token
    instance.complete("work")
    with pytest.raises(Conflict):
        instance.act(lambda execution: execution.complete(token))


def test_an_instance_begins_at_a_start_event_that_exists() -> None:
    root = definitions(process("p", start_event("asked", message("m")), user_task("work")))
    specification = compile_process(root, "p")
    for start_event_id in (None, "work", "gone"):
        with pytest.raises(BadCommand, match="start"):
            Execution.begin(specification, VariablesInMemory(), start_event_id)


def test_a_step_tells_what_was_opened_and_closed_in_it() -> None:
    instance = waiting()
    assert [wait.element_id for wait in instance.step.opened] == ["late", "work"]
    closed = {instance.wait("work").key, instance.wait("late").key}
    instance.complete("work")
    assert set(instance.step.closed) == closed
    assert [wait.element_id for wait in instance.step.opened] == ["news"]
    instance.act(lambda execution: None)
    assert (instance.step.opened, instance.step.closed, instance.step.transitions) == ((), (), ())


def test_an_execution_may_settle_several_times() -> None:
    root = definitions(
        process("p", start_event("start"), user_task("a"), user_task("b"), *path("start", "a", "b"))
    )
    execution = Execution.begin(compile_process(root, "p"), VariablesInMemory())
    (first,) = execution.settle(100).opened
    execution.complete(first.token)
    step = execution.settle(100)
    assert [wait.element_id for wait in step.opened] == ["b"]
    assert step.closed == (first.key,)
