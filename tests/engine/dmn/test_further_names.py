"""Files as Camunda's modelers make them: names beside the standard's, input data as labels."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import Decisions, compile_models, read_model
from engine.dmn.analysis import analyse
from engine.dmn.questions import questions
from engine.feel.types import NUMBER
from tests.support.drg import definitions

SEASON = """
<decision id="season_of_year" name="Season">
  <informationRequirement><requiredInput href="#degrees"/></informationRequirement>
  <decisionTable hitPolicy="{policy}">
    <input label="Weather"><inputExpression typeRef="integer"><text>temperature</text>
    </inputExpression></input>
    {outputs}
    <rule><inputEntry><text>&lt; 10</text></inputEntry>{first}</rule>
    <rule><inputEntry><text>{second_test}</text></inputEntry>{second}</rule>
  </decisionTable>
</decision>
<inputData id="degrees" name="Weather in degrees"/>
"""
ONE = {
    "policy": "UNIQUE",
    "outputs": '<output name="season" typeRef="string"/>',
    "first": '<outputEntry><text>"Winter"</text></outputEntry>',
    "second_test": "&gt;= 10",
    "second": '<outputEntry><text>"Summer"</text></outputEntry>',
}
TWO = {
    "policy": "UNIQUE",
    "outputs": '<output name="season"/><output name="қар"/>',
    "first": '<outputEntry><text>"Winter"</text></outputEntry><outputEntry><text>9</text>'
    "</outputEntry>",
    "second_test": "&gt;= 10",
    "second": '<outputEntry><text>"Summer"</text></outputEntry><outputEntry><text>0</text>'
    "</outputEntry>",
}
LISTED = {**TWO, "policy": "COLLECT", "second_test": ""}


def _dish(text: str, *, also: str = "") -> str:
    return (
        '<decision id="dish" name="Dish"><informationRequirement>'
        '<requiredDecision href="#season_of_year"/></informationRequirement>'
        f"{also}<literalExpression><text>{text}</text></literalExpression></decision>"
    )


def _compiled(body: str) -> Decisions:
    return compile_models([read_model(definitions(body), "test.dmn")])


def _dish_of(text: str, table: dict[str, str], **inputs: object) -> Any:
    outcome = _compiled(_dish(text) + SEASON.format(**table)).evaluate("dish", inputs)
    outcome.check()
    return outcome.value


@pytest.mark.parametrize(
    ("text", "season", "value"),
    [
        ("season", ONE, "Winter"),
        ("season_of_year", ONE, "Winter"),
        ("Season", ONE, "Winter"),
        ("season", TWO, "Winter"),
        ("қар + 1", TWO, 10),
        ("season_of_year.season", TWO, "Winter"),
        ("season", LISTED, ["Winter", "Summer"]),
        ("sum(қар)", LISTED, 9),
        ("for season in [1, 2] return season", ONE, [1, 2]),
    ],
)
def test_a_required_decision_is_known_by_its_outputs_and_by_its_id(
    text: str, season: dict[str, str], value: object
) -> None:
    assert _dish_of(text, season, temperature=5, season="given") == value


def test_they_are_known_where_decisions_see_what_they_require_alone() -> None:
    declared = SEASON.format(**TWO).replace(
        'name="Weather in degrees"/>',
        'name="temperature"><variable name="temperature" typeRef="number"/></inputData>',
    )
    model = read_model(definitions(_dish("[season, қар]") + declared), "test.dmn")
    assert "unknown-name" not in [each.code for each in analyse(model)]
    assert compile_models([model]).evaluate("dish", {"temperature": 5}).value == ["Winter", 9]


def test_where_no_rule_matched_its_outputs_are_null() -> None:
    season = {**TWO, "second_test": "&gt; 20"}
    assert _dish_of("[season, қар]", season, temperature=15) == [None, None]


def test_names_of_the_standard_win() -> None:
    variable = (
        '<decision id="a" name="A"><variable name="season"/><literalExpression><text>1</text>'
    )
    body = (
        _dish(
            "season",
            also='<informationRequirement><requiredDecision href="#a"/></informationRequirement>',
        )
        + SEASON.format(**ONE)
        + f"{variable}</literalExpression></decision>"
    )
    assert _compiled(body).evaluate("dish", {"temperature": 5}).value == 1


def test_an_output_that_two_decisions_have_is_no_name() -> None:
    other = SEASON.format(**ONE).replace("season_of_year", "other").partition("<inputData")[0]
    needs = '<informationRequirement><requiredDecision href="#other"/></informationRequirement>'
    body = _dish("season", also=needs) + SEASON.format(**ONE) + other.replace('"Season"', '"Other"')
    assert _compiled(body).evaluate("dish", {"temperature": 5}).value is None


def test_a_decision_with_a_variable_is_not_known_by_its_id() -> None:
    season = SEASON.format(**ONE).replace(
        'name="Season">', 'name="Season"><variable name="Season"/>', 1
    )
    outcome = _compiled(_dish("season_of_year") + season).evaluate("dish", {"temperature": 5})
    assert outcome.value is None


def test_input_data_without_variables_are_labels_of_what_is_given() -> None:
    model = read_model(definitions(_dish("season") + SEASON.format(**ONE)), "test.dmn")
    (dish, season) = questions([model])
    assert [(each.name, each.type) for each in dish.inputs] == [("temperature", NUMBER)]
    assert dish.inputs == season.inputs
    assert dish.takes_more
    assert "unknown-name" not in [each.code for each in analyse(model)]


def test_a_label_can_be_the_name_of_what_is_given() -> None:
    body = _dish("Weather in degrees + 1") + SEASON.format(**ONE)
    assert _compiled(body).evaluate("dish", {"Weather in degrees": 2}).value == 3


def test_where_one_input_has_a_variable_decisions_see_what_they_require() -> None:
    body = SEASON.format(**ONE) + '<inputData id="x" name="x"><variable name="x"/></inputData>'
    findings = analyse(read_model(definitions(body), "test.dmn"))
    assert "unknown-name" in [each.code for each in findings]


def test_what_a_column_reads_is_made_a_value_of_its_type() -> None:
    body = """<decision id="term" name="Term"><decisionTable>
      <input><inputExpression typeRef="date"><text>filed</text></inputExpression></input>
      <output name="term"/>
      <rule><inputEntry><text>&gt;= date("2026-01-01")</text></inputEntry>
        <outputEntry><text>filed + duration("P1D")</text></outputEntry></rule>
    </decisionTable></decision>"""
    outcome = _compiled(body).evaluate("term", {"filed": "2026-03-01"})
    assert outcome.value == "2026-03-02"
    assert outcome.steps[0].inputs == {"filed": "2026-03-01"}
    wrong = _compiled(body).evaluate("term", {"filed": "soon"})
    assert [(each.severity, "filed" in each.reason) for each in wrong.warnings] == [("error", True)]


@pytest.mark.parametrize(
    ("attribute", "cell", "matches"),
    [
        ("", "cellInput = 5", True),
        ("", "cellInput > 5", False),
        ('x:inputVariable="amount"', "amount > 4 and amount < 6", True),
        ('x:inputVariable="amount"', "not(amount > 4)", False),
        ('x:inputVariable="amount"', "cellInput = 5", False),
    ],
)
def test_cells_may_call_their_value_as_camunda_does(
    attribute: str, cell: str, matches: bool
) -> None:
    body = f"""<decision id="d" name="D" xmlns:x="urn:x"><decisionTable>
      <input {attribute}><inputExpression><text>sum</text></inputExpression></input>
      <output name="out"/>
      <rule><inputEntry><text>{cell.replace("<", "&lt;")}</text></inputEntry>
        <outputEntry><text>true</text></outputEntry></rule>
    </decisionTable></decision>"""
    assert (_compiled(body).evaluate("d", {"sum": 5}).value is True) is matches
