"""Decisions that can't be made: incidents, what is told of them, and what a retry does."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.commands import (
    CancelProcessInstance,
    RetryJob,
    SetVariables,
)
from tests.support.consistency import require_consistent
from tests.support.decisions import input_data, literal, model
from tests.support.diagrams import (
    boundary_event,
    business_rule_task,
    end_event,
    flow,
    multi_instance,
    path,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, House
from tests.support.places import INPUTS, deciding, overlapping, places


def test_a_decision_that_can_not_be_made_is_an_incident_at_its_task(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": overlapping()})
    instance = house.start(variables={"size": 60})
    (incident,) = house.incidents(instance_id=instance)
    assert (incident.element_id, incident.kind) == ("decide", "failed_step")
    assert "places, version 1" in incident.message
    assert house.variables(instance) == {"size": 60}
    assert house.events(instance, "DecisionEvaluated") == []
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
    (event,) = house.events(instance, "DecisionEvaluated")
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
