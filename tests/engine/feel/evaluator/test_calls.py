from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.errors import EngineError
from engine.feel import EvaluationError, LimitExceeded, feel
from engine.feel.evaluator.calls import GivenFunction
from tests.support.feel_texts import evaluated, exact, value, warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abs(-1)", 1),
        ("abs(n: -1)", 1),
        ('substring(start position: 2, string: "abc")', "bc"),
        ("(function(a, b) a - b)(5, 2)", 3),
        ("(function(a, b) a - b)(b: 5, a: 2)", -3),
        ("(function() 1)()", 1),
        ("{make: function(x) function(y) x + y, r: make(1)(2)}.r", 3),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r", 2432902008176640000),
        ("{x: 1, f: function() x, g: {x: 2, r: f()}}.g.r", 1),
        ("{count: 5, r: count([1, 2])}.r", 2),
        ("{abs: function(x) 7, r: abs(-1)}.r", 7),
        ("{f: abs, r: f(-1)}.r", 1),
        ("(if true then abs else floor)(-1.5)", 1.5),
        ("sort([3, 1, 2], function(x, y) x > y)", [3, 2, 1]),
        ('(function(a: string) a)([["x"]][1])', "x"),
        ("(function(a: list<number>) a)(1)", [1]),
        ("(function(a: number) a)(null)", None),
    ],
)
def test_calls(text: str, expected: object) -> None:
    assert value(text) == exact(expected)


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("1 + f(1)", 5, "Expected a function that exists, but found f"),
        ("1 + a(1)", 5, "Expected a function that exists, but found a"),
        ("1(2)", 1, "Expected a function to call, but found a number"),
        ("abs()", 3, "Expected abs(n), but found 0 argument(s)"),
        ("abs(x: 1)", 3, "Expected abs(n), but found the arguments x"),
        ("(function(a) a)(1, 2)", 15, "Expected 1 argument(s), but found 2"),
        ("(function(a, b) a)(a: 1)", 18, "Expected the arguments a, b, but found a"),
        ("(function(a: string) a)(1)", 23, "Expected a value of type string, but found a number"),
        (
            "function(a) external {}",
            0,
            "Expected a function in FEEL; external functions are never run",
        ),
    ],
)
def test_what_can_not_be_called(text: str, position: int, reason: str) -> None:
    assert (position, reason) in warnings(text, a=5)
    assert value(text, a=5) is None


def _fails() -> None:
    raise EngineError("the register is closed")


def _days(n: int, from_: object = None) -> list[object]:
    return [n, from_]


GIVEN: dict[str, Callable[..., object]] = {
    "double": lambda number: number * 2,
    "joined": lambda *each: list(each),
    "day": lambda: date(2024, 2, 29),
    "days": _days,
    "fails": _fails,
    "tuple": lambda: (1, 2.5),
}


def _given(text: str) -> tuple[object, list[str]]:
    evaluation = feel.Evaluation(GIVEN)
    with feel.WithinLimits(text, evaluation):
        result = feel.parse_expression(text).run(feel.Frame({}, None, evaluation))
    return exact(result), [each.reason for each in evaluation.warnings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("double(21)", 42),
        ("double(0.1)", 0.2),
        ('joined(1, "a", [true], {b: null})', [1, "a", [True], {"b": None}]),
        ("day().year", 2024),
        ('day() = @"2024-02-29"', True),
        ("tuple()", [1, 2.5]),
        ("days(3)", [3, None]),
        ('days(3, @"2024-02-29")', [3, "2024-02-29"]),
        ("days(n: 3)", [3, None]),
        ('days(from: "x", n: 3)', [3, "x"]),
        ("{double: function(x) x, r: double(21)}.r", 21),
    ],
)
def test_functions_that_are_given(text: str, expected: object) -> None:
    assert _given(text) == (exact(expected), [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fails()", "In fails: the register is closed"),
        ("double()", "Expected double(number), but found 0 argument(s)"),
        ("double(null)", "In double: "),
        ("double(other: 1)", "Expected double(number), but found other"),
        ("days(null)", "Expected a whole number for n, but found null"),
        ('days("3")', "Expected a whole number for n, but found a string"),
        ("days(2.7)", "Expected a whole number for n, but found 2.7"),
        ("days(true)", "Expected a whole number for n, but found a boolean"),
        ("joined(abs)", "Expected a value that a variable can hold, but found a function"),
    ],
)
def test_given_functions_that_fail(text: str, reason: str) -> None:
    found, reasons = _given(text)
    assert found is None
    assert len(reasons) == 1
    assert reasons[0].startswith(reason)


def test_an_error_of_another_expression_is_not_swallowed() -> None:
    def inner() -> object:
        raise EvaluationError("Inner", "text", 0)

    with pytest.raises(EvaluationError, match="Inner"):
        GivenFunction("inner", inner).invoke([])


@pytest.mark.parametrize(
    "text",
    [
        "{f: function(n) f(n)}.f(1)",
        "{f: function(n) 1 + f(n)}.f(1)",
        "{f: function(n) if true then f(n) else 0}.f(1)",
        "{f: function(n) for i in [1] return f(n)}.f(1)",
        "{f: function(n) some i in [1] satisfies f(n)}.f(1)",
        "{f: function(n) [1][f(n)]}.f(1)",
        "{f: function(n) 1 in (f(n))}.f(1)",
        "{f: function(n) {a: f(n)}}.f(1)",
        "{f: function(n) f(n: n)}.f(1)",
        "{f: function(a, b) sort([1, 2], f)}.f(1, 2)",
        "{f: function(n) [[f(n)]]}.f(1)",
        "{f: function(n) g(n), g: function(n) f(n)}.f(1)",
    ],
)
def test_recursion_without_end_is_stopped(text: str) -> None:
    with pytest.raises(LimitExceeded, match="nodes evaluated within each other"):
        evaluated(text)


def test_recursion_that_branches_is_stopped() -> None:
    with pytest.raises(LimitExceeded, match="steps in one evaluation"):
        evaluated("{f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(30)}.r")


def test_the_height_is_given_back_after_each_call() -> None:
    text = "{f: function(n) if n = 0 then 0 else f(n - 1), r: for i in 1..500 return f(20)}.r"
    assert value(text) == exact([0] * 500)
