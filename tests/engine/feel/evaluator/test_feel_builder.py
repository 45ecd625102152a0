from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.feel import feel
from tests.support.feel_texts import exact, value, warnings

ORDERED = "Expected two values of one ordered kind"
TRUE, FALSE, NULL = "true", "false", "null"


@pytest.mark.parametrize(
    ("left", "right", "conjunction", "disjunction"),
    [
        (TRUE, TRUE, True, True),
        (TRUE, FALSE, False, True),
        (FALSE, TRUE, False, True),
        (FALSE, FALSE, False, False),
        (TRUE, NULL, None, True),
        (NULL, TRUE, None, True),
        (FALSE, NULL, False, None),
        (NULL, FALSE, False, None),
        (NULL, NULL, None, None),
        (TRUE, '"a"', None, True),
        ('"a"', TRUE, None, True),
        (FALSE, "1", False, None),
        ("1", FALSE, False, None),
        ("1", "1", None, None),
    ],
)
def test_logic_of_three_values(
    left: str, right: str, conjunction: bool | None, disjunction: bool | None
) -> None:
    assert value(f"{left} and {right}") is conjunction
    assert value(f"{left} or {right}") is disjunction


def test_what_decides_first_is_enough() -> None:
    assert warnings("false and unknown = 1") == []
    assert warnings("true or unknown = 1") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", 5),
        ("[a, {b: a}]", [5, {"b": 5}]),
        ("{a: 1, r: a}.r", 1),
        ("{r: a, a: 1}.r", 5),
        ("if a > 3 then 1 else 2", 1),
        ("1 instance of number", True),
        ("null instance of Null", True),
        ("null instance of number", False),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("[1..2] instance of range<number>", True),
        ("(function(a: number) a) instance of function<number>->Any", True),
        ('@"P1Y" instance of years and months duration and true', True),
        ("abs = abs", True),
        ("abs = floor", False),
        ("abs instance of function<number>->number", True),
    ],
)
def test_values(text: str, expected: object) -> None:
    assert value(text, a=5) == exact(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1 + b",
            [
                (4, "Expected variable b to be set"),
                (2, "Expected two values around +, but found a number and null"),
            ],
        ),
        ("true and 1", [(5, "Expected two booleans, but found a boolean and a number")]),
        ("if 1 then 2 else 3", [(3, "Expected true or false, but found a number")]),
        ('1 = "a"', [(2, "Expected two values of one kind, but found a number and a string")]),
        ("null", []),
        ("null = null", []),
        ("1 < 2 < 3", [(6, f"{ORDERED}, but found a boolean and a number")]),
        ("-null", [(0, "Expected a value after -, but found null")]),
    ],
)
def test_reasons_for_null(text: str, expected: list[tuple[int, str]]) -> None:
    assert warnings(text) == expected


def test_no_more_warnings_are_kept_than_their_limit() -> None:
    assert len(warnings("for i in 1..1000 return unknown")) == 100


def test_one_expression_runs_in_many_threads() -> None:
    text = "{f: function(n) if n = 0 then a else f(n - 1), r: for i in 1..30 return f(i) + i}.r"
    expression = feel.parse_expression(text)

    def run(number: int) -> object:
        evaluation = feel.Evaluation()
        frame = feel.Frame({"a": feel.from_json(number)}, None, evaluation)
        with feel.WithinLimits(text, evaluation):
            return feel.to_json(expression.run(frame))

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(run, range(64)))
    assert results == [[number + i for i in range(1, 31)] for number in range(64)]
