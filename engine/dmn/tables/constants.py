"""Expressions whose value no input changes: `"High"`, `-5`, `date("2026-01-01")`."""

from __future__ import annotations

from collections.abc import Collection

from engine.feel import syntax
from engine.feel.budget import Budget
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import LimitExceeded
from engine.feel.evaluator.feel_builder import FeelBuilder
from engine.feel.feel import Evaluation, Frame, WithinLimits
from engine.feel.free_names import free_names

_STEPS = 10_000
"""Enough for a text that spells a value; a calculation may wait for the evaluation."""


class NotConstant(Exception):
    """The value depends on more than the text, or the text has none."""


def constant(node: syntax.Node) -> object:
    """The value of an expression that reads no variable. Raises NotConstant."""
    if isinstance(node, syntax.Literal):
        return node.value
    value, reasons = _evaluated(node)
    if reasons:
        raise NotConstant
    return value


def reason_for_null(node: syntax.Node, hidden: Collection[str]) -> str | None:
    """Why an expression that reads no variable is null; None where it is something.

    `hidden` are the built-in functions that a name in scope hides. Raises NotConstant.
    """
    value, reasons = _evaluated(node, hidden)
    return reasons[0] if value is None and reasons else None


def _evaluated(node: syntax.Node, hidden: Collection[str] = ()) -> tuple[object, list[str]]:
    """The value of an expression that reads no variable, and what was missing in it."""
    if not _is_closed(node, hidden):
        raise NotConstant
    evaluation = Evaluation(budget=Budget(_STEPS))
    try:
        with WithinLimits("", evaluation):
            value = FeelBuilder("").build(node)(Frame({}, None, evaluation))
    except LimitExceeded:
        raise NotConstant from None
    return value, [each.reason for each in evaluation.warnings]


def _is_closed(node: syntax.Node, hidden: Collection[str] = ()) -> bool:
    """Whether all names of a tree are those of built-in functions, none of them hidden."""
    free = free_names(node)
    names = {*free.variables, *free.possible, *free.functions}
    asks_input = any(
        isinstance(each, syntax.Name) and each.name == syntax.INPUT
        for each, _ in syntax.descendants(node)
    )
    return not asks_input and names <= BUILT_INS.keys() - set(hidden)
