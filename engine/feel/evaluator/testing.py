"""Unary tests: whether a value passes a cell, or what stands after `in` (DMN 1.5, 7.3.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.errors import Unfit
from engine.feel.evaluator.builder import Run
from engine.feel.evaluator.frame import Frame
from engine.feel.evaluator.operations import OPERATIONS, matches

if TYPE_CHECKING:
    from engine.feel.evaluator.feel_builder import FeelBuilder

RunTest = Callable[[Frame, object], bool | None]


def in_(builder: FeelBuilder, node: syntax.In) -> Run:
    value = builder.build(node.value)
    tests = [test(builder, each) for each in node.tests]
    unfit, position = builder.unfit, node.position

    def run(frame: Frame) -> object:
        result = _any(tests, frame, value(frame))
        if result is None:
            return unfit(frame, Unfit("expected values that can be compared"), position)
        return result

    return run


def test(builder: FeelBuilder, node: syntax.Test) -> RunTest:
    """The closure of one test, or of a cell."""
    match node:
        case syntax.UnaryTests():
            return _tests(builder, node)
        case syntax.Comparison():
            return _comparison(builder, node)
        case syntax.Matching():
            return _asking(builder, node) if node.asks_input else _matching(builder, node)


def _tests(builder: FeelBuilder, node: syntax.UnaryTests) -> RunTest:
    if not node.tests:
        return lambda frame, value: True
    tests = [test(builder, each) for each in node.tests]
    if len(tests) == 1 and not node.is_negated:
        return tests[0]
    if not node.is_negated:
        return lambda frame, value: _any(tests, frame, value)

    def none(frame: Frame, value: object) -> bool | None:
        result = _any(tests, frame, value)
        return None if result is None else not result

    return none


def _any(tests: list[RunTest], frame: Frame, value: object) -> bool | None:
    """Disjunction of three values: true wins, then null."""
    whole: bool | None = False
    for each in tests:
        result = each(frame, value)
        if result is True:
            return True
        if result is None:
            whole = None
    return whole


def _comparison(builder: FeelBuilder, node: syntax.Comparison) -> RunTest:
    operation, operand = OPERATIONS[node.operator], builder.build(node.operand)
    unfit, position = builder.unfit, node.position

    def run(frame: Frame, value: object) -> bool | None:
        try:
            return operation(value, operand(frame)) is True
        except Unfit as reason:
            unfit(frame, reason, position)
            return None

    return run


def _asking(builder: FeelBuilder, node: syntax.Matching) -> RunTest:
    """An expression about `?`: true or false."""
    expression = builder.build(node.value)

    def run(frame: Frame, value: object) -> bool | None:
        result = expression(frame.child({syntax.INPUT: value}))
        return result if isinstance(result, bool) else None

    return run


def _matching(builder: FeelBuilder, node: syntax.Matching) -> RunTest:
    """An expression that gives what the value is to match; or that is true, whatever the value."""
    expression = builder.build(node.value)
    is_constant = isinstance(node.value, syntax.Literal)
    is_range = isinstance(node.value, syntax.RangeLiteral)
    unfit, position = builder.unfit, node.position

    def run(frame: Frame, value: object) -> bool | None:
        candidate = expression(frame)
        if isinstance(candidate, bool) and not is_constant and not isinstance(value, bool):
            return candidate
        if candidate is None and (is_range or (value is not None and not is_constant)):
            return None
        try:
            return matches(value, candidate)
        except Unfit as reason:
            unfit(frame, reason, position)
            return None

    return run
