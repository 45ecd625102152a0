from __future__ import annotations

import pytest

from engine.feel import feel, parse


@pytest.mark.parametrize(
    ("text", "variables", "possible", "functions"),
    [
        ("a + b * a", "a b", "", ""),
        ("a.b.c", "a", "", ""),
        ("{x: a, y: x, z: q}", "a q", "", ""),
        ("{y: x, x: 1}", "x", "", ""),
        ("for x in a, y in x return x + y + b + count(partial)", "a b", "", ""),
        ("for x in x return x", "x", "", ""),
        ("for x in a..b return c", "a b c", "", ""),
        ("some x in a satisfies x > b", "a b", "", ""),
        ("function(x) x + a", "a", "", ""),
        ("(function(x) x)(x)", "x", "", ""),
        ("a[b > item]", "a", "b", ""),
        ("a[b > c] + b", "a b", "b c", ""),
        ("a[for x in b return x + c]", "a", "b c", ""),
        ("f(a)", "a", "", "f"),
        ("f(x: a)", "a", "", "f"),
        ("a.f(b)", "a b", "", ""),
        ("abs(a) + count(b)", "a b", "", ""),
        ("abs", "", "abs", ""),
        ("{f: function(n) f(n), r: f(a) + g(a)}", "a", "", "f g"),
        ("a in (b, > c)", "a b c", "", ""),
        ("a instance of number", "a", "", ""),
        ("if a then b else c", "a b c", "", ""),
        ("[a..b]", "a b", "", ""),
        ("function(x) external {a: b}", "", "", ""),
    ],
)
def test_names(text: str, variables: str, possible: str, functions: str) -> None:
    expression = feel.parse_expression(text)
    assert sorted(expression.names) == variables.split()
    assert sorted(expression.possible_names) == possible.split()
    assert sorted(expression.functions) == functions.split()


def test_each_name_has_its_first_position() -> None:
    expression = feel.parse_expression("[b, a, b, f(1), f(2)]")
    assert expression.names == {"b": 1, "a": 4}
    assert expression.functions == {"f": 10}


def test_the_input_of_a_cell_is_not_free() -> None:
    tests = feel.parse_unary_tests("? > a, f(?)")
    assert tests.names == {"a": 4}
    assert tests.functions == {"f": 7}


def test_names_of_the_other_dialect() -> None:
    expression = parse("a.b + f(c) + is_set('d')")
    assert expression.names == {"a", "c"}
    assert expression.tested_names == {"d"}
    assert "f" in expression.functions
