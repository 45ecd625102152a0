"""What `qadam decide` can be asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.web.cli.conftest import Qadam

SERVICE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:service">
  <inputData id="i" name="size"><variable name="size" typeRef="number"/></inputData>
  <decision id="d" name="double"><variable name="double"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <knowledgeRequirement id="k"><requiredKnowledge href="#b"/></knowledgeRequirement>
    <literalExpression><text>twice(size)</text></literalExpression></decision>
  <businessKnowledgeModel id="b" name="twice"><variable name="twice"/>
    <encapsulatedLogic><formalParameter name="n" typeRef="number"/>
      <decisionTable hitPolicy="FIRST">
        <input label="How many"><inputExpression><text>n</text></inputExpression></input>
        <output/>
        <annotation name="Source"/>
        <rule id="some"><inputEntry><text>&gt; 0</text></inputEntry>
          <outputEntry><text>n * 2</text></outputEntry>
          <annotationEntry><text>Order 275</text></annotationEntry></rule>
      </decisionTable></encapsulatedLogic>
  </businessKnowledgeModel>
  <decisionService id="s" name="doubling"><variable name="doubling"/>
    <outputDecision href="#d"/><inputData href="#i"/></decisionService>
</definitions>"""


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["places", "  size: number", "  day: date", "dated", "  (no inputs)"]),
        ("ru", ["places", "  size: number", "  day: date", "dated", "  (входов нет)"]),
        ("kk", ["places", "  size: number", "  day: date", "dated", "  (кірістер жоқ)"]),
    ],
)
def test_without_a_decision_all_are_listed(
    qadam: Qadam, file: Path, language: str, lines: list[str]
) -> None:
    listed = qadam("decide", file, "--language", language)
    assert listed.exit_code == 0
    told = listed.output.splitlines()
    assert told[0] == "Share of places (share)"
    assert [line for line in lines if line not in told] == []


def test_the_list_as_json(qadam: Qadam, file: Path) -> None:
    (first, *_others) = json.loads(qadam("decide", file, "--json").stdout)
    assert first == {
        "kind": "decision",
        "id": "share",
        "name": "Share of places",
        "inputs": [{"name": "size", "type": "number"}, {"name": "day", "type": "date"}],
        "sees_every_value": False,
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "there is no decision shares in places.dmn: did you mean share? There are share, "),
        ("ru", "в places.dmn нет решения shares: возможно, имелось в виду share? Есть share, "),
        ("kk", "places.dmn ішінде shares шешімі жоқ: share дегіңіз келді ме? Онда share, "),
    ],
)
def test_an_unknown_decision_is_answered_with_those_there_are(
    qadam: Qadam, file: Path, language: str, sentence: str
) -> None:
    refused = qadam("decide", file, "shares", "--language", language)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"qadam: {sentence}")


def test_the_clock_and_the_calendar_are_there(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "term", "--now", "2026-03-05T18:00:00+05:00")
    assert decided.output.endswith('Result: "2026-03-10T09:00:00@Asia/Almaty2026-03-05"\n')
    refused = qadam("decide", file, "term", "--now", "soon")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("qadam: --now: Expected an ISO 8601 ")


def test_tables_of_an_application_are_there_in_a_process_only(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "dated")
    assert "Expected a process, whose tables dated() reads" in decided.output


def test_services_and_knowledge_models_are_called(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "service.dmn"
    file.write_text(SERVICE, encoding="utf-8")
    listed = qadam("decide", file).output
    assert "twice (b) – knowledge model\n  n: number\n" in listed
    assert "doubling (s) – decision service\n  size: number\n" in listed
    called = qadam("decide", file, "doubling", "--set", "size=2", "--language", "kk").output
    assert "     егер How many: > 0\n     онда n * 2\n     ескертпе Source: Order 275\n" in called
    assert called.endswith("Нәтиже: 4\n")
    assert qadam("decide", file, "twice", "--set", "n=5").output.endswith("Result: 10\n")


def test_a_function_is_a_step_with_its_parameters(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "service.dmn"
    file.write_text(SERVICE, encoding="utf-8")
    told = qadam("decide", file, "twice", "--set", "n=5").output.splitlines()
    assert told[:2] == ["1. twice (b)", "   input n = 5"]
    assert told[2].startswith("   rule 1 (some, line ")
    assert told[-3:] == ["   gives 10", "", "Result: 10"]
    assert "   no rule matched" in qadam("decide", file, "b", "--set", "n=-5").output.splitlines()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["shares"], "there is no decision shares in places.dmn: did you mean share? "),
        (["share", "--set", "size=1"], "Expected the input day (date), but it is not given"),
        (["share", "--input", "{"], "the input is not JSON: "),
        (["share", "--now", "soon"], "Expected the input size (number), but it is not given"),
        (["share", "--nothing"], "No such option"),
        (["term", "--now", "soon"], "--now: Expected an ISO 8601 "),
    ],
)
def test_errors_are_one_json_document_too(
    qadam: Qadam, file: Path, arguments: list[str], message: str
) -> None:
    refused = qadam("decide", file, *arguments, "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["errors"][0]["message"].startswith(message)
