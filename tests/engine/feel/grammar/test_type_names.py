from __future__ import annotations

import pytest

from engine.feel import feel
from engine.feel.errors import ExpressionSyntaxError
from engine.feel.grammar.lexer import Lexer
from engine.feel.grammar.type_names import TypeReader
from engine.feel.types import ANY, NUMBER, STRING, FeelType, ListOf, name_of
from tests.support.feel_texts import syntax_error
from tests.support.pace import within

TYPES: dict[str, FeelType] = {
    "person": ListOf(STRING),
    "my types.Big Number": NUMBER,
    "number of things": STRING,
}


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("number", "number", ""),
        ("date and time", "date and time", ""),
        ("date and x", "date", " and x"),
        ("days and time duration or true", "days and time duration", " or true"),
        ("years  and\nmonths duration", "years and months duration", ""),
        ("Any", "Any", ""),
        ("Null = true", "Null", " = true"),
        ("list", "list<Any>", ""),
        ("list<list<number>>", "list<list<number>>", ""),
        ("list < string >", "list<string>", ""),
        ("range<date>", "range<date>", ""),
        ("context<a b: number, c: list<string>>", "context<a b: number, c: list<string>>", ""),
        ("function<number, string>->boolean x", "function<number, string>->boolean", " x"),
        ("function<>->Any", "function<>->Any", ""),
        ("person", "list<string>", ""),
        ("my types . Big Number", "number", ""),
        ("number of things", "string", ""),
        ("number of", "number", " of"),
    ],
)
def test_types(text: str, name: str, rest: str) -> None:
    found, end = TypeReader(Lexer(text), TYPES).read(0)
    assert (name_of(found), text[end:]) == (name, rest)


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("1 instance of thing", 14, "Expected the name of a type"),
        ("1 instance of", 13, "Expected the name of a type"),
        ("1 instance of list<", 19, "Expected the name of a type"),
        ("1 instance of list<number", 25, "Expected '>' in a type, but found the end"),
        ("1 instance of context<a>", 23, "Expected ':' in a type, but found '>'"),
        ("1 instance of function<number>", 30, "Expected '->' in a type, but found the end"),
        ("1 instance number", 11, "Expected 'of', but found 'number'"),
    ],
)
def test_what_is_no_type(text: str, position: int, reason: str) -> None:
    assert syntax_error(text) == (position, reason)


def test_nesting_is_limited() -> None:
    for opening in ("list<", "function<", "context<a: "):
        with pytest.raises(ExpressionSyntaxError, match="at most 64"):
            feel.parse_expression("1 instance of " + opening * 5000)


def test_the_longest_text_is_read_in_little_time() -> None:
    for text in ("a" * 30_000 + " b", "a " * 30_000, "a." * 30_000):
        with within(500), pytest.raises(ExpressionSyntaxError, match="name of a type"):
            TypeReader(Lexer(text), {}).read(0)


def test_any_is_every_type() -> None:
    assert TypeReader(Lexer("Any"), {}).read(0) == (ANY, 3)
