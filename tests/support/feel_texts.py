"""FEEL texts, evaluated: values, reasons for null with their positions, and syntax errors."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pytest

from engine.feel import ExpressionSyntaxError, feel
from tests.support import feel_calls

__all__ = ["evaluated", "exact", "passes", "syntax_error", "value", "warnings"]


def evaluated(
    text: str, names: Collection[str] = (), **variables: object
) -> tuple[object, list[tuple[int, str]]]:
    """The FEEL value of a text, and its warnings as (position, reason)."""
    evaluation = feel.Evaluation()
    given = {name: feel.from_json(each) for name, each in variables.items()}
    with feel.WithinLimits(text, evaluation):
        result = feel.parse_expression(text, names).run(feel.Frame(given, None, evaluation))
    return result, [(each.position, each.reason) for each in evaluation.warnings]


def value(text: str, names: Collection[str] = (), **variables: object) -> object:
    return exact(evaluated(text, names, **variables)[0])


def warnings(text: str, **variables: object) -> list[tuple[int, str]]:
    return evaluated(text, (), **variables)[1]


def passes(
    cell: str, tested: object, names: Collection[str] = (), **variables: object
) -> bool | None:
    """Whether a value passes a cell of unary tests."""
    evaluation = feel.Evaluation()
    given = {name: feel.from_json(each) for name, each in variables.items()}
    with feel.WithinLimits(cell, evaluation):
        tests = feel.parse_unary_tests(cell, names)
        return tests.run(feel.Frame(given, None, evaluation), feel.from_json(tested))


def exact(value: object) -> object:
    """The value with its numbers marked, so that `true` is not equal to 1; ints become numbers."""
    return _marked(feel_calls.feel(value))


def _marked(value: object) -> object:
    if isinstance(value, Decimal):
        return ("number", value)
    if isinstance(value, list):
        return [_marked(item) for item in value]
    if isinstance(value, dict):
        return {name: _marked(item) for name, item in value.items()}
    return value


def syntax_error(text: str, names: Collection[str] = ()) -> tuple[int, str]:
    """The position and the reason why a text is no expression."""
    with pytest.raises(ExpressionSyntaxError) as caught:
        feel.parse_expression(text, names)
    assert caught.value.text == text
    return caught.value.position, caught.value.reason
