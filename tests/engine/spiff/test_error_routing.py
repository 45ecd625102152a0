"""A BPMN error is caught by exactly one event: the nearest, from its host outward."""

from __future__ import annotations

from tests.support.diagrams import (
    boundary_event,
    call_activity,
    end_event,
    error,
    event_start,
    event_sub_process,
    message,
    multi_instance,
    parallel_gateway,
    path,
    service_task,
    start_event,
    sub_process,
    user_task,
)
from tests.support.instances import Instance, instance_of


def test_two_parallel_external_tasks_with_the_same_error_code() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        service_task("a"),
        service_task("b"),
        boundary_event("a_failed", "a", error("X")),
        boundary_event("b_failed", "b", error("X")),
        user_task("repair_a"),
        user_task("repair_b"),
        end_event("end"),
        *path("start", "fork", "a", "end"),
        *path("fork", "b", "end"),
        *path("a_failed", "repair_a", "end"),
        *path("b_failed", "repair_b", "end"),
    )
    assert instance.throw("a", "X") == "a_failed"
    assert instance.open == ["b", "repair_a"]
    instance.complete("b")
    instance.complete("repair_a")
    assert instance.completed


def nested() -> Instance:
    return instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            service_task("work"),
            user_task("inner"),
            end_event("out"),
            boundary_event("nearest", "work", error("X")),
            *path("in", "work", "out"),
            *path("nearest", "inner", "out"),
        ),
        boundary_event("same_code", "part", error("X")),
        boundary_event("any", "part", error()),
        user_task("outer"),
        user_task("other"),
        end_event("end"),
        *path("start", "part", "end"),
        *path("same_code", "other", "end"),
        *path("any", "outer", "end"),
    )


def test_inner_and_outer_boundary_for_one_error() -> None:
    instance = nested()
    assert instance.throw("work", "X") == "nearest"
    assert instance.open == ["inner"]
    instance.complete("inner")
    assert instance.completed


def test_an_error_that_the_inner_boundary_does_not_name_goes_outward() -> None:
    instance = nested()
    assert instance.throw("work", "Y") == "any"
    assert instance.open == ["outer"]
    assert ("part", "cancelled") in instance.trace()


def test_an_exact_code_comes_before_an_event_that_catches_any() -> None:
    instance = instance_of(
        start_event("start"),
        service_task("work"),
        boundary_event("any", "work", error()),
        boundary_event("exact", "work", error("X")),
        user_task("a"),
        user_task("b"),
        end_event("end"),
        *path("start", "work", "end"),
        *path("any", "a", "end"),
        *path("exact", "b", "end"),
    )
    assert instance.throw("work", "X") == "exact"


def test_an_error_is_not_caught_at_another_branch() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        service_task("a"),
        service_task("b"),
        boundary_event("b_failed", "b", error("X")),
        end_event("end"),
        *path("start", "fork", "a", "end"),
        *path("fork", "b", "end"),
        *path("b_failed", "end"),
    )
    assert instance.throw("a", "X", x=1) is None
    assert instance.open == ["a", "b"]
    assert instance.variables == {}
    assert instance.step.transitions == ()


def test_an_error_in_one_instance_of_a_multi_instance_ends_them_all() -> None:
    instance = instance_of(
        start_event("start"),
        service_task("each", multi_instance("items")),
        boundary_event("failed", "each", error("X")),
        user_task("repair"),
        end_event("end"),
        *path("start", "each", "end"),
        *path("failed", "repair", "end"),
        variables={"items": [1, 2, 3]},
    )
    assert instance.throw("each", "X", 1) == "failed"
    assert instance.open == ["repair"]
    assert instance.trace()[6:11] == [
        ("each", "cancelled"),
        ("each", "cancelled"),
        ("each", "cancelled"),
        ("each[]", "cancelled"),
        ("failed", "started"),
    ]
    instance.complete("repair")
    assert instance.completed


def test_an_error_of_a_called_process_is_caught_at_the_call_activity() -> None:
    instance = instance_of(
        start_event("start"),
        call_activity("call", "other"),
        boundary_event("failed", "call", error("X")),
        user_task("repair"),
        end_event("end"),
        *path("start", "call", "end"),
        *path("failed", "repair", "end"),
    )
    assert instance.throw("call", "X") == "failed"
    assert instance.open == ["repair"]


def test_an_error_end_event_interrupts_the_sub_process() -> None:
    instance = instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            parallel_gateway("fork"),
            user_task("a"),
            user_task("b"),
            end_event("failed", error("X")),
            end_event("out"),
            *path("in", "fork", "a", "failed"),
            *path("fork", "b", "out"),
        ),
        boundary_event("caught", "part", error("X")),
        user_task("repair"),
        end_event("end"),
        *path("start", "part", "end"),
        *path("caught", "repair", "end"),
    )
    instance.complete("a")
    assert instance.open == ["repair"]
    assert instance.trace()[-6:] == [
        ("failed", "completed"),
        ("b", "cancelled"),
        ("part", "cancelled"),
        ("caught", "started"),
        ("caught", "completed"),
        ("repair", "started"),
    ]
    instance.complete("repair")
    assert instance.completed


def test_an_error_end_event_that_nobody_catches_is_told_and_ends_its_path() -> None:
    instance = instance_of(
        start_event("start"), end_event("failed", error("X")), *path("start", "failed")
    )
    assert [(each.element_id, each.code) for each in instance.uncaught_errors] == [("failed", "X")]
    assert instance.completed


def test_variables_of_an_error_are_written_where_it_is_caught() -> None:
    instance = instance_of(
        start_event("start"),
        service_task("work"),
        boundary_event(
            "failed",
            "work",
            error("X", error_code_variable="code", error_message_variable="words"),
        ),
        user_task("repair"),
        end_event("end"),
        *path("start", "work", "end"),
        *path("failed", "repair", "end"),
    )
    instance.throw("work", "X", reason="closed")
    assert instance.variables == {"reason": "closed", "code": "X", "words": "text"}


def test_output_parameters_of_an_error_event_decide_what_is_written() -> None:
    instance = instance_of(
        start_event("start"),
        service_task("work"),
        boundary_event("failed", "work", error("X"), outputs={"why": "${'it is ' + reason}"}),
        end_event("end"),
        *path("start", "work", "end"),
        *path("failed", "end"),
    )
    instance.throw("work", "X", reason="closed")
    assert instance.variables == {"why": "it is closed"}


def with_error_sub_process() -> Instance:
    return instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            service_task("work"),
            user_task("beside"),
            end_event("out"),
            *path("in", "work", "out"),
            *path("in", "beside", "out"),
            event_sub_process(
                "rescue",
                event_start("on_error", error("X")),
                service_task("repair"),
                end_event("repaired"),
                *path("on_error", "repair", "repaired"),
            ),
        ),
        boundary_event("outer", "part", error("X")),
        user_task("after"),
        end_event("end"),
        *path("start", "part", "after", "end"),
        *path("outer", "end"),
    )


def test_an_event_sub_process_catches_the_error_of_its_scope_before_the_boundary() -> None:
    instance = with_error_sub_process()
    assert instance.throw("work", "X", reason="closed") == "on_error"
    assert instance.open == ["repair"]
    assert instance.variables == {"reason": "closed"}
    instance.complete("repair")
    assert instance.open == ["after"]


def test_an_error_inside_an_event_sub_process_is_not_caught_by_itself() -> None:
    instance = with_error_sub_process()
    instance.throw("work", "X")
    assert instance.throw("repair", "X") == "outer"
    assert instance.completed


def test_an_event_sub_process_of_the_process_catches_what_comes_from_a_sub_process() -> None:
    instance = instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            service_task("work"),
            end_event("out"),
            *path("in", "work", "out"),
        ),
        end_event("end"),
        *path("start", "part", "end"),
        event_sub_process(
            "rescue",
            event_start("on_error", error()),
            user_task("repair"),
            end_event("repaired"),
            *path("on_error", "repair", "repaired"),
        ),
        event_sub_process(
            "listen",
            event_start("on_news", message("news"), interrupting=False),
            end_event("heard"),
            *path("on_news", "heard"),
        ),
    )
    assert instance.throw("work", "X") == "on_error"
    assert (instance.open, instance.messages) == (["repair"], [])
    instance.complete("repair")
    assert instance.completed


def error_beside_a_task() -> Instance:
    return instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        user_task("b"),
        end_event("threw", error("X")),
        end_event("end"),
        *path("start", "fork", "a", "threw"),
        *path("fork", "b", "end"),
    )


def test_an_error_that_nobody_catches_leaves_the_other_tokens_of_a_root_instance() -> None:
    instance = error_beside_a_task()
    instance.complete("a")
    assert [error.code for error in instance.uncaught_errors] == ["X"]
    assert instance.open == ["b"]


def test_an_error_that_nobody_catches_ends_a_called_instance_with_all_its_tokens() -> None:
    instance = error_beside_a_task()
    execution = instance.ways[0].load()
    execution.complete(instance.wait("a").token)
    step = execution.settle(100, error_ends=True)
    assert [error.code for error in step.uncaught_errors] == ["X"]
    assert step.completed
    assert set(step.closed) == set(instance.waits)


def test_whether_an_error_would_be_caught_can_be_asked_before() -> None:
    instance = nested()
    execution = instance.ways[0].load()
    token = instance.wait("work").token
    assert execution.catches(token, "X")
    assert execution.catches(token, "Y"), "the boundary event that catches any"
    assert instance.open == ["work"]
    alone = error_beside_a_task()
    assert not alone.ways[0].load().catches(alone.wait("a").token, "X")
