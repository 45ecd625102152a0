from __future__ import annotations

import pytest

from engine.feel import feel
from tests.support.feel_texts import passes, warnings

ORDERED = "Expected two values of one ordered kind"


def _reasons(cell: str, tested: object) -> list[tuple[int, str]]:
    evaluation = feel.Evaluation()
    frame = feel.Frame({"a": feel.from_json(5)}, None, evaluation)
    feel.parse_unary_tests(cell).run(frame, feel.from_json(tested))
    return [(each.position, each.reason) for each in evaluation.warnings]


@pytest.mark.parametrize(
    ("cell", "tested", "expected"),
    [
        ("> 3", "a", [(0, f"{ORDERED}, but found a string and a number")]),
        ("1, > 3", "a", [(3, f"{ORDERED}, but found a string and a number")]),
        ("[1..3]", None, [(0, "Expected a value to look for in a range, but found null")]),
        ("unknown", 1, [(0, "Expected variable unknown to be set")]),
        ("> 3, 1", 5, []),
        ("-", None, []),
        ("1, 2", 3, []),
    ],
)
def test_reasons(cell: str, tested: object, expected: list[tuple[int, str]]) -> None:
    assert _reasons(cell, tested) == expected


@pytest.mark.parametrize(
    ("cell", "tested", "expected"),
    [
        ("a > 3", 99, True),
        ("a > 7", 99, False),
        ("a > 3", True, True),
        ("a > 7", True, False),
        ("a > 7", False, True),
        ("a > 3", None, True),
        ("true", 99, None),
        ("{b: a}.b", 5, True),
        ("function(x) x", 5, None),
        ("if ? > 3 then true else false", 4, True),
        ("some x in [1, ?] satisfies x > 3", 4, True),
        ("?", True, True),
        ("?", 1, None),
        ("not(a > 3)", 99, False),
        ("not(a > 3, 99)", 99, False),
        ("not(unknown)", 99, None),
        ('not("a")', 99, None),
    ],
)
def test_expressions_as_tests(cell: str, tested: object, expected: bool | None) -> None:
    assert passes(cell, tested, a=5) is expected


def test_in_says_why_it_is_null() -> None:
    assert warnings('1 in (2, "a")')[-1] == (2, "Expected values that can be compared")
    assert warnings('1 in (1, "a")') == []
