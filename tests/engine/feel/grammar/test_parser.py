from __future__ import annotations

import random
import sys

import pytest

from engine.feel import ExpressionError, ExpressionSyntaxError, feel, limits
from engine.feel.grammar.parser import Parser
from engine.feel.syntax import Node
from tests.support.feel_texts import evaluated, exact, syntax_error, value
from tests.support.feel_trees import Grower, shape, written
from tests.support.pace import within


def _shape(text: str) -> object:
    return shape(Parser(text, (), {}).parse())


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b = c", "a and (b = c)"),
        ("a = b + c", "a = (b + c)"),
        ("a + b * c", "a + (b * c)"),
        ("a * b ** c", "a * (b ** c)"),
        ("-a ** b", "(-a) ** b"),
        ("a ** -b", "a ** (-b)"),
        ("-a.b", "-(a.b)"),
        ("-a[1]", "-(a[1])"),
        ("-f(a)", "-(f(a))"),
        ("- - a", "-(-a)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b / c", "(a / b) / c"),
        ("a ** b ** c", "(a ** b) ** c"),
        ("a < b = c", "(a < b) = c"),
        ("a between b + 1 and c * 2 and d", "(a between (b + 1) and (c * 2)) and d"),
        ("a between b and c = d", "(a between b and c) = d"),
        ("a in b and c", "(a in b) and c"),
        ("a + b in c", "(a + b) in (c)"),
        ("a in > b + 1 or c", "(a in (> (b + 1))) or c"),
        ("a instance of number or b", "(a instance of number) or b"),
        ("if a then b else c + d", "if a then b else (c + d)"),
        ("a + if b then c else d", "a + (if b then c else d)"),
        ("for x in a return x + 1", "for x in a return (x + 1)"),
        ("some x in a satisfies x or b", "some x in a satisfies (x or b)"),
        ("function(x) x + 1", "function(x) (x + 1)"),
        ("[1..a + 1]", "[1..(a + 1)]"),
        ("a.b.c", "(a.b).c"),
        ("a[1][2].b(c)", "(((a[1])[2]).b)(c)"),
    ],
)
def test_precedence(text: str, bracketed: str) -> None:
    assert _shape(text) == _shape(bracketed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-2 ** 2", 4),
        ("2 ** 3 ** 2", 64),
        ("2 ** -1", 0.5),
        ("10 / 4 / 5", 0.5),
        ("1--1", 2),
        ("1 - -1", 2),
        ("a-1", 4),
        ("1 + 1 = 2 and 2 > 1 or false", True),
        ("true or false and false", True),
        ("(function(x) x + 1)(2)", 3),
        ("function(x) x + 1(2)", None),
    ],
)
def test_operators_together(text: str, expected: object) -> None:
    found = value(text, a=5)
    if text.startswith("function"):
        assert found is not None
    else:
        assert found == exact(expected)


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 0, "Expected a value, but found the end"),
        ("  ", 2, "Expected a value, but found the end"),
        ("1 +", 3, "Expected a value, but found the end"),
        ("* 1", 0, "Expected a value, but found '*'"),
        ("1 1", 2, "Expected an operator or the end, but found '1'"),
        ("a = = b", 4, "Expected a value, but found '='"),
        ("a == b", 3, "Expected a value, but found '=': write one = to compare"),
        ("a && b", 2, "Expected an expression, but found '&': write and"),
        ("a.", 2, "Expected a name after '.', but found the end"),
        ("a.1", 1, "Expected an operator or the end, but found '0.1'"),
        ("a[1", 3, "Expected ']', but found the end"),
        ("a[]", 2, "Expected a value, but found ']'"),
        ("(1", 2, "Expected ')', but found the end"),
        ("1)", 1, "Expected an operator or the end, but found ')'"),
        ("f(1, a: 2)", 6, "Expected ')', but found ':'"),
        ("f(a: 1, 2)", 8, "Expected the name of an argument and ':', but found '2'"),
        ("f(a: 1, a: 2)", 8, "Expected argument 'a' once"),
        ("(a + b)(c)", 7, "Expected an operator or the end, but found '('"),
        ("a between 1 or 2", 12, "Expected 'and', but found 'or'"),
    ],
)
def test_what_is_no_expression(text: str, position: int, reason: str) -> None:
    assert syntax_error(text) == (position, reason)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("(", ")"),
        ("[", "]"),
        ("-", ""),
        ("a[", "]"),
        ("f(", ")"),
        ("{a: ", "}"),
        ("[1..", "]"),
        ("if true then 1 else ", ""),
        ("for x in [1] return ", ""),
        ("function(x) ", ""),
        ("x in (", ")"),
        ("x in (1, ", ")"),
        ("x between 1 and 2 + (", ")"),
    ],
)
def test_nesting_is_limited(opening: str, closing: str) -> None:
    evaluated(opening * 20 + "1" + closing * 20)
    with pytest.raises(ExpressionSyntaxError, match="at most 64 levels of nesting"):
        feel.parse_expression(opening * 300 + "1" + closing * 300)


@pytest.mark.parametrize("link", [" + 1", " and true", ".x", "[1]", " = 1", "()", " in 1"])
def test_chains_are_limited_and_do_not_overflow_the_stack(link: str) -> None:
    evaluated("a" + link * 150)
    with pytest.raises(ExpressionSyntaxError, match="at most 256 operators"):
        feel.parse_expression("a" + link * 500)


def test_whoever_stands_deep_in_calls_gets_an_error_of_the_expression() -> None:
    text = "a" + "()" * 250

    def deep(calls: int) -> None:
        if calls:
            deep(calls - 1)
        else:
            feel.parse_expression(text)

    with pytest.raises(ExpressionSyntaxError, match="less deeply nested"):
        deep(sys.getrecursionlimit() - 300)


@pytest.mark.parametrize(
    "text",
    [
        "[1.." * 60 + "a" + "[" * 60,
        "[1.." * 7 + "[" + "1," * 20_000 + "1]" + "[" * 7,
        "x in (" * 8 + "[" + "1," * 20_000 + "1]" + ")+1" * 8,
        "x in (" * 60 + "1" + ")+1" * 60,
        "(" * 65_000,
        '"' * 65_001,
        "not(" * 16_000,
        "/*" * 30_000,
        "a" + "/*" * 30_000,
        "a." * 30_000,
        "{" * 65_000,
        "f(" * 60 + "a " * 30_000,
        "? > " * 16_000,
        "[" + ",".join(["f(a)"] * 10_000) + "]",
        "1 instance of " * 4_000,
    ],
    ids=lambda text: text[:20],
)
def test_the_worst_text_is_read_in_little_time(text: str) -> None:
    with within(500):
        for parse in (feel.parse_expression, feel.parse_unary_tests):
            try:
                parse(text)
            except ExpressionSyntaxError:
                continue


@pytest.mark.parametrize("seed", range(8))
def test_what_is_written_is_read_as_the_same_tree(seed: int) -> None:
    grower = Grower(seed)
    for _ in range(150):
        tree: Node = grower.tree(3)
        assert _shape(written(tree)) == shape(tree), written(tree)


WORDS = """
    a b x f item partial ? 1 2.5 0 true false null ( ) [ ] { } , : . .. + - * / ** = != < <=
    > >= if then else for in return some every satisfies and or not( between number list<
    function( external count( sum( date( // /* */ ә 🐎 1e400 [1..2] sort( string( -> @
"""
PIECES = [
    *WORDS.split(),
    *('"s"', '"', "'"),
    *("instance of", "date and time("),
    *('@"P1D"', '@"2024-02-29"', "{a: "),
    *("\\", "\u2028", "\x00"),
]
GIVEN: dict[str, object] = {"a": 1, "b": "text", "x": [1, 2, {"a": 3}], "f": {"x": {"a": None}}}


def _tried(text: str) -> bool:
    """Whether the text has a value; a text may have none, but nothing else may happen."""
    try:
        evaluated(text, (), **GIVEN)
    except ExpressionError:
        return False
    return True


def test_random_texts_never_raise_anything_else() -> None:
    chance = random.Random(1156)
    succeeded = 0
    for _ in range(6_000):
        text = " ".join(chance.choices(PIECES, k=chance.randint(1, 12)))
        succeeded += _tried(text) + _tried(text.replace(" ", ""))
    assert succeeded > 300


def test_random_changes_of_right_texts_never_raise_anything_else() -> None:
    chance, grower = random.Random(57), Grower(57)
    succeeded = 0
    for _ in range(1_500):
        text = written(grower.tree(chance.randint(1, 3)))
        succeeded += _tried(text)
        place = chance.randrange(len(text))
        changed = text[:place] + chance.choice(PIECES) + text[place + chance.randint(0, 3) :]
        _tried(changed)
        try:
            feel.parse_unary_tests(changed)
        except ExpressionSyntaxError:
            continue
    assert succeeded > 1_000


def test_the_tree_is_no_higher_than_its_limit() -> None:
    tree = feel.parse_expression("1" + " + 1" * (limits.HEIGHT - 1))
    assert exact(evaluated(tree.text)[0]) == exact(limits.HEIGHT)
