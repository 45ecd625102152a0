from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.support import errand
from tests.web.cli.conftest import Qadam

ROOT = Path(__file__).resolve().parents[3]
WALKS = ROOT / "docs" / "walks"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("fk_b03_published", "completed, status vacancy_filled (the one that was started)"),
        ("fk_b03_third_day", "completed, status vacancy_withdrawn (the one that was started)"),
        ("fk_b03_rejected", "completed, status rejected (the one that was started)"),
    ],
)
def test_the_walks_of_the_docs_come_to_their_ends(
    qadam: Qadam, monkeypatch: pytest.MonkeyPatch, name: str, ending: str
) -> None:
    monkeypatch.setenv("QADAM_DIAGRAMS", str(ROOT / "bpmn"))
    walked = qadam("run", "fk_b03", "--answers", WALKS / f"{name}.json")
    assert walked.exit_code == 0, walked.output
    assert ending in walked.output


def test_a_walk_leaves_the_installation_alone(qadam: Qadam, data: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_bytes(orjson.dumps({"start": {"values": {"subject": "x", "urgency": "low"}}}))
    walked = qadam("run", "errand", "--answers", answers)
    assert walked.exit_code == 0, walked.output
    assert "waits for Prepare" in walked.output
    assert not data.exists()


def test_a_wrong_file_of_answers_is_refused(qadam: Qadam, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"steps": [{"tsk": "prepare"}]}', encoding="utf-8")
    walked = qadam("run", "errand", "--answers", answers)
    assert walked.exit_code == 1
    assert "step 1 to have no tsk" in walked.output


def test_an_unknown_process_is_refused(qadam: Qadam, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("{}", encoding="utf-8")
    walked = qadam("run", "holiday", "--answers", answers)
    assert walked.exit_code == 1
    assert "Expected a process holiday" in walked.output


def test_a_diagram_that_is_refused_is_told_with_its_problems(
    qadam: Qadam, diagrams: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("{}", encoding="utf-8")
    errand.save(diagrams, errand.errand(group="nobody"))
    walked = qadam("run", "errand", "--answers", answers)
    assert walked.exit_code == 1
    assert "[known-owner]" in walked.output


def test_by_hand_every_choice_is_asked_for(qadam: Qadam) -> None:
    typed = ["Boxes", "high", "They are needed", "1", "y", "1", "0", "n", "1", "3", "y"]
    walked = qadam("run", "errand", typed="\n".join(typed) + "\n")
    assert walked.exit_code == 0, walked.output
    assert "Why at once" in walked.output
    assert "1. Prepare (Demo Employer 1)" in walked.output
    assert "time passes: " in walked.output
    assert "refused: hours: The number must be 1 or more" in walked.output
    assert walked.output.endswith("completed (the one that was started)\n")


@pytest.mark.parametrize(
    ("language", "started", "end"),
    [
        ("ru", "Демо Работодатель 1: запущен процесс errand", ": идёт (который был запущен)"),
        ("kk", "Демо Жұмыс беруші 1: errand процесі басталды", ": жүріп жатыр (басталғаны осы)"),
    ],
)
def test_a_walk_is_told_in_the_language_asked_for(
    qadam: Qadam, tmp_path: Path, language: str, started: str, end: str
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_bytes(orjson.dumps({"start": {"values": {"subject": "x", "urgency": "low"}}}))
    first, *others = qadam(
        "run", "errand", "--answers", answers, "--language", language
    ).output.splitlines()
    assert first == started
    assert any(line.endswith(end) for line in others)
