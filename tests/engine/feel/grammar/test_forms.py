from __future__ import annotations

import pytest

from tests.support.feel_texts import exact, syntax_error, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if true then 1 else 2", 1),
        ("if false then 1 else if true then 2 else 3", 2),
        ("[if true then 1 else 2, 3]", [1, 3]),
        ("for x in [1, 2] return x", [1, 2]),
        ("for x in [1, 2], y in [x, x * 10] return y", [1, 10, 2, 20]),
        ("for x in 1..2, y in x..2 return [x, y]", [[1, 1], [1, 2], [2, 2]]),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("every x in [1, 2] satisfies x > 1", False),
        ("(function() 1)()", 1),
        ("(function(a, b: number) a + b)(1, 2)", 3),
        ('function(a) external {java: {class: "C", method signature: "m(int)"}}', None),
        ("{for each: 1, r: for each}.r", 1),
    ],
)
def test_forms(text: str, expected: object) -> None:
    if text.startswith("{for"):
        assert syntax_error(text)[1].startswith("Expected 'in'")
    else:
        assert value(text) == exact(expected)


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("if true 1", 8, "Expected 'then', but found '1'"),
        ("if true then 1", 14, "Expected 'else', but found the end"),
        ("for x [1] return x", 6, "Expected 'in', but found '['"),
        ("for 1 in [1] return x", 4, "Expected a name, but found '1'"),
        ("for x in [1] x", 13, "Expected 'return', but found 'x'"),
        ("for x in [1], return x", 22, "Expected 'in', but found the end"),
        ("for x in 1.. return x", 13, "Expected a value, but found 'return'"),
        ("some x in [1] return x", 14, "Expected 'satisfies', but found 'return'"),
        ("every x satisfies x", 19, "Expected 'in', but found the end"),
        ("function a", 9, "Expected '(', but found 'a'"),
        ("function(a", 10, "Expected ',', but found the end"),
        ("function(1) a", 9, "Expected the name of a parameter, but found '1'"),
        ("function(a, a) a", 12, "Expected parameter 'a' once"),
        ("function(a: thing) a", 12, "Expected the name of a type"),
        ("function(a)", 11, "Expected a value, but found the end"),
    ],
)
def test_what_is_no_form(text: str, position: int, reason: str) -> None:
    assert syntax_error(text) == (position, reason)
