"""RE2, our own matcher and Python find the same, where the three have the same syntax."""

import random
import re

import pytest

from engine.feel.patterns.backtracking import BacktrackingMatcher
from engine.feel.patterns.flags import read_flags
from engine.feel.patterns.linear import NotLinear, linear_matcher
from engine.feel.patterns.parser import read_pattern
from engine.feel.patterns.program import compiled

_ATOMS = ["a", "b", "c", ".", "[ab]", "[^a]", "[a-c]", r"\.", r"\d", r"\n", "^", "$", "ж"]
_QUANTIFIERS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}"]
_TEXTS = "abcabж1.\n"


def _random_pattern(chance: random.Random, depth: int = 3) -> str:
    parts = []
    for _ in range(chance.randint(1, 3)):
        if depth and chance.random() < 0.4:
            atom = _random_group(chance, depth - 1)
        else:
            atom = chance.choice(_ATOMS)
        if atom not in ("^", "$") and chance.random() < 0.35:
            atom += chance.choice(_QUANTIFIERS)
        parts.append(atom)
    if chance.random() < 0.25:
        parts.append("|" + _random_pattern(chance, depth - 1) if depth else "|a")
    return "".join(parts)


def _random_group(chance: random.Random, depth: int) -> str:
    """Takes at least one character: a loop over nothing ends differently in RE2 and Python."""
    start = chance.choice(["(", "(", "(?:"])
    return f"{start}{chance.choice('ab')}(?:{_random_pattern(chance, depth)}))"


def _for_python(pattern: str) -> str:
    r"""Python's `$` also matches before the last line feed, its `.` takes `\r`."""
    return pattern.replace("$", r"\Z")


@pytest.mark.parametrize("seed", range(20))
def test_all_three_find_the_same(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        pattern = _random_pattern(chance)
        flags = chance.choice(["", "i", "s", "is"])
        python = re.compile(_for_python(pattern), sum(getattr(re, flag.upper()) for flag in flags))
        tree = read_pattern(pattern, read_flags(flags))
        ours = BacktrackingMatcher(compiled(tree))
        linear = linear_matcher(tree, keeps_groups=True)
        for _ in range(6):
            text = "".join(chance.choice(_TEXTS) for _ in range(chance.randint(0, 9)))
            found = python.search(text)
            expected = found.span() if found else None
            for matcher in (ours, linear):
                spans = next(matcher.spans(text), None)
                assert (spans[0] if spans else None) == expected, (pattern, flags, text, matcher)


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("(a)|(b)", "b", ((0, 1), (-1, -1), (0, 1))),
        ("((a)(b)?)+", "aba", ((0, 3), (2, 3), (2, 3), (1, 2))),
        ("(a+)(a*)", "aaa", ((0, 3), (0, 3), (3, 3))),
        ("(a+?)(a*)", "aaa", ((0, 3), (0, 1), (1, 3))),
    ],
)
def test_both_matchers_keep_the_same_groups(
    pattern: str, text: str, spans: tuple[tuple[int, int], ...]
) -> None:
    tree = read_pattern(pattern, read_flags(""))
    assert next(BacktrackingMatcher(compiled(tree)).spans(text)) == spans
    assert next(linear_matcher(tree, keeps_groups=True).spans(text)) == spans


@pytest.mark.parametrize("pattern", [r"(a)\1", "a{1001}", "(a{40}){40}", r"\w{900}\w{900}"])
def test_what_re2_cannot_run_is_not_linear(pattern: str) -> None:
    with pytest.raises(NotLinear):
        linear_matcher(read_pattern(pattern, read_flags("")), keeps_groups=False)
