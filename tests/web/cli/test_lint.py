from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import errand
from tests.web.cli.conftest import Qadam

BPMN = Path(__file__).resolve().parents[3] / "bpmn"


def test_the_diagrams_that_are_shipped_pass(qadam: Qadam) -> None:
    checked = qadam("lint", BPMN)
    assert (checked.exit_code, checked.output) == (0, "1 diagram(s): 0 error(s), 0 warning(s)\n")


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
