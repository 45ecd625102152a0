"""docs/diagrams.md says what the gate and the engine do."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine.diagram import read_diagram
from engine.diagram.rules import RULES, known_property, supported_extension
from engine.feel import evaluate_text, is_feel
from tests.support.markdown import ROOT, codes, document
from web.walk import read_script

TEXT = document("docs/diagrams.md")
FIXTURES = ROOT / "tests" / "engine" / "diagram" / "rules"


def severities(rule: str) -> set[str]:
    """With which severities a rule speaks, as its invalid diagrams show."""
    return {
        problem["severity"]
        for file in sorted((FIXTURES / rule).glob("invalid*.json"))
        for problem in json.loads(file.read_text(encoding="utf-8"))["problems"]
    }


def test_every_rule_is_in_the_table_with_its_severity() -> None:
    told = {codes(row[0])[0]: set(row[1].split(", ")) for row in TEXT.rows("The rules of the gate")}
    assert told == {rule.name: severities(rule.name) for rule in RULES}


def test_the_rules_stand_in_the_order_in_which_they_run() -> None:
    told = [codes(row[0])[0] for row in TEXT.rows("The rules of the gate")]
    assert told == [rule.name for rule in RULES]


def test_every_property_is_known_and_every_known_one_is_told() -> None:
    told = [codes(row[0])[0] for row in TEXT.rows("Properties")]
    known = [*known_property.OF_PROCESSES, *known_property.OF_ELEMENTS]
    assert sorted(told) == sorted(known)


def test_every_attribute_that_is_carried_out_is_told() -> None:
    told = {code for row in TEXT.rows("Attributes") for code in codes(row[0])}
    assert told == set(supported_extension.CARRIED_OUT)


def test_the_examples_of_expressions_are_both_dialects() -> None:
    (example,) = (block.text for block in TEXT.blocks if "conditionExpression" in block.text)
    conditions = [each.strip() for each in re.findall(r">(.+)</", example)]
    assert [evaluate_text(each, {"decision": "approve", "places": 3}) for each in conditions] == [
        True,
        True,
    ]
    assert [is_feel(each) for each in conditions] == [True, False]


def test_the_example_of_a_business_rule_task_is_read() -> None:
    (example,) = (block.text for block in TEXT.blocks if "businessRuleTask" in block.text)
    diagram = read_diagram(inside_a_process(example), "example.bpmn")
    task = diagram.processes["p"].elements["work_out_places"]
    assert (task.decision_ref, task.decision_ref_binding) == ("places", "latest")
    assert (task.result_variable, task.map_decision_result) == ("places_left", "singleEntry")


def test_the_names_of_the_example_are_read_in_three_languages() -> None:
    (example,) = (block.text for block in TEXT.blocks if "i18n" in block.text)
    diagram = read_diagram(inside_a_process(example), "example.bpmn")
    assert diagram.processes["p"].elements["approve"].names == {
        "ru": "Согласовать",
        "kk": "Келісу",
        "en": "Approve",
    }


def inside_a_process(fragment: str) -> bytes:
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><bpmn:process id="p">'
        f"{fragment}</bpmn:process></bpmn:definitions>"
    ).encode()


def test_the_example_of_a_walk_is_a_file_of_answers(tmp_path: Path) -> None:
    (example,) = (block.text for block in TEXT.blocks if block.language == "json")
    file = tmp_path / "answers.json"
    file.write_text(example, encoding="utf-8")
    script = read_script(file)
    assert script.starter == "employer-1"
    assert script.begins_at is not None


def test_files_that_are_named_in_code_exist() -> None:
    named = [code for name in ("docs/forms.md", "docs/readings.md") for code in all_files(name)]
    assert [name for name in named if not any(ROOT.glob(name))] == []


def all_files(name: str) -> list[str]:
    """Paths in a document that begin with a room of the checkout."""
    rooms = tuple(f"{path.name}/" for path in ROOT.iterdir() if path.is_dir())
    found = [code for code in codes(document(name).prose) if code.startswith(rooms)]
    return [code for code in found if "<" not in code and Path(code).suffix]
