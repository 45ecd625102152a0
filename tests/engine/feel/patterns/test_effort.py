"""No pattern holds up the server: each of these ends within seconds, most at once."""

from contextlib import suppress

import pytest

from engine.feel import limits
from engine.feel.budget import CURRENT, Budget
from engine.feel.errors import LimitReached, Unfit
from engine.feel.patterns import matches, replace, split
from tests.support.pace import within

LONG = "a" * 60_000
BOMBS = [
    ("a" * 40 + "b", "(a+)+$"),
    (LONG + "b", "(a+)+$"),
    (LONG + "b", "^(a|aa)+$"),
    (LONG, "(a*)*b"),
    (LONG, "(.*)(.*)(.*)(.*)(.*)[^a]"),
    (LONG, "((a{0,1000}){0,1000})b"),
    (LONG, "((((a{1,100}){1,100}){1,100}){1,100})b"),
    (LONG, "(a?){1000}a{1000}b"),
    (LONG, r"(a|aa)+\p{L}{900}$"),
    (LONG, r"(\w{1,500}){2}!"),
    (LONG, r"(a+)+\1b"),
    (LONG, r"(.*)\1b"),
    (LONG, r"(a*)*\1b"),
    (LONG, r"(?:(a)|(b)|\1\2)*c"),
    ("a", r"((\w{30}){30}){30}"),
    ("a", "(" * 8_000),
    ("a", "[" * 8_000),
    ("a", "a" * 100_000),
    ("a", r"\w" * 4_000),
    ("a", "a{1000}" * 1_000),
    ("a", "(?:a{1000}|" * 60 + "b" + ")" * 60),
    ("a", "a{999999999}{999999999}"),
    (LONG + "\n", "^(a+)+^b"),
]


@pytest.mark.parametrize(("text", "pattern"), BOMBS)
@pytest.mark.parametrize("flags", ["", "im"])
def test_a_bomb_ends(text: str, pattern: str, flags: str) -> None:
    with within(800):
        try:
            assert matches(text, pattern, flags) is False
        except (LimitReached, Unfit) as error:
            assert str(error).lower().startswith("expected ")


def test_steps_of_our_own_matcher_are_limited() -> None:
    with pytest.raises(LimitReached, match="steps of a regular expression"):
        matches("a" * 40, r"(a+)+\1b")


def test_searches_that_look_far_ahead_again_and_again_are_limited() -> None:
    with pytest.raises(LimitReached, match="for a regular expression"):
        replace("a" * 400_000, "a.*b|a", "")


def test_a_pattern_spends_the_steps_of_the_evaluation_that_uses_it() -> None:
    budget = Budget(steps=50_000)
    token = CURRENT.set(budget)
    try:
        matches("abab", r"(ab)\1")
        assert 0 < 50_000 - budget.steps < 20_000
        with pytest.raises(LimitReached, match=f"{limits.STEPS} steps in one evaluation"):
            matches("a" * 40, r"(a+)+\1b")
    finally:
        CURRENT.reset(token)


@pytest.mark.parametrize("pattern", [r"\w{100}", r"[\w-[\W]]{3}", r"[\w\w\w\w\w\w\w\w]("])
def test_a_loop_over_patterns_that_are_slow_to_compile_ends(pattern: str) -> None:
    token = CURRENT.set(Budget(steps=200_000))
    try:
        with within(500), pytest.raises(LimitReached, match="steps in one evaluation"):
            for number in range(1_000_000):
                _tried(f"{number}{pattern}")
    finally:
        CURRENT.reset(token)


def _tried(pattern: str) -> None:
    with suppress(Unfit):
        matches("a", pattern)


def test_long_texts_without_tricks_are_no_trouble() -> None:
    words = "Бірінші second, " * 3_900
    assert matches(words, r"^(\w+\s\w+,\s)+$")
    assert len(replace(words, r"(\w+) (\w+)", "$2 $1")) == len(words)
    assert len(split(words, ", ")) == 3_901
