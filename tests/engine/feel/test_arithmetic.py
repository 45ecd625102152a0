from __future__ import annotations

import random
from decimal import ROUND_HALF_EVEN, Context, Decimal

import pytest

from engine.feel import parse
from engine.feel.temporal import Date, DaysTime
from tests.support.feel_texts import evaluated, exact, value, warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2", 0.3),
        ("1 - 0.9", 0.1),
        ("10 / 4", 2.5),
        ("2 ** 10", 1024),
        ("2 ** 0.5 * 2 ** 0.5 > 1.999", True),
        ("4 ** 0.5", 2),
        ("0 ** 0", 1),
        ("0 ** 5", 0),
        ("(-2) ** 3", -8),
        ("1e-6000 / 1e6000", 0),
        ('"a" + "b"', "ab"),
        ("-(-5)", 5),
    ],
)
def test_values(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


def test_a_third_has_34_digits() -> None:
    assert evaluated("1 / 3")[0] == Decimal("0." + "3" * 34)
    assert evaluated("2 / 3")[0] == Decimal("0." + "6" * 33 + "7")


RANGE = "Expected numbers whose result is a number within range"


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("1 / 0", 2, "Expected a number other than 0 to divide by"),
        ("0 / 0", 2, "Expected a number other than 0 to divide by"),
        ("1e6000 * 1e6000", 7, RANGE),
        ("(-1) ** 0.5", 5, RANGE),
        ("10 ** 7000", 3, RANGE),
        ("0 ** -1", 2, "Expected a number other than 0 before ** and a negative number"),
        ("1 + null", 2, "Expected two values around +, but found a number and null"),
        ("null / null", 5, "Expected two values around /, but found null and null"),
        ('2 ** "a"', 2, "Expected two numbers around **, but found a number and a string"),
        ("-null", 0, "Expected a value after -, but found null"),
        ("true ** 1", 5, "Expected two numbers around **, but found a boolean and a number"),
    ],
)
def test_reasons(text: str, position: int, reason: str) -> None:
    assert value(text) is None
    assert warnings(text) == [(position, reason)]


@pytest.mark.parametrize(
    "text", ['"a" + 1', "1 + true", "[1] + [2]", "{} - 1", '"a" * 2', "-true", '-"a"', "[1] / 1"]
)
def test_unlike_kinds(text: str) -> None:
    assert value(text) is None
    assert len(warnings(text)) == 1


def test_times() -> None:
    assert value('@"2024-02-28" + @"P2D"') == Date(2024, 3, 1)
    assert value('-@"P1D" * 2') == DaysTime(-2 * 86_400 * 10**9)
    assert value('@"P1D" / @"PT12H"') == exact(2)


CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144)


def _number(chance: random.Random) -> str:
    return str(chance.choice([chance.randint(0, 99), round(chance.uniform(0, 1000), 4)]))


def _calculation(chance: random.Random, depth: int) -> tuple[str, Decimal | None]:
    """A text and its value by Python's decimals; None for null."""
    if depth == 0:
        number = _number(chance)
        return number, Decimal(number)
    left, one = _calculation(chance, depth - 1)
    right, other = _calculation(chance, depth - 1)
    sign, operation = chance.choice(
        [
            ("+", CONTEXT.add),
            ("-", CONTEXT.subtract),
            ("*", CONTEXT.multiply),
            ("/", CONTEXT.divide),
        ]
    )
    text = f"({left} {sign} {right})"
    if one is None or other is None or (sign == "/" and other == 0):
        return text, None
    return text, operation(one, other)


@pytest.mark.parametrize("seed", range(4))
def test_random_calculations_are_those_of_decimals(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(300):
        text, expected = _calculation(chance, chance.randint(1, 4))
        assert evaluated(text)[0] == expected, text


def test_random_sums_and_products_are_the_same_in_both_dialects() -> None:
    chance = random.Random(100)
    for _ in range(300):
        text, expected = _calculation(chance, 2)
        if expected is not None and "/" not in text:
            assert parse(text).evaluate({}) == parse(f"= {text}").evaluate({}), text
