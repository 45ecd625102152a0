from __future__ import annotations

import pytest

from engine.feel import ExpressionSyntaxError, limits
from engine.feel.grammar.lexer import Lexer
from tests.support.feel_texts import exact, syntax_error, value


def _tokens(text: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    lexer, position = Lexer(text), 0
    while (token := lexer.token(position)).kind != "end":
        found.append((token.kind, exact(token.value)))
        position = token.end
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1..10", [("number", 1), ("sign", ".."), ("number", 10)]),
        ("1...5", [("number", 1), ("sign", ".."), ("number", 0.5)]),
        ("a<=-1", [("word", "a"), ("sign", "<="), ("sign", "-"), ("number", 1)]),
        ("2**3*2", [("number", 2), ("sign", "**"), ("number", 3), ("sign", "*"), ("number", 2)]),
        ("x->y", [("word", "x"), ("sign", "->"), ("word", "y")]),
        ("? >5", [("word", "?"), ("sign", ">"), ("number", 5)]),
        ("1e", [("number", 1), ("word", "e")]),
        ("1.5E+3", [("number", 1500)]),
        ('@"P1D"', [("at", "P1D")]),
        ("ә1 🐎_2", [("word", "ә1"), ("word", "🐎_2")]),
        ("", []),
        ("\u00a0\ufeff\t\r\n", []),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, object]]) -> None:
    assert _tokens(text) == [(kind, exact(each)) for kind, each in expected]


def test_tokens_know_their_place() -> None:
    token = Lexer("  /* one */ two").token(0)
    assert (token.start, token.end) == (12, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 // one\n + 2", 3),
        ("1 /* one * / ** */ + /**/ 2", 3),
        ("// all\n1", 1),
        ("1//", 1),
        ('"/* no */ // comment"', "/* no */ // comment"),
        ('abs(-1 /* "quoted */)', 1),
        ('abs(/* "quoted */ -1)', 1),
        ('{a /* "quoted: */: 1}', {"a": 1}),
        ("6 / /* half */ 2", 3),
    ],
)
def test_comments_are_space(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\n\r\t\"\'\\"', "\n\r\t\"'\\"),
        (r'"\u0041\U01F40E"', "A🐎"),
        (r'"\uD83D\uDC0E"', "🐎"),
        (r'"🐎\uD83D\uDC0E"', "🐎🐎"),
        (r'"\d+\s"', r"\d+\s"),
        (r'"\u12"', r"\u12"),
        (r'"\\u0041"', r"\u0041"),
        ('"two\nlines"', "two\nlines"),
        ('""', ""),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ('1 + "abc', 4, 'Expected the string to be closed with "'),
        ('1 + @"abc', 4, 'Expected the string to be closed with "'),
        ("1 + #", 4, "Expected an expression, but found '#'"),
        ("1 /* 2", 2, "Expected the comment to be closed with */"),
        (r'"ab\UFFFFFF"', 3, "Expected the code of a character, but found '\\\\UFFFFFF'"),
        (r'1 + "\uD83D"', 4, "Expected whole characters in a string, but found half of a pair"),
        (r'"\uDC0E\uD83D"', 0, "Expected whole characters in a string, but found half of a pair"),
        ("1e9999", 0, "Expected a number within range (34 digits, exponent up to 6144)"),
    ],
)
def test_unreadable_text(text: str, position: int, reason: str) -> None:
    assert syntax_error(text) == (position, reason)


def test_the_length_of_a_text_is_limited() -> None:
    Lexer(" " * limits.FEEL_LENGTH)
    with pytest.raises(ExpressionSyntaxError, match="at most 65536 characters, but found 65537"):
        Lexer(" " * (limits.FEEL_LENGTH + 1))
