"""What can be wrong with an expression: its text, the values it meets, or how much it asks for."""

from __future__ import annotations

from engine.errors import EngineError


class ExpressionError(EngineError):
    """An expression can't be read or evaluated.

    `text` is the expression without `${ }` or `=`, `position` the index in it (0-based) where the
    reason lies, `reason` a sentence without the place.
    """

    def __init__(self, reason: str, text: str, position: int) -> None:
        shown = text if len(text) <= 120 else text[:117] + "..."
        super().__init__(f"{reason}, at character {position + 1} of {shown!r}")
        self.reason = reason
        self.text = text
        self.position = position


class ExpressionSyntaxError(ExpressionError):
    """The text is not an expression."""


class EvaluationError(ExpressionError):
    """The expression can't be evaluated with these variables and functions."""


class LimitExceeded(EvaluationError):
    """The expression asks for more than an expression may: the reason names the limit."""


class Unfit(Exception):
    """A value does not fit an operation; the sentence says what was expected and what was found.

    FEEL answers with null and keeps the sentence as a warning, `${…}` raises EvaluationError.
    """


class LimitReached(Exception):
    """An operation would go beyond one of the limits; the whole evaluation stops."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"Expected at most {most} {what}")
        self.what = what
        self.most = most
