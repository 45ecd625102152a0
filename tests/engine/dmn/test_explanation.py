"""What decisions tell of themselves while they are evaluated."""

from __future__ import annotations

from decimal import Decimal

from engine.dmn.explanation import (
    MOST_RULES,
    Explained,
    MatchedRule,
    Notice,
    report_error,
    report_rules,
    report_warning,
    shown,
)
from engine.dmn.problems import Wording
from engine.feel import limits
from engine.feel.feel import Evaluation, Frame
from engine.feel.values import Range


def said(text: str) -> Wording:
    return Wording(en=text, ru=f"{text} (ru)", kk=f"{text} (kk)")


def test_notices_go_to_the_decision_that_is_evaluated() -> None:
    explained = Explained()
    frame = Frame({}, None, explained)
    explained.begin("outer")
    report_warning(frame, said("one"))
    explained.begin("inner")
    report_warning(frame, said("two"))
    report_rules(frame, [MatchedRule("r", 1)])
    explained.end("i", {"a": Decimal(1)}, None)
    report_error(frame, said("three"))
    explained.end("o", {}, True)
    inner, outer = explained.steps
    assert outer.warnings[1].in_language("ru") == "Three (ru)"
    assert Notice("Of FEEL").in_language("kk") == "Of FEEL"
    assert inner.warnings == (Notice("Two", "warning", "inner"),)
    assert (inner.rules, inner.inputs) == ((MatchedRule("r", 1),), {"a": 1})
    assert [each.reason for each in outer.warnings] == ["One", "Three"]
    assert [each.severity for each in explained.notices] == ["warning", "warning", "error"]


def test_an_error_is_kept_when_there_are_too_many_warnings() -> None:
    explained = Explained()
    frame = Frame({}, None, explained)
    for number in range(limits.WARNINGS + 10):
        report_warning(frame, said(f"warning {number}"))
    for _ in range(10):
        report_error(frame, said("error"))
    explained.note()
    assert [each.severity for each in explained.notices].count("error") == 1
    assert len(explained.notices) == limits.WARNINGS + 1


def test_rules_are_kept_up_to_a_limit() -> None:
    explained = Explained()
    frame = Frame({}, None, explained)
    report_rules(frame, [MatchedRule(None, n) for n in range(MOST_RULES)])
    report_rules(frame, [MatchedRule(None, 0)])
    assert len(explained.step.rules) == MOST_RULES


def test_an_evaluation_without_an_account_has_warnings() -> None:
    evaluation = Evaluation()
    frame = Frame({}, None, evaluation)
    report_rules(frame, [MatchedRule(None, 1)])
    report_error(frame, said("no result"))
    assert [each.reason for each in evaluation.warnings] == ["No result"]


def test_values_are_shown_as_json() -> None:
    value = {"a": [Decimal("1.5"), Range(None, Decimal(1), False, True)], "b": None}
    assert shown(value) == {"a": [1.5, "a range"], "b": None}
