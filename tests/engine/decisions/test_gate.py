"""Decision files are let in, or refused with every problem and the file it is in."""

from __future__ import annotations

import pytest

from engine.decisions import check_decisions
from tests.support.decisions import input_data, literal, model, table

GOOD = model(input_data("n"), literal("d", "n + 1", inputs=["n"]))


def test_good_files_pass() -> None:
    checked = check_decisions({"a.dmn": GOOD, "p.bpmn": b"no dmn"})
    assert checked.problems == ()
    assert checked.files.keys() == {"a.dmn"}
    assert checked.facts.keys() == {"d"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>',
        b"<definitions/>",
        model(literal("bad", "1 +")),
        model(literal("bad", "x", needs=["nowhere"])),
        model(literal("bad", "1"), imports={"common": "urn:nowhere"}),
    ],
)
def test_a_bad_file_is_refused_and_named(content: bytes) -> None:
    checked = check_decisions({"a/bad.dmn": content, "good.dmn": GOOD})
    errors = [each for each in checked.problems if each.severity == "error"]
    assert errors
    for problem in errors:
        for language in ("en", "ru", "kk"):
            assert problem.in_language(language).startswith("a/bad.dmn: ")
    assert checked.files.keys() == {"good.dmn"}


def test_a_cell_that_is_no_feel_is_told_with_its_place() -> None:
    rows = [("< 5", "1"), ("< <", "2")]
    file = model(input_data("n"), table("d", {"n": "number"}, {"x": "number"}, rows))
    (problem,) = check_decisions({"a.dmn": file}).problems
    assert "rule 2" in problem.message
    assert "d" in problem.message
    assert problem.line


def test_a_decision_in_two_files_is_refused() -> None:
    other = model(input_data("n"), literal("d", "n", inputs=["n"]), namespace="urn:other")
    (problem,) = check_decisions({"a.dmn": GOOD, "b.dmn": other}).problems
    assert (problem.rule, problem.element_id) == ("decision-once", "d")
    assert "a.dmn" in problem.message
    assert "b.dmn" in problem.message


def test_files_of_one_namespace_are_no_matter_where_none_imports_the_other() -> None:
    other = model(input_data("n"), literal("e", "n", inputs=["n"]))
    assert check_decisions({"a.dmn": GOOD, "b.dmn": other}).problems == ()


def test_rows_that_contradict_each_other_are_refused_with_an_example() -> None:
    rows = [("<= 20", "1"), (">= 10", "2")]
    file = model(input_data("n", "number"), table("d", {"n": "number"}, {"x": None}, rows))
    checked = check_decisions({"a/d.dmn": file})
    found = {problem.rule: problem for problem in checked.problems}
    assert found["overlapping-rules"].severity == "error"
    assert found["overlapping-rules"].message.startswith("a/d.dmn: Rules 1")
    assert "n = 1" in found["overlapping-rules"].message


def test_a_name_that_nothing_has_is_refused() -> None:
    file = model(input_data("n"), literal("d", "n + m + workdays(1)", inputs=["n"]))
    (problem,) = check_decisions({"d.dmn": file}).problems
    assert (problem.element_id, problem.severity) == ("d", "error")
    assert "m" in problem.message


def test_what_is_wrong_with_an_imported_file_is_told_once_and_there() -> None:
    broken = model(literal("rate", "1 +"), namespace="urn:rates")
    asking = model(literal("d", "1"), imports={"rates": "urn:rates"})
    checked = check_decisions({"a.dmn": asking, "b.dmn": broken})
    (problem,) = checked.problems
    assert problem.message.startswith("b.dmn: ")
    assert checked.files == {}


def test_files_that_import_each_other_tell_what_is_wrong() -> None:
    broken = model(literal("rate", "1 +"), namespace="urn:a", imports={"b": "urn:b"})
    other = model(literal("d", "1"), namespace="urn:b", imports={"a": "urn:a"})
    checked = check_decisions({"a.dmn": broken, "b.dmn": other})
    assert [problem.rule for problem in checked.problems] == ["feel-syntax"]
    assert checked.files == {}
