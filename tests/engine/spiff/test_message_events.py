"""Messages: what waits for them, which of several gets one, and how they are thrown."""

from __future__ import annotations

import pytest

from engine.errors import StepFailed
from engine.spiff import MessageThrown
from tests.support.diagrams import (
    Element,
    boundary_event,
    catch_event,
    definitions,
    end_event,
    message,
    parallel_gateway,
    path,
    process,
    receive_task,
    send_task,
    start_event,
    throw_event,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of


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
