"""Messages, timers, conditions: what events wait for, and what happens when they occur."""

from __future__ import annotations

import pytest

from engine.errors import StepFailed
from engine.spiff import MessageThrown
from tests.support.diagrams import (
    Element,
    boundary_event,
    catch_event,
    condition,
    definitions,
    end_event,
    event_based_gateway,
    event_start,
    event_sub_process,
    exclusive_gateway,
    flow,
    message,
    parallel_gateway,
    path,
    process,
    receive_task,
    send_task,
    start_event,
    sub_process,
    terminate,
    throw_event,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of

# -- messages


def catching(**keywords: object) -> list[Element]:
    return [
        start_event("start"),
        catch_event("news", message("news"), **keywords),
        user_task("next"),
        end_event("end"),
        *path("start", "news", "next", "end"),
    ]


def test_a_message_event_waits_for_its_message() -> None:
    instance = instance_of(*catching())
    (wait,) = instance.messages
    assert (wait.message_name, wait.correlation_key, wait.key) == ("news", None, str(wait.token))
    instance.occur("news", text="hello")
    assert instance.open == ["next"]
    assert instance.messages == []
    assert instance.variables == {"text": "hello"}


def test_one_of_two_events_that_wait_for_the_same_message_gets_it() -> None:
    instance = instance_of(
        start_event("start"),
        parallel_gateway("fork"),
        catch_event("one", message("news")),
        catch_event("two", message("news")),
        end_event("end"),
        *path("start", "fork", "one", "end"),
        *path("fork", "two", "end"),
    )
    instance.occur("one")
    assert [wait.element_id for wait in instance.messages] == ["two"]
    instance.occur("two")
    assert instance.completed


def test_the_correlation_key_is_evaluated_when_the_event_begins_to_wait() -> None:
    elements = catching(properties={"correlationKey": "${bin + '/' + string(year)}"})
    instance = instance_of(*elements, variables={"bin": "1", "year": 2026})
    assert instance.messages[0].correlation_key == "1/2026"


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_correlation_key_fails_the_step(empty: object) -> None:
    with pytest.raises(StepFailed, match="correlation key") as failure:
        instance_of(*catching(properties={"correlationKey": "${key}"}), variables={"key": empty})
    assert failure.value.element_id == "news"


def test_output_parameters_of_a_message_event_decide_what_is_written() -> None:
    instance = instance_of(
        *catching(outputs={"all": "${append(all, text)}"}), variables={"all": ["a"]}
    )
    instance.occur("news", text="b")
    assert instance.variables == {"all": ["a", "b"]}


def test_a_receive_task_waits_for_its_message_and_has_boundary_events() -> None:
    instance = instance_of(
        start_event("start"),
        receive_task("news", "news", outputs={"heard": "${text}"}),
        boundary_event("late", "news", timer(duration="PT1H")),
        end_event("end"),
        *path("start", "news", "end"),
        *path("late", "end"),
    )
    instance.occur("news", text="x")
    assert instance.completed
    assert instance.variables == {"heard": "x"}


def guarded() -> Instance:
    return instance_of(
        start_event("start"),
        user_task("work"),
        boundary_event("stop", "work", message("stop")),
        boundary_event("ask", "work", message("ask"), interrupting=False),
        user_task("answer"),
        user_task("stopped"),
        end_event("end"),
        *path("start", "work", "end"),
        *path("stop", "stopped", "end"),
        *path("ask", "answer", "end"),
    )


def test_non_interrupting_message_boundary_fired_twice() -> None:
    instance = guarded()
    instance.occur("ask", n=1)
    assert instance.open == ["answer", "work"]
    instance.occur("ask", n=2)
    assert instance.open == ["answer", "answer", "work"]
    assert sorted(wait.element_id for wait in instance.messages) == ["ask", "stop"]
    instance.complete("work")
    assert (instance.open, instance.messages) == (["answer", "answer"], [])
    instance.complete("answer")
    instance.complete("answer")
    assert instance.completed


def test_interrupting_message_boundary_ends_its_host_and_not_what_ran_beside_it() -> None:
    instance = guarded()
    instance.occur("ask")
    instance.occur("stop")
    assert (instance.open, instance.messages) == (["answer", "stopped"], [])


def test_a_boundary_event_starts_when_it_occurs() -> None:
    instance = guarded()
    assert instance.trace()[-1] == ("work", "started")
    instance.occur("stop")
    assert instance.trace()[3:6] == [
        ("work", "cancelled"),
        ("stop", "started"),
        ("stop", "completed"),
    ]


def test_a_boundary_event_sees_the_local_variables_of_its_host() -> None:
    instance = instance_of(
        start_event("start"),
        user_task("work", inputs={"topic": "${'t' + string(n)}"}),
        boundary_event(
            "ask",
            "work",
            message("ask"),
            properties={"correlationKey": "${topic}"},
        ),
        end_event("end"),
        *path("start", "work", "end"),
        *path("ask", "end"),
        variables={"n": 1},
    )
    assert instance.messages[0].correlation_key == "t1"
    instance.occur("ask", topic="outer")
    assert instance.variables["topic"] == "outer"


def test_a_message_start_event_begins_an_instance_with_its_payload() -> None:
    root = definitions(
        process(
            "process",
            start_event("asked", message("ask"), outputs={"asker": "${who}"}),
            start_event("plain"),
            user_task("work"),
            end_event("end"),
            *path("asked", "work", "end"),
            *path("plain", "work"),
        )
    )
    instance = Instance(root, start_event="asked", payload={"who": "me"})
    assert instance.open == ["work"]
    assert instance.variables == {"asker": "me"}
    assert instance.trace()[0] == ("asked", "started")
    assert Instance(root).trace()[0] == ("plain", "started")


# -- messages thrown


def test_messages_are_thrown_with_their_input_parameters_as_payload() -> None:
    told = {
        "properties": {"correlationKey": "${who}"},
        "inputs": {"text": "hello", "n": "${n + 1}"},
    }
    instance = instance_of(
        start_event("start"),
        throw_event("tell", message("told"), **told),
        send_task("send", message="sent"),
        end_event("end", message("over")),
        *path("start", "tell", "send", "end"),
        variables={"who": "you", "n": 1},
    )
    assert instance.completed
    first, second, third = instance.thrown
    assert first == MessageThrown("tell", "told", "you", {"text": "hello", "n": 2})
    assert second == MessageThrown("send", "sent", None, {})
    assert third == MessageThrown("end", "over", None, {})
    assert instance.variables == {"who": "you", "n": 1}


# -- timers


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


# -- conditions


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


# -- ends


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


# -- event sub-processes


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
