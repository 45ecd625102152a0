from decimal import Decimal

import pytest

from engine.feel import limits
from engine.feel.built_ins import strings
from engine.feel.built_ins.registry import BUILT_INS
from engine.feel.errors import LimitReached, Unfit

D = Decimal


def _call(name: str, *arguments: object) -> object:
    return BUILT_INS[name].invoke(arguments)


def test_this_family_is_registered() -> None:
    assert BUILT_INS["substring"].overloads[0].body is strings.substring


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        (("foobar", D(3)), "obar"),
        (("foobar", D(3), D(3)), "oba"),
        (("foobar", D(3), D("3.8")), "oba"),
        (("foobar", D("3.8"), D(3)), "oba"),
        (("foobar", D(-2), D(1)), "a"),
        (("foobar", D(-6), D(6)), "foobar"),
        (("foobar", D(6)), "r"),
        (("foobar", D("6.5")), "r"),
        (("foobar", D(2), D("1E+6000")), "oobar"),
        (("foobar", D(2), None), "oobar"),
        (("\U0001f40eab", D(2)), "ab"),
        ((["foobar"], D(3)), "obar"),
    ],
)
def test_substring(arguments: tuple[object, ...], result: str) -> None:
    assert _call("substring", *arguments) == result


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("foobar", D(0)), "a start position within 6 character(s), but found 0"),
        (("foobar", D("0.5")), "a start position within 6 character(s), but found 0.5"),
        (("foobar", D(7)), "a start position within 6 character(s), but found 7"),
        (("foobar", D(-7)), "a start position within 6 character(s), but found -7"),
        (("foobar", D("1E+6000")), "a start position within 6 character(s), but found 1E+6000"),
        (("", D(1)), "a start position within 0 character(s), but found 1"),
        (("foobar", D(1), D(0)), "a length of at least 1, but found 0"),
        (("foobar", D(1), D(-1)), "a length of at least 1, but found -1"),
        (("foobar", "1"), "a number for start position, but found a string"),
        (("foobar", D(1), "1"), "a number for length, but found a string"),
        ((None, D(1)), "a string for string, but found null"),
        ((D(1), D(1)), "a string for string, but found a number"),
        (("foobar",), "substring(string, start position, length), but found 1 argument(s)"),
    ],
)
def test_substring_says_what_it_needs(arguments: tuple[object, ...], reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        _call("substring", *arguments)
    assert str(caught.value) == f"expected {reason}"


@pytest.mark.parametrize(
    ("name", "string", "result"),
    [
        ("string length", "", D(0)),
        ("string length", "tes\U0001f40et", D(5)),
        ("upper case", "aBc4жß", "ABC4ЖSS"),
        ("lower case", "aBc4Ж", "abc4ж"),
    ],
)
def test_functions_of_one_string(name: str, string: str, result: object) -> None:
    assert _call(name, string) == result
    assert BUILT_INS[name].invoke_named({"string": string}) == result
    for other in (None, D(1), ["a", "b"], True):
        with pytest.raises(Unfit, match="expected a string for string"):
            _call(name, other)


def test_upper_case_may_grow_only_so_far() -> None:
    with pytest.raises(LimitReached):
        _call("upper case", "ß" * (limits.STRING_LENGTH - 1))


@pytest.mark.parametrize(
    ("name", "string", "match", "result"),
    [
        ("substring before", "foobar", "bar", "foo"),
        ("substring before", "foobar", "o", "f"),
        ("substring before", "foobar", "x", ""),
        ("substring before", "foobar", "", ""),
        ("substring before", "", "", ""),
        ("substring after", "foobar", "ob", "ar"),
        ("substring after", "foobar", "o", "obar"),
        ("substring after", "foobar", "x", ""),
        ("substring after", "foobar", "", "foobar"),
        ("substring after", "", "a", ""),
        ("contains", "foobar", "oba", True),
        ("contains", "foobar", "Oba", False),
        ("contains", "foobar", "", True),
        ("starts with", "foobar", "fo", True),
        ("starts with", "foobar", "o", False),
        ("ends with", "foobar", "r", True),
        ("ends with", "foobar", "b", False),
    ],
)
def test_functions_of_a_string_and_a_match(
    name: str, string: str, match: str, result: object
) -> None:
    assert _call(name, string, match) == result
    assert BUILT_INS[name].invoke_named({"match": match, "string": string}) == result
    with pytest.raises(Unfit, match="expected a string for string, but found null"):
        _call(name, None, match)
    with pytest.raises(Unfit, match="expected a string for match, but found a number"):
        _call(name, string, D(1))


def test_matches_takes_flags_or_null() -> None:
    assert _call("matches", "foobar", "^Fo*bar", "i") is True
    assert _call("matches", "foobar", "^Fo*bar") is False
    assert _call("matches", "foobar", "^fo*bar", None) is True
    assert BUILT_INS["matches"].invoke_named({"input": "a", "pattern": "A", "flags": "i"}) is True


@pytest.mark.parametrize(
    "arguments",
    [(None, "a"), ("a", None), ("a", "a", D(1)), (D(1), "a"), ("a", "("), ("a", "a", "Z")],
)
def test_matches_says_what_it_needs(arguments: tuple[object, ...]) -> None:
    with pytest.raises(Unfit, match="^expected "):
        _call("matches", *arguments)


def test_replace_takes_flags_or_null() -> None:
    assert _call("replace", "abcd", "(ab)|(a)", "[1=$1][2=$2]") == "[1=ab][2=]cd"
    assert _call("replace", "abcd", "B", "x", "i") == "axcd"
    assert _call("replace", "abcd", "b", "x", None) == "axcd"
    with pytest.raises(Unfit, match="expected a string for replacement, but found null"):
        _call("replace", "abcd", "b", None)


def test_split() -> None:
    assert _call("split", "a;b;c;;", ";") == ["a", "b", "c", "", ""]
    with pytest.raises(Unfit, match="expected a string for delimiter"):
        _call("split", "a", None)


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ((["a", "b", "c"], "_and_"), "a_and_b_and_c"),
        ((["a", "b", "c"],), "abc"),
        ((["a", "b", "c"], None), "abc"),
        ((["a", None, "c"], "X"), "aXc"),
        ((["a"], "X"), "a"),
        (("a", "X"), "a"),
        (([None], "X"), ""),
        (([], "X"), ""),
    ],
)
def test_string_join(arguments: tuple[object, ...], result: str) -> None:
    assert _call("string join", *arguments) == result


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((None,), "a list for list, but found null"),
        (([D(1)],), "a list of strings, but found a number in it"),
        ((D(1),), "a list of strings, but found a number in it"),
        ((["a", ["b"]],), "a list of strings, but found a list in it"),
        ((["a"], D(1)), "a string for delimiter, but found a number"),
    ],
)
def test_string_join_says_what_it_needs(arguments: tuple[object, ...], reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        _call("string join", *arguments)
    assert str(caught.value) == f"expected {reason}"


def test_string_join_checks_the_length_before_it_joins() -> None:
    with pytest.raises(LimitReached):
        _call("string join", ["a"] * 10_000, "b" * limits.STRING_LENGTH)
