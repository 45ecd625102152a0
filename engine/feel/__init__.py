"""Expressions: `${…}` and FEEL (`= …`), evaluated without reflection and within limits.

Both dialects are parsed to one kind of tree and run by one evaluator. Their values are JSON's when
they come and go.

`${…}` is Camunda's: comparisons, logic, `?:`, arithmetic, `[a, b]`, `x.y`, `x[0]`, functions by
name and a few methods of strings and lists. Null: `==` and `!=` compare with it, other comparisons
with it are false, it counts as false where a condition is asked for, arithmetic with it is an
error. A missing key or index is null, a missing variable is an error (ask `is_set('name')`).

FEEL is that of DMN 1.5. Where it answers null, `Expression.warnings` says why.
"""

from engine.feel.errors import (
    EvaluationError,
    ExpressionError,
    ExpressionSyntaxError,
    LimitExceeded,
)
from engine.feel.expression import (
    BUILT_IN_FUNCTIONS,
    Expression,
    evaluate_text,
    find_expressions,
    is_expression,
    is_feel,
    may_hold_expression,
    parse,
    reasons,
)

__all__ = [
    "BUILT_IN_FUNCTIONS",
    "EvaluationError",
    "Expression",
    "ExpressionError",
    "ExpressionSyntaxError",
    "LimitExceeded",
    "evaluate_text",
    "find_expressions",
    "is_expression",
    "is_feel",
    "may_hold_expression",
    "parse",
    "reasons",
]
