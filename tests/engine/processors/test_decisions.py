"""Decisions of business rule tasks: which version is asked, with what, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.decisions import input_data, literal, model, table
from tests.support.diagrams import (
    business_rule_task,
    end_event,
    multi_instance,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import House
from tests.support.places import INPUTS, Answer, deciding, places


def test_a_decision_is_made_within_the_step(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 60})
    assert house.open(instance) == ["look"]
    assert house.variables(instance) == {"size": 60, "given": 5}


def test_history_keeps_which_version_and_which_row_decided(house: House) -> None:
    deployed = house.deploy(deciding(), files={"p/places.dmn": places()})
    instance = house.start(variables={"size": 60})
    (event,) = house.events(instance, "DecisionEvaluated")
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
    (event,) = house.events(instance, "DecisionEvaluated")
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
    assert len(house.events(instance, "DecisionEvaluated")) == 3


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
