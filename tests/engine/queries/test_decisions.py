"""Deployed decisions, and what was decided in an instance: who sees it."""

from __future__ import annotations

import pytest

from engine.commands import CancelProcessInstance, ErasePayloads
from engine.errors import NotFound
from tests.support.decisions import input_data, literal, model, table
from tests.support.diagrams import (
    Element,
    business_rule_task,
    end_event,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, House, person

I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
FILE = model(
    input_data("size", "number"),
    table(
        "class",
        {"size": "number"},
        {"class": "string"},
        [("< 50", '"small"'), ("-", '"large"')],
        hit_policy="FIRST",
        name="Size class",
        version_tag="autumn",
    ),
    literal("places", 'if Size class = "small" then 2 else 5', needs=["class"]),
)


def deciding() -> Element:
    return process(
        "p",
        start_event("s"),
        business_rule_task("decide", "class", result_variable="class"),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
        properties={"inputs": "size", "unit": "almaty", "party": "150140000012"},
    )


def test_operators_see_every_version_and_its_file(house: House) -> None:
    house.deploy(files={"p/places.dmn": FILE})
    other = model(input_data("n"), literal("places", "n", inputs=["n"]))
    house.deploy(files={"p/places.dmn": other})
    rows = house.engine.queries.decision_definitions(OPERATOR)
    assert [(row.decision_id, row.version, row.is_latest, row.inputs) for row in rows] == [
        ("class", 1, True, ("size",)),
        ("places", 2, True, ("n",)),
        ("places", 1, False, ("size",)),
    ]
    assert (rows[0].name, rows[0].version_tag) == ("Size class", "autumn")
    view = house.engine.queries.decision_file(OPERATOR, rows[2].id)
    assert (view.xml, view.version, view.resource_name) == (FILE, 1, "p/places.dmn")


def test_others_see_no_definitions(house: House) -> None:
    house.deploy(files={"p/places.dmn": FILE})
    (first, _second) = house.engine.queries.decision_definitions(SYSTEM)
    assert house.engine.queries.decision_definitions(person("aigul", "staff")) == ()
    with pytest.raises(NotFound):
        house.engine.queries.decision_file(person("aigul", "staff"), first.id)
    elsewhere = person("boss", "operator", tenant="elsewhere")
    assert house.engine.queries.decision_definitions(elsewhere) == ()
    with pytest.raises(NotFound):
        house.engine.queries.decision_file(elsewhere, first.id)


def test_an_instance_tells_which_version_and_which_row_decided(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": FILE})
    instance = house.start(variables={"size": 60})
    (found,) = house.engine.queries.evaluated_decisions(OPERATOR, instance)
    made = found.made
    assert (made.element_id, made.decision_id, made.name, made.version, made.version_tag) == (
        "decide",
        "class",
        "Size class",
        1,
        "autumn",
    )
    assert [(rule.number, rule.id) for rule in made.rules] == [(2, "class_rule_2")]
    assert found.evaluation is not None
    assert (found.evaluation["inputs"], found.evaluation["value"]) == ({"size": 60}, "large")


def test_the_steps_show_it_too(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": FILE})
    instance = house.start(variables={"size": 60})
    steps = house.engine.queries.instance(OPERATOR, instance).steps
    shown = {step.element_id: step.decisions for step in steps}
    assert [(made.name, made.version) for made in shown["decide"]] == [("Size class", 1)]
    assert shown["look"] == ()


def test_who_does_not_see_the_instance_sees_no_decisions(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": FILE})
    instance = house.start(variables={"size": 60})
    stranger = person("stranger", "nobody", parties=frozenset({"other"}))
    with pytest.raises(NotFound):
        house.engine.queries.evaluated_decisions(stranger, instance)


def test_a_party_sees_that_it_was_decided_but_not_with_what(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": FILE})
    instance = house.start(variables={"size": 60})
    own = person("owner", "employer", parties=frozenset({"150140000012"}))
    (found,) = house.engine.queries.evaluated_decisions(own, instance)
    assert (found.made.version, found.evaluation) == (1, None)


def test_after_erasing_the_row_that_decided_is_still_known(house: House) -> None:
    house.deploy(deciding(), files={"p/places.dmn": FILE})
    instance = house.start(variables={"size": 60})
    house.execute(CancelProcessInstance(instance, "over"), OPERATOR)
    house.execute(ErasePayloads(instance, "by law"), OPERATOR)
    (found,) = house.engine.queries.evaluated_decisions(OPERATOR, instance)
    assert found.evaluation is None
    assert [rule.number for rule in found.made.rules] == [2]


def test_decisions_of_an_instance_are_found_by_an_index(house: House, plans) -> None:
    house.deploy(deciding(), files={"p/places.dmn": FILE})
    instance = house.start(variables={"size": 60})
    lines = plans(lambda: house.engine.queries.evaluated_decisions(OPERATOR, instance))
    assert any("ix_decision_evaluation_instance" in line for line in lines)
    assert not [line for line in lines if line.startswith("SCAN")]


def test_names_are_told_in_every_language_of_the_file(house: House) -> None:
    kk = "\u04e8\u043b\u0448\u0435\u043c\u0456"
    translation = (
        f'<extensionElements><i18n:translation xmlns:i18n="{I18N}" xml:lang="kk">{kk}'
        "</i18n:translation></extensionElements>"
    )
    named = FILE.decode()
    for tag in (
        '<inputData id="size" name="size">',
        '<decision id="class" name="Size class" camunda:versionTag="autumn">',
        '<output id="class_out_class" name="class" typeRef="string">',
        '<output id="class_out_class" name="class" typeRef="string"/>',
    ):
        closed = tag.removesuffix("/>") + f">{translation}</output>"
        named = named.replace(tag, closed if tag.endswith("/>") else tag + translation)
    assert named.count(kk) == 3
    house.deploy(deciding(), files={"p/places.dmn": named.encode()})
    (row,) = (
        row
        for row in house.engine.queries.decision_definitions(OPERATOR)
        if row.decision_id == "class"
    )
    told = {"kk": kk, "ru": "Size class", "en": "Size class"}
    assert row.names == told
    instance = house.start(variables={"size": 60})
    (found,) = house.engine.queries.evaluated_decisions(OPERATOR, instance)
    assert found.names.decision("class", "class") == told
    assert found.names.input("size") == {"kk": kk, "ru": "size", "en": "size"}
    assert found.names.output("class", "class") == {"kk": kk, "ru": "class", "en": "class"}
    assert found.names.output(None, "class") == found.names.output("class", "class")
    assert (found.names.input("other"), found.names.output("class", "other")) == (None, None)
    assert found.names.has_table("class")
    assert not found.names.has_table("places")
    assert found.names.decision("gone", "Gone")["kk"] == "Gone"
