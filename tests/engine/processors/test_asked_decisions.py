"""Decisions that handlers and completion checks ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.commands import (
    CompleteExternalTask,
    CompleteTask,
    StartProcessInstance,
)
from engine.completion_check import Completion
from engine.decided import DecisionEvaluation
from engine.errors import NotAllowed, StepFailed
from engine.external_task import BpmnError, ExternalTask
from tests.support.diagrams import (
    Element,
    boundary_event,
    end_event,
    error,
    flow,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, person
from tests.support.places import Answer, overlapping, places


def asking(properties: Mapping[str, str] | None = None) -> Element:
    return process(
        "p",
        start_event("s"),
        service_task("ask", topic="ask", properties=properties or {}),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "ask", "look", "e"),
    )


def test_a_handler_asks_and_history_keeps_it_with_its_result(make_house: Any) -> None:
    def ask(task: ExternalTask) -> Answer:
        decided = task.decide("places", {"size": 60})
        assert (decided.decision, decided.version) == ("places", 1)
        assert [rule.number for rule in decided.rules] == [2]
        return {"answer": decided.value}

    house = make_house(handlers={"ask": ask})
    house.deploy(asking(), files={"p/places.dmn": places()})
    instance = house.start()
    assert house.variables(instance) == {"answer": 5}
    (event,) = house.events(instance, "DecisionEvaluated")
    assert (event["element"], event["inputs"], event["value"]) == ("ask", {"size": 60}, 5)
    kinds = [each.kind for each in house.engine.queries.history(OPERATOR, instance)]
    assert kinds.index("ExternalTaskCompleted") < kinds.index("DecisionEvaluated")


def test_a_handler_may_ask_for_another_version(make_house: Any) -> None:
    asked: list[object] = []

    def ask(task: ExternalTask) -> None:
        for named in (
            {"binding": "latest"},
            {"binding": "deployment"},
            {"binding": "version", "version": 2},
            {"binding": "versionTag", "version_tag": "autumn"},
        ):
            asked.append(task.decide("places", {"size": 60}, **named).value)

    house = make_house(handlers={"ask": ask})
    house.deploy(asking(), files={"p/places.dmn": places()})
    house.deploy(files={"p/places.dmn": places((">= 0", "8"), version_tag="autumn")})
    house.deploy(files={"p/places.dmn": places((">= 0", "9"))})
    house.start()
    assert asked == [9, 5, 8, 8]


def test_a_handler_that_failed_leaves_no_decision_in_history(make_house: Any) -> None:
    def ask(task: ExternalTask) -> None:
        task.decide("places", {"size": 60})
        task.decide("nowhere", {})

    house = make_house(handlers={"ask": ask})
    house.deploy(asking(), files={"p/places.dmn": places()})
    instance = house.start()
    (incident,) = house.incidents(instance_id=instance)
    assert incident.message == "Expected a decision nowhere, but none is deployed"
    assert house.events(instance, "DecisionEvaluated") == []


def test_a_handler_does_not_ask_for_ever(make_house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.jobs.working.MOST_DECISIONS", 3)

    def ask(task: ExternalTask) -> None:
        while True:
            task.decide("places", {"size": 60})

    house = make_house(handlers={"ask": ask})
    house.deploy(asking(), files={"p/places.dmn": places()})
    instance = house.start()
    (incident,) = house.incidents(instance_id=instance)
    assert incident.message == "Expected at most 3 decisions in one task"


def test_decisions_behind_a_business_fault_are_kept_where_it_is_caught(make_house: Any) -> None:
    def ask(task: ExternalTask) -> None:
        if task.decide("places", {"size": 3}).value == 2:
            raise BpmnError("TOO_SMALL")

    house = make_house(handlers={"ask": ask})
    node = asking()
    node.extend(
        [
            boundary_event("small", "ask", error("TOO_SMALL")),
            user_task("refuse", candidate_groups="staff"),
            flow("small", "refuse"),
            flow("refuse", "e"),
        ]
    )
    house.deploy(node, files={"p/places.dmn": places()})
    instance = house.start()
    assert house.open(instance) == ["refuse"]
    assert [each["value"] for each in house.events(instance, "DecisionEvaluated")] == [2]


def test_a_worker_elsewhere_does_not_tell_of_decisions(make_house: Any) -> None:
    def ask() -> None:
        raise AssertionError("a worker has it")

    house = make_house(handlers={"ask": ask})
    house.deploy(asking(), files={"p/places.dmn": places()})
    house.execute(StartProcessInstance("p"))
    (job,) = house.lock("ask")
    forged = DecisionEvaluation("x", "places", "places", 1, "y", {}, 1, ())
    result = CompleteExternalTask(job.id, job.fencing_token, {}, (forged,))
    with pytest.raises(NotAllowed):
        house.execute(result, person("w", "worker"))
    house.execute(CompleteExternalTask(job.id, job.fencing_token), SYSTEM)


def test_a_check_asks_within_the_completion(make_house: Any) -> None:
    def check(completion: Completion) -> dict[str, object]:
        return {"given": completion.decide("places", {"size": completion.submitted["size"]}).value}

    house = make_house(checks={"p.check": check})
    node = process(
        "p",
        start_event("s"),
        user_task(
            "tell",
            candidate_groups="staff",
            properties={"check": "p.check", "gives": "given"},
        ),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "tell", "look", "e"),
    )
    house.deploy(node, files={"p/places.dmn": places()})
    instance = house.start()
    house.complete(instance, "tell", {"size": 60})
    assert house.variables(instance) == {"size": 60, "given": 5}
    (event,) = house.events(instance, "DecisionEvaluated")
    assert (event["element"], event["value"]) == ("tell", 5)
    steps = house.engine.queries.instance(OPERATOR, instance).steps
    assert {step.element_id: len(step.decisions) for step in steps} == {
        "s": 0,
        "tell": 1,
        "look": 0,
    }
    house.deploy(files={"p/places.dmn": overlapping()})
    other = house.start()
    with pytest.raises(StepFailed, match="places, version 2"):
        house.execute(CompleteTask(house.tasks(other, "tell")[0], {"size": 60}))
    assert house.open(other) == ["tell"]
    (incident,) = house.incidents(instance_id=other)
    assert incident.element_id == "tell"
