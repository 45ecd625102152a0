from __future__ import annotations

import pytest

from engine.feel.grammar.lexer import Lexer
from engine.feel.grammar.names import Names, normalized, read_label
from tests.support.feel_texts import exact, syntax_error, value
from tests.support.pace import within


def _read(text: str, *names: str) -> tuple[str, str]:
    """The name at the beginning of a text, and what is left of the text."""
    name, end = Names(names).read(Lexer(text), 0)
    return name, text[end:]


@pytest.mark.parametrize(
    ("text", "names", "name", "rest"),
    [
        ("a", (), "a", ""),
        ("a b + c", (), "a b", " + c"),
        ("a  \n b", (), "a b", ""),
        ("a and b", (), "a", " and b"),
        ("a and b", ("a and b",), "a and b", ""),
        ("a  and\tb c", ("a and b",), "a and b", " c"),
        ("a and bc", ("a and b",), "a", " and bc"),
        ("a-b", ("a",), "a", "-b"),
        ("a-b", ("a", "b", "a-b"), "a-b", ""),
        ("a - b", ("a-b",), "a-b", ""),
        ("a-b-c", ("a-b", "a-b-c"), "a-b-c", ""),
        ("a-b-d", ("a-b", "a-b-c"), "a-b", "-d"),
        ("a-b c", ("a-b",), "a-b", " c"),
        ("a b-c", ("a",), "a b", "-c"),
        ("it's", ("it's",), "it's", ""),
        ("Item 1 + 2", ("Item 1",), "Item 1", " + 2"),
        ("Item 12", ("Item 1",), "Item", " 12"),
        ("Item 1a", ("Item 1",), "Item", " 1a"),
        ("in progress", ("in progress",), "in progress", ""),
        ("foo+bar((1+1))", ("foo+bar((1+1))",), "foo+bar((1+1))", ""),
        ("🐎 - 🐎", ("🐎-🐎",), "🐎-🐎", ""),
        ("Zähler", ("Zähler",), "Zähler", ""),
    ],
)
def test_the_longest_name_wins(text: str, names: tuple[str, ...], name: str, rest: str) -> None:
    assert _read(text, *names) == (name, rest)


def test_names_are_bound_for_a_while_only() -> None:
    names, lexer = Names(["a-b"]), Lexer("a-b-c")
    with names.bound(["a-b-c", "a - b"]):
        assert names.read(lexer, 0) == ("a-b-c", 5)
        with names.bound(["a-b-c"]):
            assert names.read(lexer, 0) == ("a-b-c", 5)
        assert names.read(lexer, 0) == ("a-b-c", 5)
    assert names.read(lexer, 0) == ("a-b", 3)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("a: 1", "a"),
        ("  a  b : 1", "a b"),
        ("a-b/c*d: 1", "a-b/c*d"),
        ("start position: 1", "start position"),
        ('a /* "b: */: 1', "a"),
        ("a)", "a"),
        ("1: 2", None),
        (": 2", None),
        ("", None),
    ],
)
def test_labels(text: str, label: str | None) -> None:
    read = read_label(Lexer(text), 0)
    assert (read and read[0]) == label


def test_normalized() -> None:
    assert normalized(" a \n\t b ") == "a b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{first-name: 1, r: first-name}.r", 1),
        ("{a+b/c*d'e.f: 1, r: a + b / c*d'e . f}.r", 1),
        ("{Risk and Reward: 1, r: Risk   and Reward + 1}.r", 2),
        ('{"in progress": 1, r: in progress}.r', 1),
        ("{a b: {c d: 1}}.a b.c d", 1),
        ("{🐎: 1, 🐎 b: 2, r: 🐎 b + 🐎}.r", 3),
        ("{a: 3, b: 2, r: a-b}.r", 1),
        ("{time: 1, date: 2, r: date + time}.r", 3),
        ("for Item 1 in [1, 2] return Item 1 * 2", [2, 4]),
        ("for my-own in [1, 2] return my-own", [1, 2]),
        ("(function(a b, c-d) a b - c-d)(c-d: 1, a b: 5)", 4),
        ("some is-true in [false, true] satisfies is-true", True),
        ("[1..2].start included", True),
    ],
)
def test_names_that_a_text_introduces(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


def test_names_that_are_given() -> None:
    given: dict[str, object] = {"Monthly Fee": 2, "x-y": 3, "x": 10, "y": 1}
    assert value("Monthly  Fee * x - y", ["Monthly Fee", "x-y"], **given) == exact(6)
    assert value("x - y", (), **given) == exact(9)
    assert value("x.member-one", ["member-one"], x={"member-one": 1}) == exact(1)


@pytest.mark.parametrize("word", ["then", "else", "in", "return", "and", "between", "external"])
def test_no_name_begins_with_a_keyword_unless_it_is_known(word: str) -> None:
    for text in (word, f"{word} x", f"{{{word}: 1, r: {word}}}"):
        position = text.rindex(word)
        assert syntax_error(text) == (position, f"Expected a value, but found {word!r}")
    assert value(f"1 + {word} x", [f"{word} x"], **{f"{word} x": 2}) == exact(3)
    assert value(f"a.{word}.{word} x", a={word: {f"{word} x": 5}}) == exact(5)


def test_many_and_long_names_are_read_in_little_time() -> None:
    many = "{" + ",".join(f"a {number}: 1" for number in range(5000)) + ", r: a 4999}.r"
    names = [f"a-{number}" for number in range(5000)]
    with within(500):
        assert value(many) == exact(1)
        assert value("+".join(["a"] * 200), names, a=1) == exact(200)
        assert _read("a " * 30_000, "a-b")[1] == " "
        _read("a-" * 30_000, "-".join("a" * 30_000))
