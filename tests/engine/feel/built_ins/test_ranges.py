from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.temporal import Date
from engine.feel.values import Range
from tests.support.feel_calls import call, call_named, feel, reason

TEXTS = {
    "before": """
        1 10 T, 10 1 F, 1 [1..10] F, 1 (1..10] T, [1..10] 10 F, [1..10) 10 T, [1..10] 15 T,
        [1..10] [15..20] T, [1..10] [10..20] F, [1..10) [10..20] T, [1..10] (10..20] T,
        [1..10) (10..20] T, [1..5] (..9) F, (..5) 5 T, (..5) [5..) T, [5..) 9 F""",
    "after": """
        10 5 T, 5 10 F, 10 [1..10) T, 10 [1..10] F, [11..20] 10 T, (11..20] 11 T, [11..20] 11 F,
        [11..20] [1..11) T, (11..20] [1..11] T, (5..) 5 T, [5..) (..5] F, (..9] 1 F""",
    "meets": """
        [1..5] [5..10] T, [1..5) [5..10] F, [1..5] (5..10] F, [1..5) (5..10] F, (..5] [5..) T,
        [5..) (..5] F, (1..) (..9) F""",
    "met by": "[5..10] [1..5] T, [5..10] [1..5) F, (5..10] [1..5] F, [5..) (..5] T",
    "overlaps": """
        [1..5] [3..8] T, [3..8] [1..5] T, [1..8] [3..5] T, [1..5] [6..8] F, [1..5] [5..8] T,
        [1..5) [5..8] F, [1..5] (5..8] F, (5..8] [1..5] F, (..5) [4..) T, (..5) [5..) F,
        (..9) (..1) T""",
    "overlaps before": """
        [1..5] [3..8] T, [1..5] [6..8] F, [1..5] [5..8] T, [1..5] (5..8] F, [1..5) (1..5] T,
        [1..5] (1..5] T, [1..5) [1..5] F, [1..5] [1..5] F, [1..8] [3..5] F, (..5) [1..5] T,
        (..5) (..9) F, [1..5] [3..) T, [1..) [3..) T""",
    "overlaps after": """
        [3..8] [1..5] T, [6..8] [1..5] F, (5..8] [1..5] F, (1..5] [1..5) T, (1..5] [1..5] T,
        [1..5] [1..5) F, (3..) [1..5] T""",
    "finishes": """
        10 [1..10] T, 10 [1..10) F, [5..10] [1..10] T, [5..10) [1..10] F, [5..10) [1..10) T,
        (1..10] [1..10] T, [1..10] (1..10] F, [5..) [1..) T, [5..) (..) T, 5 [1..) F""",
    "finished by": "[1..10] 10 T, [1..10) 10 F, [1..10] (1..10] T, (1..10] [1..10] F, (..5] 5 T",
    "includes": """
        [1..10] 1 T, (1..10] 1 F, [1..10) 10 F, [1..10] 12 F, [1..10] (1..10) T,
        (1..10) [1..10] F, [1..10) [5..10) T, (..9] 9 T, (..9) [1..9) T, (1..9) (..9) F,
        [1..) [3..) T, [1..9] [3..) F""",
    "during": "5 [1..10] T, 1 (1..10] F, [1..10) [1..10] T, [1..10] [1..10) F, [3..) [1..) T",
    "starts": """
        1 [1..10] T, 1 (1..10] F, 2 [1..10] F, (1..5] (1..10] T, (1..5] [1..10] F,
        [1..10) [1..10] T, [1..10] [1..10) F, [1..5] [1..) T, (..5) (..9) T, (..9) (..5) F""",
    "started by": "[1..10] 1 T, (1..10] 1 F, [1..10] [1..5] T, [1..10] (1..5] F, [1..) [1..5] T",
    "coincides": """
        5 5 T, 3 4 F, [1..5] [1..5] T, (1..5) [1..5] F, [1..5] [2..6] F, (..5] (..5] T,
        (..5] [1..5] F, [1..) [1..) T""",
}


def read(text: str) -> object:
    """A number, or a range as FEEL writes it, without a value where it has no end."""
    if text[0].isdigit():
        return Decimal(text)
    start, end = text[1:-1].split("..")
    return Range(
        Decimal(start) if start else None,
        Decimal(end) if end else None,
        text[0] == "[",
        text[-1] == "]",
    )


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, case.strip()) for name, cases in TEXTS.items() for case in cases.split(",")],
)
def test_how_they_lie(name: str, case: str) -> None:
    first, second, expected = case.split()
    assert call(name, read(first), read(second)) is (expected == "T")


@pytest.mark.parametrize("name", TEXTS)
def test_null_and_other_kinds_lie_nowhere(name: str) -> None:
    ten = feel(Range(1, 10, True, True))
    assert reason(name, None, ten).startswith("expected ")
    assert reason(name, ten, None).startswith("expected ")
    assert "ordered kind" in reason(name, ten, Range("a", "b", True, True))


def test_by_name() -> None:
    five_to_nine = Range(5, 9, True, True)
    assert call_named("before", {"point2": 2, "point1": 1}) is True
    assert call_named("before", {"point": 1, "range": five_to_nine}) is True
    assert call_named("before", {"range": five_to_nine, "point": 1}) is True
    assert call_named("includes", {"point": 5, "range": five_to_nine}) is True
    assert call_named("finished by", {"range": five_to_nine, "point": 9}) is True
    assert call_named("meets", {"range2": Range(9, 10, True, True), "range1": five_to_nine}) is True


def test_a_point_where_only_a_range_can_be() -> None:
    assert reason("meets", 1, Range(1, 2, True, True)) == (
        "expected a range for range1, but found a number"
    )
    assert "range" in reason("includes", 1, 1)
    assert "a point and a range" in reason("coincides", 1, Range(1, 1, True, True))


def test_dates() -> None:
    january = Range(Date(2024, 1, 1), Date(2024, 1, 31), True, True)
    assert call("during", Date(2024, 1, 31), january) is True
    assert call("after", Date(2024, 2, 1), january) is True
