"""Multi-instance: parallel and sequential, results by index, ended early, interrupted."""

from __future__ import annotations

import pytest

from engine.errors import StepBudgetExceeded, StepFailed
from tests.support.diagrams import (
    Element,
    boundary_event,
    call_activity,
    end_event,
    multi_instance,
    path,
    receive_task,
    send_task,
    service_task,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.instances import Instance, instance_of

KINDS = {
    "user task": user_task,
    "service task": service_task,
    "call activity": lambda id, *parts: call_activity(id, "other", *parts),
}


def started(activity: Element, *extra: Element, **variables: object) -> Instance:
    return instance_of(
        start_event("start"),
        activity,
        user_task("next"),
        end_event("end"),
        *extra,
        *path("start", "each", "next", "end"),
        variables={"items": ["a", "b", "c"], **variables},
    )


def by_index(*, sequential: bool = False, until: str | None = None) -> Element:
    return multi_instance(
        "items", "item", sequential=sequential, results="results", result="result", until=until
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("sequential", "order"), [(False, (2, 0, 0)), (True, (0, 0, 0))])
def test_multi_instance_results_by_index(
    kind: str, sequential: bool, order: tuple[int, ...]
) -> None:
    instance = started(
        KINDS[kind]("each", by_index(sequential=sequential)), item="outer", result="outer"
    )
    for nth in order:
        local = instance.local("each", nth)
        instance.complete("each", nth, result=f"{local['item']}{local['loopCounter']}")
    assert instance.open == ["next"]
    assert instance.variables["results"] == ["a0", "b1", "c2"]
    assert (instance.variables["item"], instance.variables["result"]) == ("outer", "outer")


def test_a_sequential_one_has_one_open_instance_and_keeps_its_items() -> None:
    instance = started(user_task("each", by_index(sequential=True)))
    assert instance.open == ["each"]
    assert instance.wait("each").loop_counter == 0
    instance.set_variables(items=["changed"])
    instance.complete("each", result=0)
    assert instance.local("each")["item"] == "b"
    assert instance.wait("each").loop_counter == 1


@pytest.mark.parametrize("sequential", [False, True])
def test_the_completion_condition_ends_it_early(sequential: bool) -> None:
    condition = "${nrOfCompletedInstances >= 2}"
    instance = started(user_task("each", by_index(sequential=sequential, until=condition)))
    instance.complete("each", result=1)
    instance.complete("each", result=2)
    assert instance.open == ["next"]
    assert instance.variables["results"] == [1, 2, None]


def test_the_counters_are_those_of_camunda() -> None:
    condition = "${nrOfInstances == 3 && nrOfActiveInstances == 1 && loopCounter == 2}"
    instance = started(user_task("each", by_index(until=condition)))
    instance.complete("each", 1)
    assert instance.open == ["each", "each"]
    instance.complete("each", 1)
    assert instance.open == ["next"]


@pytest.mark.parametrize("sequential", [False, True])
def test_no_items_give_an_empty_list(sequential: bool) -> None:
    instance = started(user_task("each", by_index(sequential=sequential)), items=[])
    assert instance.open == ["next"]
    assert instance.variables["results"] == []


@pytest.mark.parametrize("cardinality", ["2", "${n}", "${n + 0}"])
def test_a_cardinality_instead_of_a_collection(cardinality: str) -> None:
    instance = started(user_task("each", multi_instance(cardinality=cardinality)), n=2)
    assert instance.open == ["each", "each"]


def test_a_collection_from_an_expression() -> None:
    instance = started(user_task("each", multi_instance("${append(items, 'd')}", "item")))
    assert [instance.local("each", nth)["item"] for nth in range(4)] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("items", ["abc", 3, None, {"a": 1}])
def test_a_collection_that_is_no_list_fails_the_step(items: object) -> None:
    with pytest.raises(StepFailed, match="to be a list") as failure:
        started(user_task("each", by_index()), items=items)
    assert failure.value.element_id == "each"


@pytest.mark.parametrize("count", ["many", -1, 1.5, None, True])
def test_a_cardinality_that_is_no_count_fails_the_step(count: object) -> None:
    with pytest.raises(StepFailed, match="to be a count"):
        started(user_task("each", multi_instance(cardinality="${n}")), n=count)


def test_a_cardinality_beyond_the_budget_is_refused_before_it_is_made() -> None:
    with pytest.raises(StepBudgetExceeded, match="instances") as failure:
        started(user_task("each", multi_instance(cardinality="1000000000000")))
    assert failure.value.element_id == "each"


def test_multi_instance_interrupted_from_its_boundary() -> None:
    instance = started(
        user_task("each", by_index()),
        boundary_event("late", "each", timer(duration="PT1H")),
        user_task("too_late"),
        *path("late", "too_late", "end"),
    )
    assert len(instance.timers) == 1
    instance.complete("each", result=1)
    instance.occur("late")
    assert (instance.open, instance.timers) == (["too_late"], [])
    assert "results" not in instance.variables
    assert list(instance.scopes) == [0]
    instance.complete("too_late")
    assert instance.completed


@pytest.mark.parametrize("sequential", [False, True])
def test_multi_instance_of_a_sub_process(sequential: bool) -> None:
    instance = started(
        sub_process(
            "each",
            by_index(sequential=sequential),
            start_event("in"),
            user_task("first"),
            service_task("second"),
            end_event("out"),
            *path("in", "first", "second", "out"),
        ),
    )
    for _ in range(3):
        instance.complete("first")
        item = instance.local("second")["item"]
        instance.complete("second", result=item * 2)
    assert instance.variables["results"] == ["aa", "bb", "cc"]
    assert instance.open == ["next"]


def test_multi_instance_of_a_sub_process_interrupted_from_its_boundary() -> None:
    instance = started(
        sub_process(
            "each",
            by_index(),
            start_event("in"),
            user_task("first"),
            end_event("out"),
            *path("in", "first", "out"),
        ),
        boundary_event("late", "each", timer(duration="PT1H")),
        *path("late", "end"),
    )
    instance.complete("first", result=1)
    instance.occur("late")
    assert instance.completed
    assert instance.trace().count(("first", "cancelled")) == 2


def test_multi_instance_inside_multi_instance() -> None:
    instance = started(
        sub_process(
            "each",
            by_index(),
            start_event("in"),
            user_task("inner", multi_instance("item", "part", results="result", result="answer")),
            end_event("out"),
            *path("in", "inner", "out"),
        ),
        items=[[1, 2], [], [3]],
    )
    assert instance.open == ["inner"] * 3
    for nth in (2, 1, 0):
        instance.complete("inner", nth, answer=instance.local("inner", nth)["part"] * 10)
    assert instance.variables["results"] == [[10, 20], [], [30]]


def test_messages_are_thrown_to_each() -> None:
    instance = started(
        send_task(
            "each",
            multi_instance("items", "item"),
            message="told",
            properties={"correlationKey": "${item}"},
            inputs={"n": "${loopCounter}"},
        )
    )
    assert instance.open == ["next"]
    assert [(each.correlation_key, each.payload) for each in instance.thrown] == [
        ("a", {"n": 0}),
        ("b", {"n": 1}),
        ("c", {"n": 2}),
    ]


def test_messages_are_waited_for_by_each() -> None:
    instance = started(
        receive_task(
            "each",
            "news",
            multi_instance("items", "item"),
            properties={"correlationKey": "${item}"},
        )
    )
    assert [wait.correlation_key for wait in instance.messages] == ["a", "b", "c"]
    for _ in range(3):
        instance.occur("each", 0)
    assert instance.open == ["next"]


def test_the_body_and_its_items_in_the_trace() -> None:
    instance = started(user_task("each", by_index()), items=[1, 2])
    body, first, second = instance.transitions[2:]
    assert (body.element_id, body.body, body.parent, body.loop_counter) == ("each", True, 0, None)
    assert (first.element_id, first.body, first.parent) == ("each", False, body.token)
    assert (first.loop_counter, second.loop_counter) == (0, 1)
    instance.complete("each")
    instance.complete("each")
    assert instance.trace()[5:8] == [
        ("each", "completed"),
        ("each", "completed"),
        ("each[]", "completed"),
    ]


def test_parameters_of_each_instance_are_its_own() -> None:
    instance = started(
        user_task(
            "each",
            by_index(),
            inputs={"label": "${item + string(loopCounter)}"},
            outputs={"result": "${label + answer}", "last": "${label}"},
        )
    )
    for nth in (1, 1, 0):
        instance.complete("each", nth, answer="!")
    assert instance.variables["results"] == ["a0!", "b1!", "c2!"]
    assert instance.variables["last"] == "a0"
    assert "label" not in instance.variables


@pytest.mark.parametrize("sequential", [False, True])
def test_a_cancelled_instance_gives_no_result(sequential: bool) -> None:
    instance = started(user_task("each", by_index(sequential=sequential)))
    instance.cancel_activity("each")
    instance.complete("each", result=1)
    assert instance.open == ["each"]
    instance.cancel_activity("each")
    assert instance.open == ["next"]
    assert instance.variables["results"] == [None, 1, None]
