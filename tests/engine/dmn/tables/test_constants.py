"""Expressions whose value no input changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn.tables.constants import NotConstant, constant
from engine.feel.feel import parse_expression
from engine.feel.temporal import Date


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a"', "a"),
        ("-1.5", Decimal("-1.5")),
        ("null", None),
        ("2 * 3", Decimal(6)),
        ('date("2026-01-01")', Date(2026, 1, 1)),
        ("[1, sum([1, 1])]", [Decimal(1), Decimal(2)]),
        ("for x in 1..2 return x", [Decimal(1), Decimal(2)]),
    ],
)
def test_constants(text: str, value: object) -> None:
    assert constant(parse_expression(text).tree) == value


@pytest.mark.parametrize(
    "text",
    ["a", "a.b", "f(1)", "today()", "?", '1 + "a"', "for x in 1..100000 return x", "[1][item > a]"],
)
def test_no_constants(text: str) -> None:
    with pytest.raises(NotConstant):
        constant(parse_expression(text).tree)
