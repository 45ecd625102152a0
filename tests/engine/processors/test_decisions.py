"""Business rule tasks, and decisions that handlers and checks ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import pytest

from engine.commands import (
    CancelProcessInstance,
    CompleteExternalTask,
    CompleteTask,
    RetryJob,
    SetVariables,
    StartProcessInstance,
)
from engine.completion_check import Completion
from engine.decided import DecisionEvaluation
from engine.errors import NotAllowed, StepFailed
from engine.external_task import BpmnError, ExternalTask
from tests.support.consistency import require_consistent
from tests.support.decisions import input_data, literal, model, table
from tests.support.diagrams import (
    Element,
    boundary_event,
    business_rule_task,
    end_event,
    error,
    flow,
    multi_instance,
    path,
    process,
    service_task,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, House, person


class Answer(TypedDict):
    """What the handlers give."""

    answer: int


INPUTS = {"properties": {"inputs": "size, sizes, region"}}


def places(*rules: tuple[str, str], **keywords: Any) -> bytes:
    """A table of places by the size of an enterprise."""
    rows = rules or (("< 50", "2"), (">= 50", "5"))
    return model(
        input_data("size", "number"),
        table("places", {"size": "number"}, {"places": "number"}, rows, **keywords),
    )


def deciding(**keywords: object) -> Element:
    """A process that decides, then asks a person."""
    keywords = {
        "result_variable": "given",
        "map_decision_result": "singleEntry",
        **keywords,
    }
    return process(
        "p",
        start_event("s"),
        business_rule_task("decide", "places", **keywords),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
        **INPUTS,
    )


def events(house: House, instance_id: str, kind: str) -> list[Any]:
    found = house.engine.queries.history(OPERATOR, instance_id)
    return [event.payload for event in found if event.kind == kind]


def test_a_decision_is_made_within_the_step(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 60})
    assert house.open(instance) == ["look"]
    assert house.variables(instance) == {"size": 60, "given": 5}


def test_history_keeps_which_version_and_which_row_decided(house: House) -> None:
    deployed = house.deploy(deciding(), files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 60})
    (event,) = events(house, instance, "DecisionEvaluated")
    (decision,) = deployed.decisions
    assert {
        name: event[name] for name in ("element", "decision", "version", "inputs", "value")
    } == {
        "element": "decide",
        "decision": "places",
        "version": 1,
        "inputs": {"size": 60},
        "value": 5,
    }
    assert (event["definition_id"], event["deployment_id"]) == (
        decision.id,
        deployed.deployment_id,
    )
    (step,) = event["steps"]
    assert [(rule["number"], rule["id"]) for rule in step["rules"]] == [(2, "places_rule_2")]
    assert step["outputs"] == 5


def test_every_decision_below_is_in_the_account(house: House) -> None:
    file = model(
        input_data("size", "number"),
        table("class", {"size": "number"}, {"class": "string"}, [("< 50", '"small"')]),
        literal("places", 'if class = "small" then 2 else 5', needs=["class"]),
    )
    house.deploy(deciding(), files={"p/places.dmn": file})
    instance = house.start(variables={"size": 3})
    (event,) = events(house, instance, "DecisionEvaluated")
    assert [step["decision"] for step in event["steps"]] == ["class", "places"]
    assert [len(step["rules"]) for step in event["steps"]] == [1, 0]
    assert house.variables(instance)["given"] == 2


def test_a_decision_has_the_clock_and_the_calendar_of_the_engine(house: House) -> None:
    text = "[string(today()), string(date(now())), string(date(workdays(1)))]"
    file = model(input_data("size"), literal("places", text, inputs=["size"]))
    house.deploy(deciding(), files={"p/places.dmn": file})
    instance = house.start(variables={"size": 1})
    assert house.variables(instance)["given"] == ["2026-03-02", "2026-03-02", "2026-03-03"]


def test_inputs_are_read_from_the_scope_of_the_task(house: House) -> None:
    house.deploy(deciding(inputs={"size": "${size * 10}"}), files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 6})
    assert house.variables(instance) == {"size": 6, "given": 5}


def test_where_a_file_declares_no_inputs_a_condition_of_items_sees_variables(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": model(literal("places", "sizes[item > size]"))})
    instance = house.start(variables={"sizes": [10, 60], "size": 20})
    assert house.variables(instance)["given"] == [60]


def test_output_parameters_see_the_results(house: House) -> None:
    node = process(
        "p",
        start_event("s"),
        business_rule_task(
            "decide", "places", outputs={"given": "${decisionResult[0].places + 1}"}
        ),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
        **INPUTS,
    )
    house.deploy(node, files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 60})
    assert house.variables(instance) == {"size": 60, "given": 6}
    assert house.rows("variable", instance_id=instance, name="decisionResult") == []


@pytest.mark.parametrize("sequential", [True, False])
def test_each_item_of_a_multi_instance_has_its_own_decision(house: House, sequential: bool) -> None:
    loop = multi_instance("sizes", "size", results="all", result="given", sequential=sequential)
    node = process(
        "p",
        start_event("s"),
        business_rule_task(
            "decide",
            "places",
            loop,
            result_variable="given",
            map_decision_result="singleEntry",
        ),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
        **INPUTS,
    )
    house.deploy(node, files={"p/places.dmn": places()})
    instance = house.start(variables={"sizes": [10, 60, 20]})
    assert house.variables(instance) == {"sizes": [10, 60, 20], "all": [2, 5, 2]}
    assert len(events(house, instance, "DecisionEvaluated")) == 3


def test_a_business_rule_task_with_a_topic_is_an_external_task(make_house: Any) -> None:
    def work() -> Answer:
        return {"answer": 7}

    house = make_house(handlers={"work": work})
    node = process(
        "p",
        start_event("s"),
        business_rule_task("decide", None, type="external", topic="work"),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
    )
    house.deploy(node)
    assert house.variables(house.start()) == {"answer": 7}


# -- which version


def test_latest_is_found_when_the_token_comes(house: House) -> None:
    node = deciding()
    house.deploy(node, files={"p/places.dmn": places()})
    house.deploy(files={"p/places.dmn": places((">= 0", "9"))})
    assert house.variables(house.start(variables={"size": 60}))["given"] == 9


@pytest.mark.parametrize(
    ("binding", "given"),
    [
        ({"decision_ref_binding": "deployment"}, 5),
        ({"decision_ref_binding": "version", "decision_ref_version": "2"}, 8),
        ({"decision_ref_binding": "version", "decision_ref_version": "${size - 58}"}, 8),
        ({"decision_ref_binding": "versionTag", "decision_ref_version_tag": "autumn"}, 8),
    ],
)
def test_a_binding_names_the_version(house: House, binding: Mapping[str, str], given: int) -> None:
    house.deploy(deciding(**binding), files={"p/places.dmn": places()})
    house.deploy(files={"p/places.dmn": places((">= 0", "8"), version_tag="autumn")})
    house.deploy(files={"p/places.dmn": places((">= 0", "9"))})
    assert house.variables(house.start(variables={"size": 60}))["given"] == given


def test_the_decision_may_be_computed(house: House) -> None:
    node = deciding(decision_ref="${region}_places")
    file = model(
        input_data("size", "number"),
        table("north_places", {"size": "number"}, {"places": "number"}, [("-", "1")]),
        table("south_places", {"size": "number"}, {"places": "number"}, [("-", "4")]),
    )
    house.deploy(node, files={"p/places.dmn": file})
    instance = house.start(variables={"size": 60, "region": "south"})
    assert house.variables(instance)["given"] == 4


# -- what can't be decided


def overlapping() -> bytes:
    """Rules that both match above 20; the second is an expression, so that no one can prove it."""
    return places(("> 10", "2"), ("? > 20", "5"))


def test_a_decision_that_can_not_be_made_is_an_incident_at_its_task(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": overlapping()})
    instance = house.start(variables={"size": 60})
    (incident,) = house.incidents(instance_id=instance)
    assert (incident.element_id, incident.kind) == ("decide", "failed_step")
    assert "places, version 1" in incident.message
    assert house.variables(instance) == {"size": 60}
    assert events(house, instance, "DecisionEvaluated") == []
    require_consistent(house, [instance])


def test_what_was_submitted_before_is_kept_and_a_retry_asks_the_newest_table(
    house: House,
) -> None:
    node = process(
        "p",
        start_event("s"),
        user_task("tell", candidate_groups="staff"),
        business_rule_task(
            "decide", "places", result_variable="given", map_decision_result="singleEntry"
        ),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "tell", "decide", "look", "e"),
    )
    house.deploy(node, files={"p/places.dmn": overlapping()})
    instance = house.start()
    house.complete(instance, "tell", {"size": 60})
    (incident,) = house.incidents(instance_id=instance)
    assert house.open(instance) == []
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    (again,) = house.incidents(instance_id=instance)
    assert again.element_id == "decide"
    house.deploy(files={"p/places.dmn": places()})
    house.execute(RetryJob(again.job_id), OPERATOR)
    house.work()
    assert house.incidents(instance_id=instance) == []
    assert house.open(instance) == ["look"]
    assert house.variables(instance) == {"size": 60, "given": 5}
    assert house.rows("job", instance_id=instance) == []
    require_consistent(house, [instance])


def test_a_retry_evaluates_input_parameters_anew_and_only_once(house: House) -> None:
    node = deciding(inputs={"size": "${size + 1}"})
    house.deploy(node, files={"p/places.dmn": overlapping()})
    instance = house.start(variables={"size": 60})
    (incident,) = house.incidents(instance_id=instance)
    house.execute(SetVariables(instance, {"size": 19}, "counted anew"), OPERATOR)
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    assert house.variables(instance) == {"size": 19, "given": 2}
    (event,) = events(house, instance, "DecisionEvaluated")
    assert event["inputs"] == {"size": 20}


@pytest.mark.parametrize(
    ("keywords", "variables", "reason"),
    [
        ({}, {}, "Expected a variable size"),
        ({}, {"size": "many"}, "size"),
        ({"decision_ref": "${region}"}, {"region": "nowhere"}, "decision nowhere"),
        (
            {"decision_ref_binding": "version", "decision_ref_version": "7"},
            {"size": 1},
            "version 7, but none",
        ),
        (
            {"decision_ref_binding": "version", "decision_ref_version": "${region}"},
            {"size": 1, "region": "x"},
            "Expected a version of places, but found 'x'",
        ),
        (
            {"decision_ref_binding": "versionTag", "decision_ref_version_tag": "none"},
            {"size": 1},
            "version tag none",
        ),
    ],
)
def test_every_reason_is_told(
    house: House,
    keywords: Mapping[str, str],
    variables: Mapping[str, object],
    reason: str,
) -> None:
    house.deploy(deciding(**keywords), files={"p/places.dmn": places()})
    instance = house.start(variables=variables)
    (incident,) = house.incidents(instance_id=instance)
    assert incident.element_id == "decide"
    assert reason in incident.message


def test_a_result_that_does_not_fit_its_mapping_is_told(house: House) -> None:
    several = places(("> 10", "2"), ("> 20", "5"), hit_policy="COLLECT")
    house.deploy(deciding(), files={"p/places.dmn": several})
    instance = house.start(variables={"size": 60})
    (incident,) = house.incidents(instance_id=instance)
    assert incident.message == "Expected one result at most for singleEntry, but there are 2"


def test_a_boundary_event_takes_a_case_out_of_a_decision_that_can_not_be_made(
    house: House,
) -> None:
    node = deciding()
    node.extend(
        [
            boundary_event("late", "decide", timer(duration="PT1H")),
            user_task("by_hand", candidate_groups="staff"),
            flow("late", "by_hand"),
            flow("by_hand", "e"),
        ]
    )
    house.deploy(node, files={"p/places.dmn": overlapping()})
    instance = house.start(variables={"size": 60})
    require_consistent(house, [instance])
    house.clock.advance(hours=2)
    house.work()
    assert house.open(instance) == ["by_hand"]
    assert house.incidents(instance_id=instance) == []
    assert house.rows("job", instance_id=instance) == []
    require_consistent(house, [instance])


def test_boundary_timers_of_a_decision_that_was_made_leave_nothing(house: House) -> None:
    node = deciding()
    node.extend([boundary_event("late", "decide", timer(duration="PT1H")), flow("late", "e")])
    house.deploy(node, files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 60})
    assert house.rows("job", instance_id=instance) == []
    require_consistent(house, [instance])


def test_a_cancelled_instance_leaves_no_decision_behind(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": overlapping()})
    instance = house.start(variables={"size": 60})
    house.execute(CancelProcessInstance(instance, "by mistake"), OPERATOR)
    assert house.rows("job", instance_id=instance) == []
    assert house.incidents(instance_id=instance) == []
    require_consistent(house, [instance])


def test_only_the_items_that_fail_stop(house: House) -> None:
    loop = multi_instance("sizes", "size", results="all", result="given")
    node = process(
        "p",
        start_event("s"),
        business_rule_task(
            "decide",
            "places",
            loop,
            result_variable="given",
            map_decision_result="singleEntry",
        ),
        end_event("e"),
        *path("s", "decide", "e"),
        **INPUTS,
    )
    house.deploy(node, files={"p/places.dmn": overlapping()})
    instance = house.start(variables={"sizes": [15, 60]})
    (incident,) = house.incidents(instance_id=instance)
    require_consistent(house, [instance])
    house.deploy(files={"p/places.dmn": places()})
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    assert house.state(instance) == "completed"
    assert house.variables(instance)["all"] == [2, 5]


# -- handlers and checks


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
    (event,) = events(house, instance, "DecisionEvaluated")
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
    assert events(house, instance, "DecisionEvaluated") == []


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
    assert [each["value"] for each in events(house, instance, "DecisionEvaluated")] == [2]


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
    (event,) = events(house, instance, "DecisionEvaluated")
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


@pytest.mark.parametrize(
    "text", ['workdays(size, "never")', 'dated("nowhere", "x")', "workdays(1, 2, 3, 4)"]
)
def test_a_function_of_the_engine_that_fails_stops_nothing_else(house: House, text: str) -> None:
    file = model(input_data("size"), literal("places", text, inputs=["size"]))
    house.deploy(deciding(), files={"p/places.dmn": file})
    instance = house.start(variables={"size": 1})
    assert house.state(instance) == "active"
    require_consistent(house, [instance])


def test_a_decision_that_asks_for_too_much_is_an_incident(house: House) -> None:
    text = "count(for a in 1..9999, b in 1..9999 return a)"
    file = model(input_data("size"), literal("places", text, inputs=["size"]))
    house.deploy(deciding(), files={"p/places.dmn": file})
    instance = house.start(variables={"size": 1})
    (incident,) = house.incidents(instance_id=instance)
    assert incident.element_id == "decide"
    assert "at most" in incident.message
