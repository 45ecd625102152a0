"""Expressions written to do harm: reading Python, using up time or memory, breaking the parser."""

from __future__ import annotations

import json
import random

import pytest

from engine.feel import (
    EvaluationError,
    ExpressionError,
    ExpressionSyntaxError,
    evaluate_text,
    limits,
    parse,
)
from tests.support.pace import within


class Secret:
    """An object that must never be reached into."""

    token = "secret"

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"attribute {name} was read")


VARIABLES: dict[str, object] = {
    "a": 1,
    "b": "text",
    "c": [1, 2, 3],
    "d": {"x": {"y": 1}, "__class__": "a key like any other"},
    "n": None,
    "t": True,
    "f": 1.5,
    "o": Secret(),
}


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "().__class__.__bases__[0].__subclasses__()",
        "b.__class__.__mro__",
        "c.__class__",
        "a.real",
        "f.hex",
        "b.format(a)",
        "b.get(0)",
        "t.__doc__",
        "o",
        "o.token",
        "o['token']",
        "o.contains('token')",
        "[o]",
        "string(o)",
        "open('/etc/passwd')",
        "eval('1')",
        "lambda: 1",
        "[x for x in c]",
        "a := 2",
        "a = 2",
        "c[0] = 2",
        "`id`",
        "f'{a}'",
        "b % a",
        "b * 1000000",
        "c * 1000000",
        "[0] * 1000000",
        "9 ** 9 ** 9",
        "9999999999 * 9999999999",
        "1e308 + 1e308",
        "number('1' + '0' + '0')" + " * 1000000000" * 3,
        "number('" + "9" * 4000 + "')",
        "number('infinity')",
        "1 << 100",
        "a // 0",
        "\x00",
        "a\u200bb",
        "$",
        "${${a}}",
    ],
)
def test_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text).evaluate(VARIABLES)


def test_a_dunder_is_a_key_like_any_other() -> None:
    assert parse("d.__class__").evaluate(VARIABLES) == "a key like any other"
    assert parse("d.__dict__").evaluate(VARIABLES) is None


def test_the_length_of_a_text_is_limited() -> None:
    assert parse("a" + " " * 100 + "+ 1").evaluate(VARIABLES) == 2
    with pytest.raises(ExpressionSyntaxError, match="at most 4096 characters, but found 5001"):
        parse("'" + "x" * 4999 + "'")
    with pytest.raises(ExpressionSyntaxError, match="at most 4096 characters"):
        evaluate_text("x" * 5000 + "${a}", VARIABLES)
    assert evaluate_text("x" * 5000, VARIABLES) == "x" * 5000


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("(", ")"),
        ("[", "]"),
        ("!", ""),
        ("-", ""),
        ("empty ", ""),
        ("c[", "]"),
        ("count(", ")"),
        ("t ? ", " : 1"),
        ("not(", ")"),
    ],
)
def test_nesting_is_limited(opening: str, closing: str) -> None:
    parse(opening * 30 + "a" + closing * 30)
    with pytest.raises(ExpressionSyntaxError, match="at most 64 levels of nesting"):
        parse(opening * 300 + "a" + closing * 300)


@pytest.mark.parametrize("link", [" + 1", " && t", ".x", "[0]", " == 1"])
def test_chains_are_limited_and_do_not_overflow_the_stack(link: str) -> None:
    parse("a" + link * 200)
    with pytest.raises(ExpressionSyntaxError, match="at most 256 operators"):
        parse("a" + link * 500)


def test_a_choice_chain_is_limited() -> None:
    with pytest.raises(ExpressionSyntaxError, match="nesting"):
        parse("t ? 1 : " * 100 + "2")


def test_what_an_expression_makes_is_limited() -> None:
    long = {"s": "x" * limits.STRING_LENGTH, "l": [0] * limits.LIST_LENGTH}
    assert parse("s").evaluate(long) == long["s"]
    for text in ("s + 'x'", "append(l, 1)", "concatenate(l, l)"):
        with pytest.raises(EvaluationError, match="at most"):
            parse(text).evaluate(long)
    with pytest.raises(EvaluationError, match="at most"):
        evaluate_text("${s}${s}", long)
    with pytest.raises(EvaluationError, match="at most 1000000 characters"):
        parse("[" + ", ".join(["s"] * 20) + "]").evaluate(long)


def test_a_value_can_not_grow_without_end_step_by_step() -> None:
    for text, most in (("[x]", limits.VALUE_DEPTH), ("[x, x]", 20)):
        x: object = 0
        steps = 0
        with pytest.raises(EvaluationError, match="Expected a value of at most"):
            while True:
                x = parse(text).evaluate({"x": x})
                steps += 1
        assert steps <= most


def test_the_worst_text_is_read_in_little_time() -> None:
    worst = ["(" * 4096, "'" * 4095, '"\\' * 2000, "a" * 4096, "1" * 4096, "a?" * 2000, "!" * 4096]
    with within(300):
        for text in worst:
            try:
                parse(text)
            except ExpressionError:
                continue


PIECES = [
    "a", "b", "c", "d", "n", "t", "f", "o", "u", "1", "2.5", "0", "'s'", '"q"', "'", '"', "true",
    "null", "(", ")", "[", "]", ",", ".", "x", "?", ":", "+", "-", "*", "/", "%", "==", "!=", "<",
    "<=", ">", ">=", "&&", "||", "!", "and", "or", "not", "empty", "eq", "append(", "string(",
    "number(", "count(", "contains(", "date(", "concatenate(", "is_set(", ".size()", ".get(", "$",
    ".toUpperCase()", ".startsWith(", "{", "}", "${", "\\", " ", "__class__", "9223372036854775807",
    "1e308", "ә", "\u2028", "=",
]  # fmt: skip


def test_random_texts_never_raise_anything_else() -> None:
    chance = random.Random(275)
    evaluated = 0
    for _ in range(20_000):
        text = " ".join(chance.choices(PIECES, k=chance.randint(1, 12)))
        for attempt in (text, "${" + text + "}", text.replace(" ", "")):
            try:
                result = evaluate_text(attempt, VARIABLES)
                if "${" not in attempt:
                    result = parse(attempt).evaluate(VARIABLES)
            except ExpressionError:
                continue
            json.dumps(result, allow_nan=False)
            evaluated += 1
    assert evaluated > 500


def _expression(chance: random.Random, depth: int) -> str:
    if depth == 0:
        return chance.choice(["a", "b", "c", "d", "n", "t", "f", "7", "0", "0.5", "'s'", "d.x.y"])
    one, two, three = (_expression(chance, depth - 1) for _ in range(3))
    return chance.choice(
        [
            f"({one} {chance.choice(['+', '-', '*', '/', '%'])} {two})",
            f"({one} {chance.choice(['==', '!=', '<', '>=', '&&', '||'])} {two})",
            f"({one} ? {two} : {three})",
            f"[{one}, {two}]",
            f"{chance.choice(['string', 'number', 'count', 'date'])}({one})",
            f"{chance.choice(['append', 'concatenate', 'contains'])}({one}, {two})",
            f"({one})[{two}]",
            f"({one}).{chance.choice(['size()', 'isEmpty()', 'toUpperCase()', 'x'])}",
            f"!{one}",
            f"-{one}",
            f"empty {one}",
        ]
    )


def test_random_well_formed_expressions_never_raise_anything_else() -> None:
    chance = random.Random(395)
    evaluated = 0
    for _ in range(10_000):
        expression = parse(_expression(chance, chance.randint(1, 4)))
        try:
            json.dumps(expression.evaluate(VARIABLES), allow_nan=False)
        except EvaluationError:
            continue
        evaluated += 1
    assert evaluated > 1000
