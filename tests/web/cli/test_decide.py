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
    assert (told["id"], told["result"], told["errors"]) == ("share", 0.1, [])
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
    (error,) = json.loads(told.stdout)["errors"]
    assert error["message"].startswith("The hit policy UNIQUE")


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
    assert [line.startswith("broken.dmn: ошибка: строка ") for line in problems] == [True, True]
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
    (tmp_path / "other.dmn").write_bytes(other[:-20])
    (tmp_path / "neighbour.dmn").write_bytes(b"<definitions")
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    assert refused.stderr.endswith("nothing was decided: 2 problem(s) in other.dmn, own.dmn\n")
    assert "\nown.dmn: error: " in refused.stderr
    linted = qadam("lint", tmp_path / "own.dmn")
    assert linted.output.splitlines()[:-1] == refused.stderr.splitlines()[:-1]
    assert linted.output.endswith("2 decision file(s): 2 error(s), 0 warning(s)\n")


def test_neighbours_are_not_blamed(qadam: Qadam, tmp_path: Path) -> None:
    (tmp_path / "own.dmn").write_bytes(model(literal("own", "1 +")))
    (tmp_path / "broken.dmn").write_bytes(b"<definitions")
    (tmp_path / "other.dmn").write_bytes(model(literal("other", "("), namespace="urn:other"))
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    problem, last = refused.stderr.splitlines()
    assert problem.startswith("own.dmn: error: line ")
    assert last == "qadam: nothing was decided: 1 problem(s) in own.dmn"


def test_what_is_wrong_with_an_imported_file_is_told_of_that(qadam: Qadam, tmp_path: Path) -> None:
    (tmp_path / "rates.dmn").write_bytes(model(literal("rate", "1 +"), namespace="urn:rates"))
    asking = model(literal("asking", "1"), imports={"rates": "urn:rates"})
    (tmp_path / "asking.dmn").write_bytes(asking)
    refused = qadam("decide", tmp_path / "asking.dmn", "asking")
    problem, last = refused.stderr.splitlines()
    assert problem.startswith("rates.dmn: error: line ")
    assert last == "qadam: nothing was decided: 1 problem(s) in rates.dmn"


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
    assert "     егер How many: > 0\n     онда n * 2\n     ескертпе Source: Order 275\n" in called
    assert called.endswith("Нәтиже: 4\n")
    assert qadam("decide", file, "twice", "--set", "n=5").output.endswith("Result: 10\n")


LOAN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
  namespace="urn:loan">
  <itemDefinition name="tLoan"><itemComponent name="rate"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="Marital Status"><typeRef>string</typeRef>
      <allowedValues><text>"M", "S"</text></allowedValues></itemComponent></itemDefinition>
  <inputData id="i" name="Loan"><variable name="Loan" typeRef="tLoan"/></inputData>
  <decision id="d" name="D"><variable name="D"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>Loan.rate</text></literalExpression></decision>
</definitions>"""


@pytest.mark.parametrize(
    ("loan", "sentence"),
    [
        (
            '{"rate": 0.05, "Marital Status": "X"}',
            'Expected string ("M", "S") for the input Loan.Marital Status, but found "X"',
        ),
        ('{"rate": "a", "Marital Status": "M"}', 'number for the input Loan.rate, but found "a"'),
        ('{"Marital Status": "M"}', "Expected number for the input Loan.rate, but found null"),
        ("0.05", "for the input Loan, but found 0.05"),
    ],
)
def test_the_part_of_an_input_that_does_not_fit_is_named(
    qadam: Qadam, tmp_path: Path, loan: str, sentence: str
) -> None:
    path = tmp_path / "loan.dmn"
    path.write_bytes(LOAN)
    decided = qadam("decide", path, "d", "--input", f'{{"Loan": {loan}}}')
    assert decided.exit_code == 1
    assert sentence in decided.stderr


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


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("ru", "политика UNIQUE допускает, чтобы подходило одно правило, а подходят правила 1 ("),
        ("kk", "UNIQUE саясаты бір ғана ереженің сай келуіне рұқсат береді, бірақ мына ережелер"),
    ],
)
def test_why_there_is_no_result_is_told_in_the_language(
    qadam: Qadam, tmp_path: Path, language: str, reason: str
) -> None:
    file = tmp_path / "twice.dmn"
    file.write_bytes(TWICE)
    arguments = ("decide", file, "places", "--set", "size=1", "--language", language)
    decided = qadam(*arguments)
    assert decided.exit_code == 1
    assert reason.casefold() in decided.stderr.casefold()
    (error,) = json.loads(qadam(*arguments, "--json").stdout)["errors"]
    assert reason.casefold() in error["message"].casefold()


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


def test_what_is_wrong_with_a_file_is_json_too(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "broken.dmn"
    file.write_bytes(model(literal("a", "1 +"), literal("b", "(")))
    refused = qadam("decide", file, "a", "--json", "--language", "ru")
    assert refused.exit_code == 1
    first, second = json.loads(refused.stdout)["errors"]
    assert (first["file"], first["element"], first["rule"]) == ("broken.dmn", "a", "feel-syntax")
    assert first["line"] < second["line"]
    assert first["message"].startswith("Ожидалось выражение FEEL")
    missing = qadam("decide", tmp_path / "no.dmn", "a", "--json")
    assert missing.exit_code == 1
    assert "does not exist" in json.loads(missing.stdout)["errors"][0]["message"]


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1e99999999999999999999", "9" * 400])
def test_a_number_that_is_too_large_is_refused(qadam: Qadam, file: Path, number: str) -> None:
    for given in (("--set", f"size={number}"), ("--input", f'{{"size": {number}, "day": null}}')):
        refused = qadam("decide", file, "share", *given)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("qadam: Expected numbers of up to 1.8e308, but found ")


def test_a_function_is_a_step_with_its_parameters(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "service.dmn"
    file.write_text(SERVICE, encoding="utf-8")
    told = qadam("decide", file, "twice", "--set", "n=5").output.splitlines()
    assert told[:2] == ["1. twice (b)", "   input n = 5"]
    assert told[2].startswith("   rule 1 (some, line ")
    assert told[-3:] == ["   gives 10", "", "Result: 10"]
    assert "   no rule matched" in qadam("decide", file, "b", "--set", "n=-5").output.splitlines()


def test_what_was_read_is_told_where_no_inputs_are_drawn(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "open.dmn"
    rules = [("< 50", "size * factor")]
    file.write_bytes(
        model(
            table("base", {"size": "number"}, {"base": None}, rules, declared=False),
            literal("total", "base + extra + sum(for x in [1, 2] return x)", needs=["base"]),
        )
    )
    given = ("--input", '{"size": 10, "factor": 2, "extra": 1, "unread": 9}')
    told = qadam("decide", file, "total", *given).output.splitlines()
    assert told[:3] == ["1. base", "   input size = 10", "   input factor = 2"]
    start = told.index("2. total")
    assert told[start + 1 : start + 3] == ["   input extra = 1", "   input base = 20"]
    assert told[-1] == "Result: 24"
