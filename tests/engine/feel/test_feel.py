from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.feel import ExpressionSyntaxError, LimitExceeded, feel
from engine.feel.errors import LimitReached
from engine.feel.types import NUMBER, ListOf
from tests.support.pace import within


def _frame(functions: feel.Functions | None = None, **values: object) -> feel.Frame:
    given = {name: feel.from_json(value) for name, value in values.items()}
    return feel.Frame(given, None, feel.Evaluation(functions or {}))


def test_an_expression_knows_its_text_tree_and_names() -> None:
    expression = feel.parse_expression(" a + b ")
    assert expression.text == " a + b "
    assert expression.names == {"a": 1, "b": 5}
    assert type(expression.tree).__name__ == "Operation"
    assert repr(expression) == "FeelExpression(' a + b ')"
    assert expression.run(_frame(a=1, b=2)) == 3


def test_unary_tests_know_theirs() -> None:
    tests = feel.parse_unary_tests("< a")
    assert tests.names == {"a": 2}
    assert repr(tests) == "FeelUnaryTests('< a')"
    assert tests.run(_frame(a=5), feel.from_json(4)) is True


def test_named_types() -> None:
    types = {"Ages": ListOf(NUMBER)}
    assert feel.parse_expression("[1] instance of Ages", types=types).run(_frame()) is True
    assert feel.parse_expression('["a"] instance of Ages', types=types).run(_frame()) is False
    typed = feel.parse_expression("(function(a: Ages) a)(1)", types=types)
    assert typed.run(_frame()) == [1]


@pytest.mark.parametrize(
    ("text", "expected"), [("1..3", [1, 2, 3]), ("[1, 2]", [1, 2]), ("a..a + 1", [5, 6])]
)
def test_domains(text: str, expected: list[int]) -> None:
    assert feel.parse_domain(text).run(_frame(a=5)) == expected


def test_a_domain_that_is_none() -> None:
    with pytest.raises(ExpressionSyntaxError, match="Expected a value"):
        feel.parse_domain("1..")


def test_within_limits_names_the_limit_and_the_text() -> None:
    evaluation = feel.Evaluation()
    within = feel.WithinLimits("the text", evaluation)
    with pytest.raises(LimitExceeded, match="Expected at most 5 things") as caught, within:
        raise LimitReached("things", 5)
    assert caught.value.text == "the text"
    with pytest.raises(LimitExceeded, match="less deeply nested"), within:
        raise RecursionError
    with pytest.raises(ValueError, match="another"), within:
        raise ValueError("another")


def test_one_budget_for_all_expressions_of_an_evaluation() -> None:
    frame = _frame()
    expression = feel.parse_expression("some i in 1..60000 satisfies false")
    with pytest.raises(LimitReached, match="steps"):
        for _ in range(100):
            expression.run(frame)


def test_the_clock() -> None:
    now = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    frame = _frame(feel.clock_functions(now))
    assert feel.to_json(feel.parse_expression("today()").run(frame)) == "2024-02-29"
    assert feel.parse_expression("now().hour").run(frame) == 12
    assert feel.clock_functions(now)["today"]() == date(2024, 2, 29)


def test_closures_are_quick() -> None:
    expression = feel.parse_expression('if a > 3 and b = "x" then a * 2 else a + 1')
    frame = _frame(a=5, b="x")
    with within(500):
        for _ in range(10_000):
            expression.run(feel.Frame(frame.values, None, feel.Evaluation()))
