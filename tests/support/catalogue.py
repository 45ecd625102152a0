"""One instance of each construct, for tests that must hold for all of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.diagrams import (
    boundary_event,
    call_activity,
    catch_event,
    condition,
    end_event,
    error,
    event_based_gateway,
    event_start,
    event_sub_process,
    exclusive_gateway,
    flow,
    inclusive_gateway,
    message,
    multi_instance,
    parallel_gateway,
    path,
    receive_task,
    send_task,
    service_task,
    start_event,
    sub_process,
    terminate,
    throw_event,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of


def tasks() -> Instance:
    return instance_of(
        start_event("start"),
        user_task("person", inputs={"x": "1"}),
        service_task("worker"),
        send_task("sender", topic="mail"),
        send_task("thrower", message="told"),
        receive_task("receiver", "news"),
        call_activity("call", "other"),
        end_event("end", message("over")),
        *path("start", "person", "worker", "sender", "thrower", "receiver", "call", "end"),
    )


def exclusive_loop() -> Instance:
    return instance_of(
        start_event("start"),
        exclusive_gateway("merge"),
        user_task("work"),
        exclusive_gateway("check", default="done"),
        end_event("end"),
        *path("start", "merge", "work", "check"),
        flow("check", "merge", "${false}"),
        flow("check", "end", id="done"),
    )


def parallel() -> Instance:
    return instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("a"),
        service_task("b"),
        parallel_gateway("join"),
        user_task("next"),
        end_event("end"),
        *path("start", "fork", "a", "join", "next", "end"),
        *path("fork", "b", "join"),
    )


def inclusive() -> Instance:
    return instance_of(
        start_event("start"),
        inclusive_gateway("fork", default="no"),
        user_task("a"),
        service_task("b"),
        user_task("c"),
        inclusive_gateway("join"),
        end_event("end"),
        flow("start", "fork"),
        flow("fork", "a", "${true}"),
        flow("fork", "b", "${true}"),
        flow("fork", "c", id="no"),
        *path("a", "join", "end"),
        *path("b", "join"),
        *path("c", "join"),
    )


def events() -> Instance:
    return instance_of(
        start_event("start"),
        event_based_gateway("first"),
        catch_event("news", message("news")),
        catch_event("late", timer(duration="PT1H")),
        catch_event("when", condition("${x > 1}")),
        throw_event("tell", message("told")),
        end_event("end"),
        *path("start", "first", "news"),
        *path("first", "late", "tell"),
        *path("news", "when"),
        *path("when", "tell", "end"),
        variables={"x": 2},
    )


def boundaries() -> Instance:
    return instance_of(
        start_event("start"),
        sub_process(
            "part",
            start_event("in"),
            service_task("work"),
            boundary_event("failed", "work", error("E")),
            end_event("threw", error("F")),
            end_event("out"),
            *path("in", "work", "out"),
            *path("failed", "threw"),
        ),
        boundary_event("caught", "part", error()),
        boundary_event("tick", "part", timer(cycle="R2/PT1H"), interrupting=False),
        boundary_event("ask", "part", message("ask"), interrupting=False),
        boundary_event("late", "part", timer(date="2026-11-20")),
        user_task("answer"),
        end_event("end"),
        end_event("stop", terminate()),
        *path("start", "part", "end"),
        *path("tick", "answer", "end"),
        *path("ask", "end"),
        *path("late", "stop"),
        *path("caught", "end"),
    )


def multi_instances() -> Instance:
    loop = {"results": "results", "result": "result"}
    return instance_of(
        start_event("start"),
        user_task("each", multi_instance("items", "item", **loop)),
        service_task("turn", multi_instance("items", "item", sequential=True)),
        sub_process(
            "part",
            multi_instance("items", until="${nrOfCompletedInstances == 2}"),
            start_event("in"),
            call_activity("call", "other"),
            end_event("out"),
            *path("in", "call", "out"),
        ),
        end_event("end"),
        *path("start", "each", "turn", "part", "end"),
        variables={"items": [1, 2, 3]},
    )


def event_sub_processes() -> Instance:
    return instance_of(
        start_event("start"),
        user_task("work"),
        end_event("end"),
        *path("start", "work", "end"),
        event_sub_process(
            "asked",
            event_start("on_ask", message("ask"), interrupting=False),
            user_task("answer"),
            end_event("answered"),
            *path("on_ask", "answer", "answered"),
        ),
        event_sub_process(
            "timed",
            event_start("on_time", timer(cycle="R2/PT1H"), interrupting=False),
            end_event("ticked"),
            *path("on_time", "ticked"),
        ),
        event_sub_process(
            "stopped",
            event_start("on_stop", message("stop")),
            user_task("clear"),
            end_event("cleared"),
            *path("on_stop", "clear", "cleared"),
        ),
    )


def everything_at_once() -> Instance:
    """Tokens of every kind live at the same time: its saved states are kept for ever."""
    return instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        user_task("each", multi_instance("items", "item", results="results", result="result")),
        sub_process(
            "part",
            start_event("in"),
            service_task("work"),
            boundary_event("tick", "work", timer(cycle="R3/PT1H"), interrupting=False),
            end_event("ticked"),
            end_event("out"),
            *path("in", "work", "out"),
            *path("tick", "ticked"),
        ),
        event_based_gateway("first"),
        catch_event("news", message("news")),
        catch_event("when", condition("${count(items) > 5}")),
        parallel_gateway("join"),
        end_event("end"),
        flow("start", "fork"),
        *path("fork", "each", "join", "end"),
        *path("fork", "part", "join"),
        *path("fork", "first", "news", "join"),
        *path("first", "when", "join"),
        flow("fork", "join", id="direct"),
        event_sub_process(
            "asked",
            event_start("on_ask", message("ask"), interrupting=False),
            end_event("answered"),
            *path("on_ask", "answered"),
        ),
        variables={"items": [1, 2]},
    )


CATALOGUE: dict[str, Callable[[], Instance]] = {
    make.__name__: make
    for make in (
        tasks,
        exclusive_loop,
        parallel,
        inclusive,
        events,
        boundaries,
        multi_instances,
        event_sub_processes,
        everything_at_once,
    )
}
