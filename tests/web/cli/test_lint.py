from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import errand
from tests.support.decisions import input_data, literal, model, table
from tests.web.cli.conftest import Qadam

BPMN = Path(__file__).resolve().parents[3] / "bpmn"


def test_the_diagrams_that_are_shipped_pass(qadam: Qadam) -> None:
    checked = qadam("lint", BPMN)
    counted = "1 diagram(s), 1 decision file(s): 0 error(s), 0 warning(s)\n"
    assert (checked.exit_code, checked.output) == (0, counted)


def test_a_problem_names_file_line_element_and_rule(qadam: Qadam, diagrams: Path) -> None:
    errand.save(diagrams, errand.errand(group="nobody"))
    checked = qadam("lint")
    assert checked.exit_code == 1
    first, total = checked.output.splitlines()
    assert first.startswith("errand.bpmn: error: line ")
    assert ", report: Expected the group 'nobody'" in first
    assert first.endswith("[known-owner]")
    assert total == "1 diagram(s): 1 error(s), 0 warning(s)"


@pytest.mark.parametrize(("language", "word"), [("ru", "Ожидалось"), ("kk", "тобы")])
def test_the_sentence_is_in_the_language_asked_for(
    qadam: Qadam, diagrams: Path, language: str, word: str
) -> None:
    errand.save(diagrams, errand.errand(group="nobody"))
    assert word in qadam("lint", "--language", language).output


def test_one_diagram_alone_leaves_the_others_out(qadam: Qadam, diagrams: Path) -> None:
    (diagrams / "broken.bpmn").write_bytes(b"<definitions/>")
    assert qadam("lint").exit_code == 1
    checked = qadam("lint", diagrams / "errand.bpmn")
    assert checked.exit_code == 0, checked.output


def test_a_broken_file_is_told_once_and_by_its_name(qadam: Qadam, diagrams: Path) -> None:
    (diagrams / "errand" / "terms.json").write_bytes(b"{")
    (diagrams / "other.bpmn").write_bytes((diagrams / "errand.bpmn").read_bytes())
    checked = qadam("lint")
    assert checked.output.count("readable-resource") == 1
    assert "errand/terms.json" in checked.output


def test_warnings_are_told_and_let_through(qadam: Qadam, diagrams: Path) -> None:
    file = diagrams / "errand.bpmn"
    text = file.read_text(encoding="utf-8").replace("Prepare (kk)", " ")
    file.write_text(text, encoding="utf-8")
    checked = qadam("lint")
    assert checked.exit_code == 0
    assert "warning: " in checked.output
    assert checked.output.endswith("0 error(s), 1 warning(s)\n")


def test_a_file_that_is_no_diagram_is_refused(qadam: Qadam, diagrams: Path) -> None:
    checked = qadam("lint", diagrams / "errand" / "forms" / "ask.json")
    assert checked.exit_code == 1
    assert "is no diagram" in checked.output


def test_a_folder_without_diagrams_is_refused(qadam: Qadam, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    checked = qadam("lint", empty)
    assert checked.exit_code == 1
    assert "[diagram-present]" in checked.output


RULES = [("< 50", "2"), ("< 60", "5"), ("> 100", "10 +")]
WRONG = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, RULES),
)
DOUBTFUL = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, RULES[:2]),
)


def test_a_file_of_decisions_is_checked_alone(qadam: Qadam, diagrams: Path) -> None:
    (diagrams / "errand" / "places.dmn").write_bytes(WRONG)
    (diagrams / "broken.bpmn").write_bytes(b"<definitions/>")
    (diagrams / "broken.dmn").write_bytes(b"<definitions/>")
    checked = qadam("lint", diagrams / "errand" / "places.dmn")
    assert checked.exit_code == 1
    problem, total = checked.output.splitlines()
    before, _, _ = WRONG.decode().partition("<text>10 +</text>")
    line = before.count("\n")
    assert problem.startswith(f"errand/places.dmn: error: line {line}, places: Expected FEEL in ")
    assert problem.endswith("[feel-syntax]")
    assert total == "1 decision file(s): 1 error(s), 0 warning(s)"


def test_decisions_are_checked_with_the_diagrams_and_told_once(
    qadam: Qadam, diagrams: Path
) -> None:
    (diagrams / "errand" / "places.dmn").write_bytes(WRONG)
    (diagrams / "other.bpmn").write_bytes((diagrams / "errand.bpmn").read_bytes())
    checked = qadam("lint")
    assert checked.exit_code == 1
    assert checked.output.count("[feel-syntax]") == 1
    assert checked.output.count("errand/places.dmn") == 1
    assert "2 diagram(s), 1 decision file(s): 1 error(s), " in checked.output


@pytest.mark.parametrize(
    ("language", "warning", "error", "overlap", "gap", "counted"),
    [
        (
            "en",
            "warning: line 11",
            "error: line 18",
            "Rule 1 (places_rule_1) of places never gives a result",
            "matches when size = 60",
            "1 decision file(s): 1 error(s), 1 warning(s)",
        ),
        (
            "ru",
            "предупреждение: строка 11",
            "ошибка: строка 18",
            "Правило 1 (places_rule_1) таблицы «places» никогда",
            "когда size = 60",
            "файлов решений: 1; ошибок: 1, предупреждений: 1",
        ),
        (
            "kk",
            "ескерту: 11-жол",
            "қате: 18-жол",
            "«places» кестесінің 1 (places_rule_1) ережесі ешқашан",
            "size = 60 болғанда",
            "шешім файлдары: 1; қателер: 1, ескертулер: 1",
        ),
    ],
)
def test_rules_that_overlap_are_an_error_and_gaps_a_warning_with_an_example(
    qadam: Qadam,
    diagrams: Path,
    language: str,
    warning: str,
    error: str,
    overlap: str,
    gap: str,
    counted: str,
) -> None:
    (diagrams / "places.dmn").write_bytes(DOUBTFUL)
    checked = qadam("lint", diagrams / "places.dmn", "--language", language)
    assert checked.exit_code == 1
    first, second, total = checked.output.splitlines()
    assert first.startswith(f"places.dmn: {warning}, places: ")
    assert gap in first
    assert first.endswith("[uncovered-input]")
    assert second.startswith(f"places.dmn: {error}, places: ")
    assert overlap in second
    assert second.endswith("[unreachable-rule]")
    assert total == counted


def test_what_a_file_imports_is_checked_with_it(qadam: Qadam, tmp_path: Path) -> None:
    broken = model(literal("rate", "1 +"), namespace="urn:rates")
    (tmp_path / "rates.dmn").write_bytes(broken)
    asking = model(literal("asking", "1"), imports={"rates": "urn:rates"})
    (tmp_path / "asking.dmn").write_bytes(asking)
    checked = qadam("lint", tmp_path / "asking.dmn")
    assert checked.exit_code == 1
    assert checked.output.startswith("rates.dmn: error: ")
    assert checked.output.endswith("2 decision file(s): 1 error(s), 0 warning(s)\n")


def test_a_decision_in_two_files_is_told(qadam: Qadam, diagrams: Path) -> None:
    (diagrams / "a.dmn").write_bytes(model(literal("rate", "1"), namespace="urn:a"))
    (diagrams / "b.dmn").write_bytes(model(literal("rate", "2"), namespace="urn:b"))
    checked = qadam("lint", diagrams)
    assert checked.output.count("[decision-once]") == 1


def test_a_folder_of_decisions_alone_will_do(qadam: Qadam, tmp_path: Path) -> None:
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "a.dmn").write_bytes(model(literal("rate", "1")))
    checked = qadam("lint", folder)
    assert checked.output == "1 decision file(s): 0 error(s), 0 warning(s)\n"


def test_a_fault_of_a_rule_in_a_form_is_told_once(qadam: Qadam, diagrams: Path) -> None:
    form = diagrams / "errand" / "forms" / "ask.json"
    told = json.loads(form.read_text(encoding="utf-8"))
    next(iter(told["properties"].values()))["x-check"] = {
        "expression": "= subject == 1",
        "x-error": {"kk": "a", "ru": "b", "en": "c"},
    }
    form.write_text(json.dumps(told), encoding="utf-8")
    problem, _total = qadam("lint").output.splitlines()
    assert problem.startswith("error: Expected errand/forms/ask.json to be a form that can be ")
    assert "x-check: Expected a value, but found '=': write one = to compare, at " in problem
    assert problem.endswith("[form-schema]")


@pytest.mark.parametrize(
    ("language", "place", "near"),
    [
        ("en", "in input 1 (sise), but found sise", "sise: did you mean size?"),
        ("ru", "(условие 1 (sise))", "sise: возможно, имелось в виду size?"),
        ("kk", "(шарт 1 (sise))", "sise табылды: size дегіңіз келді ме?"),
    ],
)
def test_what_may_be_meant_is_told_with_the_place_in_words(
    qadam: Qadam, diagrams: Path, language: str, place: str, near: str
) -> None:
    rules = [("< 50", "2"), (">= 50", "5")]
    decision = table("places", {"sise": "number"}, {"places": "number"}, rules, declared=False)
    requirement = literal("other", "1", inputs=["size"])[1]
    decision.insert(1, requirement)
    (diagrams / "places.dmn").write_bytes(model(input_data("size", "number"), decision))
    first, *_others = qadam("lint", diagrams / "places.dmn", "--language", language).output.split(
        "\n"
    )
    assert place in first
    assert near in first
    assert "[unknown-name]" in first


def test_what_can_not_be_read_hides_nothing_of_other_decisions(
    qadam: Qadam, diagrams: Path
) -> None:
    content = model(
        input_data("size", "number"),
        literal("late", "size + sise", inputs=["size"]),
        literal("bad", "size == 1", inputs=["size"]),
        table("places", {"size": "number"}, {"places": "number"}, RULES[:2]),
    )
    (diagrams / "places.dmn").write_bytes(content)
    *problems, total = qadam("lint", diagrams / "places.dmn").output.splitlines()
    codes = [each.rpartition("[")[2].rstrip("]") for each in problems]
    assert codes == ["unknown-name", "feel-syntax", "uncovered-input", "unreachable-rule"]
    lines = [int(each.partition(" line ")[2].partition(",")[0]) for each in problems]
    assert lines == sorted(lines)
    assert ", bad: Expected FEEL in its logic of bad, but: " in problems[1]
    assert "write one = to compare, at character 7 of 'size == 1'" in problems[1]
    assert total == "1 decision file(s): 3 error(s), 1 warning(s)"
