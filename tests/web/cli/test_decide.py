from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.decisions import input_data, literal, model, table
from tests.web.cli.conftest import Qadam

PLACES = model(
    input_data("size", "number"),
    input_data("day", "date"),
    table(
        "share",
        {"size": "number", "day": "date"},
        {"share": "number"},
        [("< 50", "-", "0.1"), (">= 50", '< date("2026-01-01")', "0.2")],
        name="Share of places",
    ),
    literal("places", "floor(size * Share of places)", needs=["share"], inputs=["size"]),
    literal("term", "string(workday_start(2)) + string(today())"),
    literal("dated", 'dated("terms", "2.2")'),
    literal("broken", "1 +\n size.wrong", inputs=["size"]),
)
TWICE = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2"), ("< 60", "5")]),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "places.dmn"
    path.write_bytes(PLACES)
    return path


def test_each_decision_is_explained_in_order(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "places", "--input", '{"size": 45, "day": "2026-03-02"}')
    assert decided.exit_code == 0
    line = PLACES.decode().splitlines().index('      <rule id="share_rule_1">') + 1
    assert decided.output.splitlines() == [
        "1. Share of places (share)",
        "   input size = 45",
        '   input day = "2026-03-02"',
        f"   rule 1 (share_rule_1, line {line})",
        "     when size: < 50",
        "     then share: 0.1",
        "   gives 0.1",
        "",
        "2. places",
        "   input size = 45",
        "   input Share of places = 0.1",
        "   gives 4",
        "",
        "Result: 4",
    ]


def test_one_json_document_for_machines(qadam: Qadam, file: Path) -> None:
    decided = qadam(
        "decide", file, "Share of places", "--set", "size=45", "--set", "day=null", "--json"
    )
    told: dict[str, Any] = json.loads(decided.stdout)
    assert (told["id"], told["result"], told["error"]) == ("share", 0.1, None)
    (step,) = told["steps"]
    assert step["inputs"] == {"size": 45, "day": None}
    (rule,) = step["rules"]
    assert (rule["number"], rule["id"], rule["inputs"]) == (
        1,
        "share_rule_1",
        {"size": "< 50", "day": "-"},
    )
    assert rule["outputs"] == {"share": "0.1"}


def test_no_rule_and_why_a_value_is_null(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "places", "--set", "size=60", "--set", "day=2026-03-02")
    assert decided.exit_code == 0
    assert "   no rule matched\n   gives null\n" in decided.output
    assert "   warning: Expected " in decided.output
    assert ", at character 6 of `floor(size * Share of places)`\n" in decided.output
    assert decided.output.endswith("\nResult: null\n")


def test_of_a_long_expression_the_line_is_shown(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "broken", "--set", "size=60")
    assert "at character 6 of `size.wrong`" in decided.output


def test_several_rules_under_unique_are_named(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "twice.dmn"
    file.write_bytes(TWICE)
    decided = qadam("decide", file, "places", "--set", "size=1")
    assert decided.exit_code == 1
    assert "   rule 1 (places_rule_1, " in decided.stdout
    assert "   rule 2 (places_rule_2, " in decided.stdout
    assert decided.stderr.startswith("qadam: places has no result: The hit policy UNIQUE allows ")
    assert "rules 1 (places_rule_1), 2 (places_rule_2)" in decided.stderr
    told = qadam("decide", file, "places", "--set", "size=1", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["error"].startswith("The hit policy UNIQUE")


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


WRONG = '{"sise": 1, "day": 5, "colour": "red"}'


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Expected the input size (number), but found sise: did you mean size?",
                "Expected date for the input day, but found 5",
                "Expected only inputs that the decision has, but found colour; it has size, day",
                "qadam: nothing was decided: 3 problem(s) with the input",
            ],
        ),
        (
            "ru",
            [
                "Ожидался вход size (number), а найден sise: возможно, имелся в виду size?",
                "Ожидалось значение типа date для входа day, но найдено 5",
                "Ожидались только входы этого решения, но найден colour; у него есть size, day",
                "qadam: решение не принято: проблем с входными данными: 3",
            ],
        ),
        (
            "kk",
            [
                "size кірісі күтілді (number), бірақ sise табылды: size дегіңіз келді ме?",
                "day кірісі үшін date типіндегі мән күтілді, бірақ 5 табылды",
                "Тек осы шешімнің кірістері күтілді, бірақ colour табылды; онда size, day бар",
                "qadam: шешім қабылданған жоқ: кіріс деректеріндегі қателер: 3",
            ],
        ),
    ],
)
def test_inputs_that_are_not_right_are_all_named(
    qadam: Qadam, file: Path, language: str, sentences: list[str]
) -> None:
    refused = qadam("decide", file, "share", "--input", WRONG, "--language", language)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.splitlines() == sentences


def test_an_input_that_is_missing_is_named(qadam: Qadam, file: Path) -> None:
    refused = qadam("decide", file, "share", "--set", "size=1")
    assert refused.stderr.startswith("Expected the input day (date), but it is not given; null ")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('{"size": 1,\n "day": }', "Expecting value, line 2, character 9: ' \"day\": }'"),
        ('{"size": NaN}', "NaN is not a JSON value, line 1, character 10: "),
        ("[" * 100_000, "values are too deeply nested"),
        ("[1]", "the input must be one JSON object of values by name"),
        ("@nothing.json", "nothing.json can't be read: No such file or directory"),
    ],
)
def test_input_that_is_no_json_is_shown(qadam: Qadam, file: Path, given: str, told: str) -> None:
    refused = qadam("decide", file, "share", "--input", given)
    assert refused.exit_code == 1
    assert told in refused.stderr


def test_input_comes_from_a_file_or_is_read(qadam: Qadam, file: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.json"
    given.write_text('\ufeff{"size": 45, "day": null}', encoding="utf-8")
    of_file = qadam("decide", file, "share", "--input", f"@{given}")
    typed = qadam("decide", file, "share", "--input", "-", typed='{"size": 45, "day": null}')
    assert of_file.output == typed.output
    assert typed.output.endswith("Result: 0.1\n")
    over = qadam("decide", file, "share", "--input", f"@{given}", "--set", "size=50")
    assert over.output.endswith("Result: null\n")


def test_a_pair_has_a_name(qadam: Qadam, file: Path) -> None:
    refused = qadam("decide", file, "share", "--set", "size")
    assert refused.stderr == "qadam: --set takes NAME=VALUE, but found 'size'\n"


def test_the_clock_and_the_calendar_are_there(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "term", "--now", "2026-03-05T18:00:00+05:00")
    assert decided.output.endswith('Result: "2026-03-10T09:00:00@Asia/Almaty2026-03-05"\n')
    refused = qadam("decide", file, "term", "--now", "soon")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("qadam: --now: Expected an ISO 8601 ")


def test_tables_of_an_application_are_there_in_a_process_only(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "dated")
    assert "Expected a process, whose tables dated() reads" in decided.output


def test_a_file_that_can_not_be_read_is_refused(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "broken.dmn"
    file.write_bytes(model(literal("a", "1 +"), literal("b", "(")))
    refused = qadam("decide", file, "a", "--language", "ru")
    assert (refused.exit_code, refused.stdout) == (1, "")
    *problems, last = refused.stderr.splitlines()
    assert [line.startswith("broken.dmn: error: ") for line in problems] == [True, True]
    assert "Ожидалось" in problems[0]
    assert last == "qadam: решение не принято: проблем в broken.dmn: 2"


def test_a_file_of_another_kind_is_refused(qadam: Qadam, diagrams: Path) -> None:
    refused = qadam("decide", diagrams / "errand.bpmn")
    assert refused.exit_code == 1
    assert "holds no decisions: give a .dmn file" in refused.stderr


def test_imported_models_are_found_beside(qadam: Qadam, tmp_path: Path) -> None:
    other = model(literal("rate", "0.5"), namespace="urn:other")
    importing = model(literal("own", "1"), imports={"other": "urn:other"})
    (tmp_path / "own.dmn").write_bytes(importing)
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    assert "urn:other" in refused.stderr
    (tmp_path / "other.dmn").write_bytes(other)
    assert qadam("decide", tmp_path / "own.dmn", "own").exit_code == 0
    assert qadam("decide", tmp_path / "own.dmn", "rate").output.endswith("Result: 0.5\n")
    assert "rate" not in qadam("decide", tmp_path / "own.dmn").output
    (tmp_path / "other.dmn").write_bytes(b"<definitions")
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    assert "other.dmn: " in refused.stderr


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


def test_services_and_knowledge_models_are_called(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "service.dmn"
    file.write_text(SERVICE, encoding="utf-8")
    listed = qadam("decide", file).output
    assert "twice (b) – knowledge model\n  n: number\n" in listed
    assert "doubling (s) – decision service\n  size: number\n" in listed
    called = qadam("decide", file, "doubling", "--set", "size=2", "--language", "kk").output
    assert "     егер How many: > 0\n     онда n * 2\n     ескерту Source: Order 275\n" in called
    assert called.endswith("Нәтиже: 4\n")
    assert qadam("decide", file, "twice", "--set", "n=5").output.endswith("Result: 10\n")
