"""What cells say, read from their texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn.tables.cells import ANYTHING, Cell, Interval, Other, Part, read_cell
from engine.feel.feel import parse_unary_tests
from engine.feel.temporal import Date

ONE, FIVE = Decimal(1), Decimal(5)


def cell(text: str) -> Cell:
    return read_cell(parse_unary_tests(text, ["limit"]).tree)


def point(value: object) -> Interval:
    return Interval(value, value, True, True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1", [point(ONE)]),
        ("-1", [point(-ONE)]),
        ('"a", "b"', [point("a"), point("b")]),
        ('["a", "b"]', [point("a"), point("b")]),
        ("< 5", [Interval(None, FIVE, False, False)]),
        (">= 5", [Interval(FIVE, None, True, False)]),
        ("= 5", [point(FIVE)]),
        ("!= 5", [Other(FIVE)]),
        ("[1..5)", [Interval(ONE, FIVE, True, False)]),
        ("[5..1]", [Interval(FIVE, ONE, True, True)]),
        ("(> 5)", [Interval(FIVE, None, False, False)]),
        ("null", [None]),
        ("2 + 3", [point(FIVE)]),
        ('date("2026-01-01")', [point(Date(2026, 1, 1))]),
        ("date(2026, 1, 1)", [point(Date(2026, 1, 1))]),
    ],
)
def test_constants(text: str, parts: list[Part]) -> None:
    found = cell(text)
    assert list(found.parts) == parts
    assert found.is_exact
    assert not found.is_negated


def test_anything() -> None:
    assert cell("-") == ANYTHING


def test_negated() -> None:
    found = cell("not(1, 5)")
    assert found.is_negated
    assert list(found.parts) == [point(ONE), point(FIVE)]


@pytest.mark.parametrize(
    "text",
    [
        "limit",
        "< limit",
        "[1..limit]",
        "? > 5",
        "now()",
        "{a: 1}",
        'date("no date")',
        "[null..5]",
        "< [1]",
        "[1, limit]",
    ],
)
def test_what_can_not_be_told(text: str) -> None:
    assert cell(text) == Cell(is_exact=False)
    assert list(cell(f"5, {text}").parts) == [point(FIVE)]
    assert not cell(f"5, {text}").is_exact


@pytest.mark.parametrize("text", ["1 = 1", "is defined(1)"])
def test_a_condition_is_no_value_to_be_equal_to(text: str) -> None:
    assert not cell(text).is_exact


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('"a", "b"', ["a", "b"]),
        ("null, true, -1", [None, True, -ONE]),
        ("-", None),
        ("not(1)", None),
        ("> 1", None),
        ("1, limit", None),
        ("[1..2]", None),
        ("[1, 2]", None),
        ("? = 1", None),
        ("!= 1", None),
    ],
)
def test_listed_values(text: str, values: list[object] | None) -> None:
    assert cell(text).values() == values
