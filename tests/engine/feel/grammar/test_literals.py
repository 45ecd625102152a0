from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.temporal import Date, DaysTime
from engine.feel.values import Range
from tests.support.feel_texts import evaluated, exact, syntax_error, value, warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("00012", 12),
        (".5", 0.5),
        ("1.5e3", 1500),
        ("1E-2", 0.01),
        ("true", True),
        ("null", None),
        ('"a"', "a"),
        ("(((1)))", 1),
        ("[]", []),
        ("[1, [2, []]]", [1, [2, []]]),
        ("{}", {}),
        ('{a: 1, "b c": {d: []}}', {"a": 1, "b c": {"d": []}}),
        ('{"": 1}', {"": 1}),
        ("{if: 1, then: 2}", {"if": 1, "then": 2}),
    ],
)
def test_constants_lists_and_contexts(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


def test_at_literals() -> None:
    assert value('@"2024-02-29"') == Date(2024, 2, 29)
    assert value('@"P1D"') == DaysTime(86_400 * 10**9)
    assert syntax_error('1 + @"2023-02-29"')[0] == 4
    assert syntax_error('@"x"') == (
        0,
        "Expected a date, time, date and time or duration, but found 'x'",
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "start_included", "end_included"),
    [
        ("[1..10]", 1, 10, True, True),
        ("(1..10]", 1, 10, False, True),
        ("]1..10]", 1, 10, False, True),
        ("[1..10)", 1, 10, True, False),
        ("[1..10[", 1, 10, True, False),
        ("]1..10[", 1, 10, False, False),
        ("(1..10)", 1, 10, False, False),
        ("[ 1 .. 10 ]", 1, 10, True, True),
        ("[-1..-1 + 2[", -1, 1, True, False),
        ("[a[1]..a[2][", 1, 2, True, False),
        ("[a[1]..a[2]]", 1, 2, True, True),
        ("[0..a[-1]]", 0, 2, True, True),
        ("[0..a[item > 1][1]]", 0, 2, True, True),
        ("[1..-a[1] + 9[", 1, 8, True, False),
        ("(< 5)", None, 5, False, False),
        ("(<= 5)", None, 5, False, True),
        ("(> 5)", 5, None, False, False),
        ("(>= 5)", 5, None, True, False),
        ("(= 5)", 5, 5, True, True),
        ("[> 5][1]", 5, None, False, False),
    ],
)
def test_ranges(
    text: str, start: int | None, end: int | None, start_included: bool, end_included: bool
) -> None:
    ends = [each if each is None else Decimal(each) for each in (start, end)]
    assert evaluated(text, a=[1, 2])[0] == Range(ends[0], ends[1], start_included, end_included)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1..10[.end", 10),
        ("[1..10[.end included", False),
        ("]1..10].start included", False),
        ("(< 5).end", 5),
        ("[1..2[ = [1..2[", True),
        ("if 1 in [1..2[ then 1 else 2", 1),
        ("[for x in [1..3[ return x, 4]", [[1, 2], 4]),
        ("some x in [1..3[ satisfies x = 3", False),
        ("[[1..2[, 5][2]", 5),
        ("f([1..2[)", None),
        ("{a: [1..2[}.a.end", 2),
        ("1 in [1..2[ and 2 in ]1..2]", True),
        ("[a[1]..2[.start", 1),
    ],
)
def test_what_follows_a_range_that_is_open_to_the_right(text: str, expected: object) -> None:
    assert value(text, a=[1, 2]) == exact(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[1.."a"]', "Expected two values of one ordered kind, but found a number and a string"),
        ("[1..null]", "Expected two values of one ordered kind, but found null and null"),
        ("[[]..[]]", "Expected two values of one ordered kind, but found a list and a list"),
        ("[5..1]", "Expected a range whose start is not after its end"),
    ],
)
def test_ranges_of_what_has_no_order(text: str, reason: str) -> None:
    assert value("1 + 1 = 2 and " + text) is None
    assert warnings(text) == [(0, reason)]


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("[1..2", 5, "Expected ']', ')' or '[' to close the range, but found the end"),
        ("]1..2}", 5, "Expected ']', ')' or '[' to close the range, but found '}'"),
        ("[1..", 4, "Expected a value, but found the end"),
        ("[..2]", 1, "Expected a value, but found '..'"),
        ("]1, 2]", 2, "Expected '..', but found ','"),
        ("(<)", 2, "Expected a value, but found ')'"),
        ("(< 5", 4, "Expected ')', but found the end"),
        ("(!= 5)", 1, "Expected a value, but found '!='"),
        ("()", 1, "Expected a value, but found ')'"),
        ("[1,]", 3, "Expected a value, but found ']'"),
        ("[1 2]", 3, "Expected ']', but found '2'"),
        ("]", 0, "Expected a value, but found ']'"),
        ("{a: 1,}", 6, "Expected the name of an entry, but found '}'"),
        ("{a 1}", 4, "Expected ':', but found '}'"),
        ("{a: 1, a : 2}", 7, "Expected entry 'a' once"),
        ("{1: 2}", 1, "Expected the name of an entry, but found '1'"),
        ("{a: 1", 5, "Expected ',', but found the end"),
    ],
)
def test_what_is_no_literal(text: str, position: int, reason: str) -> None:
    assert syntax_error(text) == (position, reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a: 1, b: a + 1, c: a + b}", {"a": 1, "b": 2, "c": 3}),
        ("{x: 1, y: {x: 2, z: x}}.y.z", 2),
        ("{x: 1, y: {z: x, x: 2}}.y.z", 1),
        ("{a: b, b: 1}.a", None),
    ],
)
def test_entries_see_those_before_them(text: str, expected: object) -> None:
    assert value(text) == exact(expected)
