"""Names of decisions, inputs and columns in one's language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.cli.conftest import Qadam

NAMED = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:named"
  xmlns:i18n="http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0">
  <inputData id="headcount" name="Численность"><extensionElements>
      <i18n:translation xml:lang="en">Headcount</i18n:translation>
      <i18n:translation xml:lang="kk">Жұмыскерлер</i18n:translation></extensionElements>
    <variable name="Численность" typeRef="number"/></inputData>
  <decision id="share" name="Доля"><extensionElements>
      <i18n:translation xml:lang="en">Share</i18n:translation>
      <i18n:translation xml:lang="kk">Үлес</i18n:translation></extensionElements>
    <variable name="Доля"/>
    <informationRequirement><requiredInput href="#headcount"/></informationRequirement>
    <decisionTable>
      <input label="Работников"><extensionElements>
          <i18n:translation xml:lang="en">Employees</i18n:translation>
          <i18n:translation xml:lang="kk">Адам саны</i18n:translation></extensionElements>
        <inputExpression><text>Численность</text></inputExpression></input>
      <output name="доля"><extensionElements>
          <i18n:translation xml:lang="en">share</i18n:translation>
          <i18n:translation xml:lang="kk">үлес</i18n:translation></extensionElements></output>
      <annotation name="Source"/>
      <rule id="r"><inputEntry><text>&lt; 50</text></inputEntry>
        <outputEntry><text>0.1</text></outputEntry>
        <annotationEntry><text>Order 275</text></annotationEntry></rule>
    </decisionTable></decision>
  <decision id="places" name="Места"><extensionElements>
      <i18n:translation xml:lang="en">Places</i18n:translation>
      <i18n:translation xml:lang="kk">Орындар</i18n:translation></extensionElements>
    <variable name="Места"/>
    <informationRequirement><requiredInput href="#headcount"/></informationRequirement>
    <informationRequirement><requiredDecision href="#share"/></informationRequirement>
    <literalExpression><text>Численность * Доля</text></literalExpression></decision>
</definitions>"""


@pytest.fixture
def named(tmp_path: Path) -> Path:
    path = tmp_path / "named.dmn"
    path.write_text(NAMED, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("language", "decision", "given", "told"),
    [
        (
            "en",
            "places",
            "headcount",
            "1. Share (share)|   input Headcount = 40|   rule 1 (r, line 22)|"
            "     when Employees: < 50|     then share: 0.1|     note Source: Order 275|"
            "   gives 0.1||2. Places (places)|   input Headcount = 40|   input Share = 0.1|"
            "   gives 4||Result: 4",
        ),
        (
            "ru",
            "Places",
            "Headcount",
            "1. Доля (share)|   вход Численность = 40|   правило 1 (r, строка 22)|"
            "     если Работников: < 50|     то доля: 0.1|     пометка Source: Order 275|"
            "   даёт 0.1||2. Места (places)|   вход Численность = 40|   вход Доля = 0.1|"
            "   даёт 4||Результат: 4",
        ),
        (
            "kk",
            "Места",
            "Жұмыскерлер",
            "1. Үлес (share)|   кіріс Жұмыскерлер = 40|   1-ереже (r, 22-жол)|"
            "     егер Адам саны: < 50|     онда үлес: 0.1|     ескертпе Source: Order 275|"
            "   береді 0.1||2. Орындар (places)|   кіріс Жұмыскерлер = 40|   кіріс Үлес = 0.1|"
            "   береді 4||Нәтиже: 4",
        ),
    ],
)
def test_names_are_taken_in_any_language_and_told_in_one(
    qadam: Qadam, named: Path, language: str, decision: str, given: str, told: str
) -> None:
    decided = qadam("decide", named, decision, "--set", f"{given}=40", "--language", language)
    assert decided.output.splitlines() == told.split("|")


def test_the_list_and_what_is_missing_are_in_the_language(qadam: Qadam, named: Path) -> None:
    listed = qadam("decide", named, "--language", "kk").output
    assert listed.startswith("Үлес (share)\n  Жұмыскерлер: number\nОрындар (places)\n")
    refused = qadam("decide", named, "share", "--language", "kk").stderr
    assert refused.startswith("Жұмыскерлер кірісі күтілді (number), бірақ ол берілмеген")
    twice = qadam("decide", named, "share", "--set", "headcount=1", "--set", "Численность=2")
    assert "but found headcount" in twice.stderr


def test_json_has_the_names_that_feel_reads(qadam: Qadam, named: Path) -> None:
    arguments = ("decide", named, "share", "--set", "Headcount=40", "--language", "kk", "--json")
    told = json.loads(qadam(*arguments).stdout)
    assert told["name"] == "Доля"
    assert told["steps"][0]["inputs"] == {"Численность": 40}
