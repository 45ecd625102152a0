"""Slips of those who know another language: the error says what FEEL writes."""

from __future__ import annotations

import pytest

from engine.feel.errors import ExpressionSyntaxError
from engine.feel.feel import parse_expression, parse_unary_tests
from engine.feel.grammar.slips import hint


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a == b", "write one = to compare"),
        ("a = b && c", "write and"),
        ("a || b", "write or"),
        ("!a", "write not(…)"),
        ("a = 'b'", 'write texts in straight double quotes: "…"'),
        ("a = “b”", 'write texts in straight double quotes: "…"'),
        ("a in 5..10", "write a range in brackets, as [1..5]"),
    ],
)
def test_expressions(text: str, meant: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as error:
        parse_expression(text)
    assert error.value.reason.endswith(f": {meant}")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("== 5", "write one = to compare"),
        ("5..10", "write a range in brackets, as [5..10]"),
        (
            'date("2026-01-01")..date("2026-02-01")',
            'write a range in brackets, as [date("2026-01-01")..date("2026-02-01")]',
        ),
        ("> 5 and < 10", "write a range, as (5..10)"),
        ("<= 10 and >= 5", "write a range, as [5..10]"),
        (">= a and < b", "write a range, as [a..b)"),
        ("> 5 and > 10", "write a range, as (5..10)"),
        ("< 5 or > 10", "write a comma between tests"),
        ('not "a"', 'write not("a")'),
        ('not "a", "b"', 'write not("a")'),
        ("‘a’", 'write texts in straight double quotes: "…"'),
    ],
)
def test_cells(text: str, meant: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as error:
        parse_unary_tests(text)
    assert error.value.reason.endswith(f": {meant}")


@pytest.mark.parametrize("text", ["a = ", "[..2]", "(!= 5)", "1 1", "a or"])
def test_other_errors_have_no_hint(text: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as error:
        parse_expression(text)
    assert ": write" not in error.value.reason


def test_long_texts_are_not_searched() -> None:
    assert hint("." * 60_000, 30_000, is_cell=True) is None
    assert hint("." * 60_000 + "&&", 60_000, is_cell=True) == "write and"
