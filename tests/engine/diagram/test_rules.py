"""Every rule with its diagrams: `rules/<rule>/valid*.bpmn` pass the whole gate without a word,
`rules/<rule>/invalid*.bpmn` have the problems in the JSON file beside them, and no other. The files
that come with one diagram only are in `files-<its name>.json` beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.diagram import DiagramRefused, Problem, Surroundings, check_diagram, read_diagram
from engine.diagram.rules import RULES
from engine.diagram.xml import RULE as READABLE_XML

FOLDER = Path(__file__).parent / "rules"
NAMES = [READABLE_XML, *(rule.name for rule in RULES)]


def fixtures(pattern: str) -> list[Path]:
    return sorted(FOLDER.glob(f"*/{pattern}.bpmn"))


def problems_in(path: Path, surroundings: Surroundings) -> list[Problem]:
    try:
        diagram = read_diagram(path.read_bytes(), "demo.bpmn")
    except DiagramRefused as refused:
        return list(refused.problems)
    own = path.with_name(f"files-{path.stem}.json")
    files = json.loads(own.read_text(encoding="utf-8")) if own.exists() else {}
    resources = {f"demo/{name}": json.dumps(file).encode() for name, file in files.items()}
    return check_diagram(
        diagram, replace(surroundings, resources={**surroundings.resources, **resources})
    )


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_no_two_rules_share_a_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_every_folder_belongs_to_a_rule() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} == set(NAMES)


def test_every_rule_module_is_in_the_gate() -> None:
    modules = Path(read_diagram.__code__.co_filename).parent / "rules"
    files = {path.stem for path in modules.glob("*.py")} - {"__init__"}
    assert files == {rule.name.replace("-", "_") for rule in RULES}


@pytest.mark.parametrize("rule", NAMES)
def test_every_rule_has_a_valid_and_an_invalid_diagram(rule: str) -> None:
    assert list((FOLDER / rule).glob("valid*.bpmn"))
    assert list((FOLDER / rule).glob("invalid*.bpmn"))


@pytest.mark.parametrize("path", fixtures("valid*"), ids=named)
def test_valid_diagram_has_no_problem(path: Path, surroundings: Surroundings) -> None:
    rule = path.parent.name
    found = problems_in(path, surroundings)
    assert [problem for problem in found if problem.rule == rule] == []
    assert [problem for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize("path", fixtures("invalid*"), ids=named)
def test_invalid_diagram_has_exactly_this_problem(path: Path, surroundings: Surroundings) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["problems"]
    found = problems_in(path, surroundings)
    assert [
        {"element_id": each.element_id, "line": each.line, "severity": each.severity}
        for each in found
    ] == expected
    assert {each.rule for each in found} == {path.parent.name}


@pytest.mark.parametrize("path", fixtures("invalid*"), ids=named)
def test_every_problem_is_a_sentence_in_three_languages(
    path: Path, surroundings: Surroundings
) -> None:
    for problem in problems_in(path, surroundings):
        sentences = [problem.in_language(language) for language in ("en", "ru", "kk")]
        assert len(set(sentences)) == 3
        assert problem.message == sentences[0]
        assert all(problem.element_id in each for each in _naming(problem, sentences))
        assert not re.search(r"(?<!\$)\{\w+\}", "".join(sentences))


def _naming(problem: Problem, sentences: list[str]) -> Iterator[str]:
    """Sentences that ought to name the element: all but those about the file as a whole."""
    about_the_file = ("executable-process", "valid-id", "map-row", "readable-xml")
    return iter(() if problem.rule in about_the_file else sentences)


@pytest.mark.parametrize(
    ("rule", "wrong", "meant"),
    [
        ("expression-function", b"workday(1) > 1", "did you mean workdays"),
        ("expression-function", b"system(1) > 1", "but there is no system."),
        ("variable-written", b"busines_Key = null", "did you mean businessKey?"),
    ],
)
def test_a_name_that_may_be_meant_is_told(
    rule: str, wrong: bytes, meant: str, surroundings: Surroundings
) -> None:
    xml = (FOLDER / rule / "invalid.bpmn").read_bytes()
    opening, closing = xml.index(b"${"), xml.index(b"}", xml.index(b"${"))
    diagram = read_diagram(xml[:opening] + b"= " + wrong + xml[closing + 1 :], "demo.bpmn")
    (problem,) = (each for each in check_diagram(diagram, surroundings) if each.rule == rule)
    assert meant in problem.message
    assert len(problem.message) < 200


def test_a_decision_that_may_be_meant_is_told(surroundings: Surroundings) -> None:
    xml = (FOLDER / "business-rule-task" / "valid.bpmn").read_text(encoding="utf-8")
    diagram = read_diagram(xml.replace('"demo_places"', '"demo_place"').encode(), "demo.bpmn")
    messages = [each.message for each in check_diagram(diagram, surroundings)]
    assert any("but there is none: did you mean demo_places" in each for each in messages)
