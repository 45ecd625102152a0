"""Makes an attack, and says what came of it."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from engine.dmn.decisions import compile_models
from engine.dmn.problems import DmnRefused
from engine.dmn.reading import read_model
from engine.feel import parse
from engine.feel.errors import EvaluationError, ExpressionSyntaxError, LimitExceeded
from tests.engine.feel.attacks.attack import (
    Attack,
    Failed,
    ModelAttack,
    Null,
    Outcome,
    Refused,
    Stopped,
    Value,
)

MOST_SECONDS = 60.0
"""Seconds on the processor after which an attack that does not end is interrupted."""


class TooLong(BaseException):
    """The attack did not end in time. No expression's code may catch it."""


@contextmanager
def watched() -> Iterator[None]:
    """Raises TooLong when what is inside does not end within MOST_SECONDS."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TooLong(f"Expected an end within {MOST_SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def make(attack: Attack | ModelAttack) -> Outcome:
    """What comes of an attack. A result is one that JSON can hold, or AssertionError."""
    outcome = _made(attack)
    if isinstance(outcome, Value):
        json.dumps(outcome.value, ensure_ascii=False, allow_nan=False).encode()
    return outcome


def _made(attack: Attack | ModelAttack) -> Outcome:
    run = _prepare(attack)
    return run if not callable(run) else _ended(run)


def _prepare(attack: Attack | ModelAttack) -> Callable[[], Outcome] | Refused:
    try:
        if isinstance(attack, ModelAttack):
            return _of_model(attack)
        return _of_expression(attack)
    except (ExpressionSyntaxError, DmnRefused) as error:
        return Refused(str(error))


def _ended(run: Callable[[], Outcome]) -> Outcome:
    try:
        return run()
    except LimitExceeded as error:
        return Stopped(error.reason)
    except EvaluationError as error:
        return Failed(error.reason)


def _of_expression(attack: Attack) -> Callable[[], Outcome]:
    written = f"= {attack.text}" if attack.dialect == "feel" else f"${{{attack.text}}}"
    expression = parse(written)

    def run() -> Outcome:
        value = expression.evaluate(attack.given)
        if value is not None:
            return Value(value)
        return _value_or_null(None, [each.reason for each in expression.warnings(attack.given)])

    return run


def _of_model(attack: ModelAttack) -> Callable[[], Outcome]:
    decisions = compile_models([read_model(attack.xml, "attack.dmn")])

    def run() -> Outcome:
        outcome = decisions.evaluate(attack.decision, attack.given)
        for notice in outcome.warnings:
            if notice.severity == "error":
                return Failed(notice.reason)
        return _value_or_null(outcome.value, [notice.reason for notice in outcome.warnings])

    return run


def _value_or_null(value: object, reasons: list[str]) -> Outcome:
    return Value(value) if value is not None or not reasons else Null("; ".join(reasons))
