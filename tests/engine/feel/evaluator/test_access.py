from __future__ import annotations

import pytest

from tests.support.feel_texts import evaluated, exact, value, warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a: {b: {c: 5}}}.a.b.c", 5),
        ("{a: null}.a", None),
        ("[{a: {b: 1}}, {a: {b: 2}}].a.b", [1, 2]),
        ("[{a: 1}, {b: 2}].a", [1, None]),
        ("[].a", []),
        ("[{a: [1, 2]}, {a: 3}].a", [[1, 2], 3]),
        ('@"2024-02-29".year', 2024),
        ('[@"P1D", @"P2D"].days', [1, 2]),
        ("[1..5].end", 5),
        ("(> 5).end", None),
        ("]1..5].start included", False),
        ("{f: function(x) x + 1}.f(1)", 2),
    ],
)
def test_paths(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


@pytest.mark.parametrize(
    ("text", "expected", "reasons"),
    [
        ("{a: 1}.b", None, [(6, "Expected a context with entry b")]),
        ("null.a", None, [(4, "Expected a value with a, but found null")]),
        ('"x".length', None, [(3, "Expected a value with length, but found a string")]),
        ("[1..2].size", None, [(6, "Expected a property of a range, but found size")]),
        ("[[1], {a: 2}].a", [None, 2], [(13, "Expected a value with a, but found a list")]),
    ],
)
def test_what_has_no_such_member(
    text: str, expected: object, reasons: list[tuple[int, str]]
) -> None:
    found, why = evaluated(text)
    assert (exact(found), why) == (exact(expected), reasons)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", 1),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][-3]", 1),
        ("[1, 2, 3][1 + 1]", 2),
        ("[1, 2, 3][i]", 2),
        ("[{i: 3}, {i: 5}][i = 3]", [{"i": 3}]),
        ("[[1, 2], [3]][1][2]", 2),
        ("[1, 2, 3][item >= 2]", [2, 3]),
        ("[1, 2, 3][item >= 2][1]", 2),
        ("[1, 2, 3][true]", [1, 2, 3]),
        ("[1, 2, 3][null]", []),
        ('[1, 2, 3]["a"]', []),
        ("[true, false][item]", [True]),
        ("[1, null, 3][item != null]", [1, 3]),
        ("5[1]", 5),
        ("5[item = 5]", [5]),
        ("5[item = 4]", []),
        ("{a: 5}[a = 5]", [{"a": 5}]),
        ("null[true]", []),
        ("[][item > 1]", []),
        ("[{x: 1, y: 2}, {x: 2, y: 3}][x = 1].y", [2]),
        ("[{item: 5}, {item: 1}][item > 2]", [{"item": 5}]),
        ("[{x: 5}, {x: 1}][item.x > 2]", [{"x": 5}]),
        ("[{i: 1}, {}][i > 1]", [{}]),
        ("[[3, 1], [2]][item[1] > item[-1]]", [[3, 1]]),
        ("[{x: [1, 2]}][count(x[item > 1]) = 1].x[1]", [1, 2]),
    ],
)
def test_filters_and_indexes(text: str, expected: object) -> None:
    assert value(text, i=2) == exact(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1, 2][0]", "Expected an index up to 2, but found 0"),
        ("[1, 2][3]", "Expected an index up to 2, but found 3"),
        ("[1, 2][-3]", "Expected an index up to 2, but found -3"),
        ("[1, 2][1.5]", "Expected a whole number for an index, but found 1.5"),
        ("[1, 2][1e60]", "Expected a smaller number for an index"),
        ("[][1]", "Expected an index up to 0, but found 1"),
        ("[][-2]", "Expected an index up to 0, but found -2"),
        ("null[1]", "Expected an index up to 0, but found 1"),
    ],
)
def test_an_index_that_is_not_there(text: str, reason: str) -> None:
    assert value(text) is None
    assert warnings(text) == [(text.rindex("["), reason)]


def test_a_filter_of_nothing_gives_no_reasons() -> None:
    assert warnings("[][item > 1]") == []
    assert warnings("null[a.b > 1]") == []
