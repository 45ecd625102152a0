"""Expressions: `${…}`, evaluated without reflection and within limits.

Comparisons, logic, `?:`, arithmetic, `[a, b]`, `x.y`, `x[0]`, functions by name and a few methods
of strings and lists. Values are JSON's. Null: `==` and `!=` compare with it, other comparisons
with it are false, it counts as false where a condition is asked for, arithmetic with it is an
error. A missing key or index is null, a missing variable is an error (ask `is_set('name')`).
"""

from engine.feel.errors import EvaluationError, ExpressionError, ExpressionSyntaxError
from engine.feel.expression import (
    BUILT_IN_FUNCTIONS,
    Expression,
    evaluate_text,
    find_expressions,
    is_expression,
    parse,
)

__all__ = [
    "BUILT_IN_FUNCTIONS",
    "EvaluationError",
    "Expression",
    "ExpressionError",
    "ExpressionSyntaxError",
    "evaluate_text",
    "find_expressions",
    "is_expression",
    "parse",
]
