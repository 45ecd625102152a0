"""Item definitions are types: what an input may be, what a result becomes."""

from __future__ import annotations

import pytest

from engine.dmn import DmnRefused, Outcome
from tests.support.drg import compiled, decision, given

TYPES = """
<itemDefinition name="tLevel"><typeRef>string</typeRef>
  <allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>
<itemDefinition name="tLevels" isCollection="true"><typeRef>string</typeRef>
  <allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>
<itemDefinition name="tPair" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>
<itemDefinition name="tTop"><typeRef>tLevel</typeRef>
  <allowedValues><text>"high"</text></allowedValues></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="born"><typeRef>date</typeRef></itemComponent>
  <itemComponent name="children" isCollection="true"><typeRef>tPerson</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tShare"><typeRef>number</typeRef>
  <allowedValues><text>[0..1]</text></allowedValues></itemDefinition>
<itemDefinition name="tFunction"><functionItem outputTypeRef="number">
  <parameters name="n" typeRef="number"/></functionItem></itemDefinition>
"""


def outcome(type_ref: str, value: object, logic: str = "i") -> Outcome:
    body = TYPES + given("i", type_ref) + decision("d", logic, inputs=["i"])
    return compiled(body).evaluate("d", {"i": value})


@pytest.mark.parametrize(
    ("type_ref", "value"),
    [
        ("tLevel", "low"),
        ("tLevel", None),
        ("tLevels", ["low", "high", "low"]),
        ("tLevels", []),
        ("tPair", [1, 2]),
        ("tTop", "high"),
        ("tShare", 0.5),
        ("tPerson", {"name": "A", "born": "2000-01-01", "children": []}),
        (
            "tPerson",
            {
                "name": "A",
                "born": "2000-01-01",
                "children": [{"name": "B", "born": "2020-02-02", "children": []}],
            },
        ),
        ("Any", {"a": [1]}),
        ("date", "2026-01-31"),
        ("time", "10:00:00"),
        ("date and time", "2026-01-31T10:00:00Z"),
        ("days and time duration", "P1DT2H"),
        ("years and months duration", "P1Y2M"),
        ("dateTime", "2026-01-31T10:00:00"),
    ],
)
def test_an_input_of_its_type_comes_through(type_ref: str, value: object) -> None:
    found = outcome(type_ref, value)
    found.check()
    assert found.value == value


@pytest.mark.parametrize(
    ("type_ref", "value", "words"),
    [
        ("tLevel", "middle", '"low", "high"'),
        ("tLevel", 1, "type string"),
        ("tLevels", ["low", "middle"], 'allowed in [2]: "low", "high"'),
        ("tPair", [1], "count(?) = 2"),
        ("tTop", "low", '"high"'),
        ("tShare", 2, "[0..1]"),
        ("tPerson", {"name": "A"}, "type"),
        ("tPerson", {"name": "A", "born": "yesterday", "children": []}, "date"),
        ("date", "2026-02-30", "a day of 1 to 28"),
        ("number", "1", "type number"),
        ("number", True, "type number"),
    ],
)
def test_an_input_that_is_not_of_its_type_is_null_and_an_error(
    type_ref: str, value: object, words: str
) -> None:
    found = outcome(type_ref, value)
    assert found.value is None
    (error,) = [each for each in found.warnings if each.severity == "error"]
    assert words in error.reason
    assert error.reason.endswith("for the input i")


def test_types_can_be_named_in_feel() -> None:
    assert outcome("Any", "low", "i instance of tLevel").value is True
    assert outcome("tPerson", {"name": "A", "born": None, "children": []}, "i.name").value == "A"


def test_a_date_is_a_date_in_expressions() -> None:
    assert outcome("date", "2026-01-31", '(i + duration("P1D")).day').value == 1


@pytest.mark.parametrize("result", ["string", "tFunction"])
def test_a_result_that_is_not_of_its_type_is_null_and_an_error(result: str) -> None:
    found = compiled(TYPES + decision("d", "1", type_ref=result)).evaluate("d", {})
    assert found.value is None
    assert [each.severity for each in found.warnings] == ["error"]


@pytest.mark.parametrize(
    ("types", "words"),
    [
        ('<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>', "found b"),
        (
            '<itemDefinition name="a"><itemComponent name="c"><typeRef>x.y</typeRef>'
            "</itemComponent></itemDefinition>",
            "found x.y",
        ),
        ('<itemDefinition name="a"/><itemDefinition name="a"/>', "one item definition"),
        (
            '<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>'
            '<itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>',
            "refers to itself",
        ),
        (
            '<itemDefinition name="a"><typeRef>number</typeRef><allowedValues><text>&lt;</text>'
            "</allowedValues></itemDefinition>",
            "allowed values",
        ),
    ],
)
def test_definitions_that_mean_nothing_are_refused(types: str, words: str) -> None:
    with pytest.raises(DmnRefused) as refused:
        compiled(types)
    assert words in refused.value.problems[0].message


def test_an_unknown_type_anywhere_is_refused_with_its_line() -> None:
    with pytest.raises(DmnRefused) as refused:
        compiled(given("i", "tNone"))
    assert refused.value.problems[0].line == 2


def test_a_long_chain_of_references_is_refused() -> None:
    chain = "".join(
        f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef></itemDefinition>'
        for n in range(60)
    )
    last = '<itemDefinition name="t60"><typeRef>number</typeRef></itemDefinition>'
    with pytest.raises(DmnRefused, match="in a row"):
        compiled(chain + last)
