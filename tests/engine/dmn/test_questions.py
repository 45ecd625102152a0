from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import read_model
from engine.dmn.questions import Fault, Question, questions, type_in_words
from tests.support.decisions import input_data, literal, model, table

SIZES = model(
    input_data("size", "number"),
    input_data("day of filing", "date"),
    input_data("unused", "string"),
    table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2")]),
    literal("total", "places + size", needs=["places"], inputs=["day of filing"]),
)


def asked(*files: bytes) -> dict[str, Question]:
    models = [read_model(file, f"{place}.dmn") for place, file in enumerate(files)]
    return {each.name: each for each in questions(models)}


def inputs(question: Question) -> dict[str, str]:
    return {each.name: type_in_words(each.type) for each in question.inputs}


def test_a_decision_needs_its_inputs_and_those_of_the_decisions_it_requires() -> None:
    found = asked(SIZES)
    assert inputs(found["places"]) == {"size": "number"}
    assert inputs(found["total"]) == {"day of filing": "date", "size": "number"}


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"size": 5, "day of filing": "2026-03-02"}, []),
        ({"size": None, "day of filing": None}, []),
        ({"size": 5}, [Fault("missing", "day of filing")]),
        (
            {"size": 5, "Day_of_filing": "2026-03-02"},
            [Fault("missing", "day of filing", nearest="Day_of_filing")],
        ),
        (
            {"size": "5", "day of filing": "soon"},
            [("unfit", "day of filing"), ("unfit", "size")],
        ),
        (
            {"size": 5, "day of filing": "2026-03-02", "sizes": 5, "x": 1},
            [Fault("unknown", "sizes", nearest="size"), Fault("unknown", "x")],
        ),
        ({"size": float("inf"), "day of filing": None}, [("unfit", "size")]),
    ],
)
def test_inputs_are_those_that_are_needed(given: dict[str, object], faults: list[Any]) -> None:
    found = asked(SIZES)["total"].faults(given)
    assert [
        fault if isinstance(expected, Fault) else (fault.kind, fault.name)
        for fault, expected in zip(found, faults, strict=True)
    ] == faults


def test_a_model_without_inputs_sees_all_and_needs_what_its_texts_read() -> None:
    season = table(
        "dish",
        {"season": "string", "guests + 1": None},
        {"dish": "string"},
        [('"Winter"', "-", '"soup"'), ("-", "> limit", "upper case(wish)")],
        declared=False,
    )
    question = asked(model(season))["dish"]
    assert inputs(question) == {"season": "string", "guests": "Any", "limit": "Any", "wish": "Any"}
    given = {"season": "Winter", "guests": 5, "limit": 3, "wish": "tea", "anything": 1}
    assert question.faults(given) == []
    assert question.faults({**given, "season": 5}) == [
        Fault("unfit", "season", reason="expected a value of type string, but found a number")
    ]


def test_what_an_open_decision_requires_is_no_input() -> None:
    first = literal("first", "a + 1")
    second = literal("second", "first + b", needs=["first"])
    assert list(inputs(asked(model(first, second))["second"])) == ["b", "a"]


IMPORTED = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2")]),
    namespace="urn:other",
)
IMPORTING = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:importing">
  <import name="other" namespace="urn:other"
          importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
  <inputData id="i" name="size"><variable name="size" typeRef="number"/></inputData>
  <decision id="sum" name="sum"><variable name="sum"/>
    <informationRequirement id="r1"><requiredInput href="#i"/></informationRequirement>
    <informationRequirement id="r2">
      <requiredDecision href="urn:other#places"/></informationRequirement>
    <literalExpression><text>size + other.places</text></literalExpression>
  </decision>
</definitions>"""


def test_an_imported_input_is_found_by_its_own_name_and_by_that_of_the_import() -> None:
    question = asked(IMPORTING, IMPORTED)["sum"]
    assert [(each.name, each.imports) for each in question.inputs] == [
        ("size", ()),
        ("size", ("other",)),
    ]
    assert question.faults({"size": 1}) == []
    assert question.faults({"size": 1, "other.size": 2}) == []
    assert question.faults({"size": 1, "other": {"size": 2}}) == []
    assert question.faults({"size": 1, "other.sise": 2}) == [
        Fault("missing", "size"),
        Fault("unknown", "other.sise"),
    ]


FUNCTIONS = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:functions">
  <itemDefinition name="tCode"><typeRef>string</typeRef>
    <allowedValues><text>"A", "B"</text></allowedValues></itemDefinition>
  <inputData id="i" name="code"><variable name="code" typeRef="tCode"/></inputData>
  <decision id="d" name="double"><variable name="double"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>code + code</text></literalExpression></decision>
  <businessKnowledgeModel id="b" name="add"><variable name="add"/>
    <encapsulatedLogic><formalParameter name="a" typeRef="number"/><formalParameter name="b"/>
      <literalExpression><text>a + b</text></literalExpression></encapsulatedLogic>
  </businessKnowledgeModel>
  <decisionService id="s" name="doubling"><variable name="doubling"/>
    <outputDecision href="#d"/><inputData href="#i"/></decisionService>
</definitions>"""


def test_services_and_knowledge_models_can_be_asked() -> None:
    found = asked(FUNCTIONS)
    assert {name: (each.kind, inputs(each)) for name, each in found.items()} == {
        "double": ("decision", {"code": 'string ("A", "B")'}),
        "add": ("knowledge model", {"a": "number", "b": "Any"}),
        "doubling": ("service", {"code": 'string ("A", "B")'}),
    }
    (fault,) = found["doubling"].faults({"code": "C"})
    assert fault.kind == "unfit"
    assert fault.reason.startswith('expected a value that is allowed: "A", "B", but found ')
