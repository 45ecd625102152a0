"""docs/decisions.md: its model is evaluated, its commands are run, its tables are the engine's."""

from __future__ import annotations

import importlib
import json
import pkgutil
import shlex
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

import engine.dmn
from engine import safe_xml
from engine.diagram import read_diagram
from engine.dmn import DecisionError, DecisionTable, compile_models, read_model
from engine.dmn.analysis import kinds
from engine.dmn.analysis.findings import Kind
from engine.dmn.model import Aggregation, HitPolicy
from engine.feel import evaluate_text
from engine.feel.feel import Evaluation, Frame, parse_expression, parse_unary_tests
from engine.feel.types import simple_type
from tests.docs.test_diagrams import inside_a_process
from tests.support.markdown import codes, document
from web.cli import main

TEXT = document("docs/decisions.md")
(MODEL,) = (block.text for block in TEXT.blocks if "<definitions" in block.text)
COMMANDS = [block.text for block in TEXT.blocks if block.text.startswith("$ qadam")]


@pytest.mark.parametrize("block", COMMANDS)
def test_the_commands_answer_as_shown(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "places.dmn").write_text(MODEL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command, _, answer = block.partition("\n")
    run = CliRunner().invoke(main, shlex.split(command)[2:])
    assert (run.exit_code, run.output) == (0, answer)


def test_the_table_is_that_of_the_file() -> None:
    drawn = TEXT.rows("A file")
    table = read_model(MODEL.encode(), "places.dmn").decisions[0].expression
    assert isinstance(table, DecisionTable)
    assert [row[1:] for row in drawn] == [
        [cell.text for cell in (*rule.inputs, *rule.outputs)] + list(rule.annotations)
        for rule in table.rules
    ]


def value(text: str) -> object:
    return parse_expression(text).run(Frame({}, None, Evaluation()))


@pytest.mark.parametrize(
    ("cell", "other", "matches"),
    [
        (codes(row[0])[0], other, matches)
        for row in TEXT.rows("Cells")
        for column, matches in ((row[1], True), (row[2], False))
        for other in codes(column)
    ],
)
def test_cells_match_as_told(cell: str, other: str, matches: bool) -> None:
    passed = parse_unary_tests(cell).run(Frame({}, None, Evaluation()), value(other))
    assert (passed is True) == matches


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:policies"><decision id="d" name="d"><variable name="d"/>
  <decisionTable hitPolicy="{policy}" {aggregation}>
    <input><inputExpression><text>1</text></inputExpression></input>
    <output><outputValues><text>20, 10</text></outputValues></output>
    <rule><inputEntry><text>{test}</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
    <rule><inputEntry><text>{test}</text></inputEntry><outputEntry><text>20</text></outputEntry></rule>
  </decisionTable></decision></definitions>"""


@pytest.mark.parametrize("row", TEXT.rows("Hit policies"), ids=lambda row: row[0])
def test_hit_policies_give_what_is_told(row: list[str]) -> None:
    policy, *aggregation = codes(row[0])
    for test, told in (("1", codes(row[1])), ("2", codes(row[2]))):
        xml = TABLE.format(
            policy=policy, test=test, aggregation="".join(f'aggregation="{a}"' for a in aggregation)
        )
        outcome = compile_models([read_model(xml.encode(), "m.dmn")]).evaluate("d", {})
        if told:
            outcome.check()
            assert outcome.value == json.loads(told[0])
        else:
            with pytest.raises(DecisionError):
                outcome.check()


def test_every_hit_policy_is_told() -> None:
    told = [codes(row[0]) for row in TEXT.rows("Hit policies")]
    assert {each[0] for each in told} == set(get_args(HitPolicy))
    assert {each[1] for each in told if len(each) > 1} == set(get_args(Aggregation))


def test_the_types_are_known() -> None:
    told = codes(TEXT.section("Types").partition("An item definition")[0])
    assert len(told) == 8
    assert all(simple_type(name) for name in told)


def test_the_item_definition_allows_what_is_told() -> None:
    (example,) = (block.text for block in TEXT.blocks if block.text.startswith("<itemDefinition"))
    whole = MODEL.replace("<inputData", f"{example}<inputData", 1)
    whole = whole.replace('name="taken" typeRef="number"', 'name="taken" typeRef="tMeasure"')
    decisions = compile_models([read_model(whole.encode(), "places.dmn")])
    inputs = {"headcount": 45, "day of filing": "2026-03-02"}
    refused = decisions.evaluate("places", {**inputs, "taken": "XX"})
    with pytest.raises(DecisionError, match='"PW", "YP", "SW", "SA"'):
        refused.check()


def test_the_business_rule_task_is_read() -> None:
    (example,) = (block.text for block in TEXT.blocks if "businessRuleTask" in block.text)
    diagram = read_diagram(inside_a_process(example), "example.bpmn")
    task = diagram.processes["p"].elements["work_out_places"]
    assert (task.decision_ref, task.result_variable) == ("places", "places_left")
    assert evaluate_text(task.input_parameters["taken"], {"applications": [1, 2]}) == 2
    needed = {each.name for each in read_model(MODEL.encode(), "places.dmn").inputs}
    assert needed == {*task.input_parameters, "headcount"}


def rules() -> set[str]:
    """The rules that reading and compiling a decision model go by."""
    found = {safe_xml.RULE}
    for module in pkgutil.walk_packages(engine.dmn.__path__, "engine.dmn."):
        names = vars(importlib.import_module(module.name)).items()
        found |= {text for name, text in names if name.startswith("RULE") and isinstance(text, str)}
    return found


def test_every_finding_is_told_with_its_severity() -> None:
    told = {codes(row[0])[0]: row[1] for row in TEXT.rows("What lint finds")}
    severities: dict[str, set[str]] = {}
    for kind in vars(kinds).values():
        if isinstance(kind, Kind):
            severities.setdefault(kind.code, set()).add(kind.severity)
    errors = rules() | {"decision-once", kinds.UNKNOWN_NAME.code}
    doubts = {code: " or ".join(sorted(found)) for code, found in severities.items()}
    assert told == {**doubts, **dict.fromkeys(errors, "error")}
