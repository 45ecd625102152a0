"""What the three functions answer, whichever matcher runs."""

import pytest

from engine.feel.errors import LimitReached, Unfit
from engine.feel.patterns import matches, replace, split


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "is_match"),
    [
        ("abracadabra", "bra", "", True),
        ("abracadabra", "^a.*a$", "", True),
        ("abracadabra", "^bra", "", False),
        ("", "", "", True),
        ("abc", "", "", True),
        ("", "^$", "", True),
        ("a\nb", "a.b", "", False),
        ("a\rb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("a\nb", "^b", "", False),
        ("a\nb", "^b", "m", True),
        ("a\nb", "a$", "", False),
        ("a\nb", "a$", "m", True),
        ("a\n", "a$", "", False),
        ("a\n", "\n^$", "m", False),
        ("\n", "^$", "m", True),
        ("a\n\n", "a\n^$", "m", True),
        ("Жаңа", "^\\p{Lu}\\p{Ll}+$", "", True),
        ("Жаңа", "^жАҢА$", "i", True),
        ("Жаңа", "^жАҢА$", "", False),
        ("\u212a", "[A-Z]", "i", True),
        ("x", "[A-Z-[OI]]", "i", True),
        ("o", "[A-Z-[OI]]", "i", False),
        ("q", "[^Q]", "i", False),
        ("m", r"\p{Lu}", "i", False),
        ("m", r"[\p{Lu}]", "i", False),
        ("m", r"\P{Lu}", "i", True),
        ("abab", r"^(ab)\1$", "", True),
        ("abAB", r"^(ab)\1$", "", False),
        ("abAB", r"^(ab)\1$", "i", True),
        ("b", r"^(a)?b\1$", "", True),
        ("aaa", r"^(a*?)\1\1$", "", True),
        ("'a\"b'", r"""(['"]).*?\1""", "", True),
        ("a.c", "A.C", "qi", True),
        ("abc", "A.C", "qi", False),
        ("helloworld", "hello world", "x", True),
        ("hello world", r"hello\ sworld", "x", True),
        ("a" * 1001, "^a{1001}$", "", True),
        ("a" * 1000, "^a{1001}$", "", False),
        ("\ud800", "^.$", "", True),
        ("😀", "^.$", "", True),
        ("😀", "[\U0001f600-\U0001f64f]", "", True),
        ("a", "[a-[a]]", "", False),
        ("a\x00b", "a\x00b", "", True),
    ],
)
def test_matches(text: str, pattern: str, flags: str, is_match: bool) -> None:
    assert matches(text, pattern, flags) is is_match


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "flags", "result"),
    [
        ("abracadabra", "bra", "*", "", "a*cada*"),
        ("abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra"),
        ("AAAA", "A+", "b", "", "b"),
        ("AAAA", "A+?", "b", "", "bbbb"),
        ("abcd", "(ab)|(c)", "[1=$1][2=$2]", "", "[1=ab][2=][1=][2=c]d"),
        ("abcd", ".", "$0$0", "", "aabbccdd"),
        ("Ая", "я", "$0!", "i", "Ая!"),
        ("a.b", ".", "$", "q", "a$b"),
        ("a\\b", "\\", "\\", "q", "a\\b"),
        ("abc", "x", "y", "", "abc"),
        ("", "x", "y", "", ""),
        ("abba", r"(.)\1", "<$1>", "", "a<b>a"),
        ("a1b2", r"\d", "", "", "ab"),
    ],
)
def test_replace(text: str, pattern: str, replacement: str, flags: str, result: str) -> None:
    assert replace(text, pattern, replacement, flags) == result


@pytest.mark.parametrize("pattern", ["", "a*", "^", "a|", ".*?", "(a?)", r"(a?)\1"])
def test_a_pattern_of_the_empty_text_neither_replaces_nor_splits(pattern: str) -> None:
    with pytest.raises(Unfit, match="expected a pattern that takes characters"):
        replace("abc", pattern, "x")
    with pytest.raises(Unfit, match="expected a pattern that takes characters"):
        split("abc", pattern)


def test_an_invalid_replacement_is_refused_also_without_a_match() -> None:
    with pytest.raises(Unfit, match="expected a digit after"):
        replace("abc", "x", "$")


@pytest.mark.parametrize(
    ("text", "delimiter", "parts"),
    [
        ("John Doe", r"\s", ["John", "Doe"]),
        ("a;b;c;;", ";", ["a", "b", "c", "", ""]),
        (";a", ";", ["", "a"]),
        ("a, b,c", r",\s*", ["a", "b", "c"]),
        ("abc", ";", ["abc"]),
        ("", ";", [""]),
        ("a--b", r"(.)\1", ["a", "b"]),
    ],
)
def test_split(text: str, delimiter: str, parts: list[str]) -> None:
    assert split(text, delimiter) == parts


def test_results_are_limited() -> None:
    with pytest.raises(LimitReached, match="characters in a string"):
        replace("a" * 40_000, "a", "bb")
    with pytest.raises(LimitReached, match="characters in a string"):
        replace("a" * 1_000, "(a+)", "$1" * 100)
    with pytest.raises(LimitReached, match="items in a list"):
        split("a" * 20_000, "a")
