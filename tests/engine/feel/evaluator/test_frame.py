from __future__ import annotations

from engine.feel import limits
from engine.feel.evaluator.frame import Evaluation, FeelWarning, Frame


def test_a_child_stands_within_its_parent() -> None:
    evaluation = Evaluation()
    child = Frame({"a": 1}, None, evaluation).child({"b": 2})
    assert child.values == {"b": 2}
    assert child.parent is not None
    assert child.parent.values == {"a": 1}
    assert child.evaluation is evaluation


def test_warnings_are_sentences_and_the_first_ones_stay() -> None:
    evaluation = Evaluation()
    for number in range(limits.WARNINGS + 10):
        evaluation.warn(f"expected {number}", "text", number)
    assert len(evaluation.warnings) == limits.WARNINGS
    assert evaluation.warnings[0] == FeelWarning("Expected 0", "text", 0)
    assert evaluation.warnings[-1].reason == f"Expected {limits.WARNINGS - 1}"


def test_evaluations_share_nothing() -> None:
    one, other = Evaluation(), Evaluation()
    one.warn("expected", "", 0)
    one.budget.spend(5)
    assert other.warnings == []
    assert other.budget.steps == limits.STEPS
