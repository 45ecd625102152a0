"""What can be wrong with an expression: its text, or the values it meets."""

from __future__ import annotations

from engine.errors import EngineError


class ExpressionError(EngineError):
    """An expression can't be read or evaluated.

    `text` is the expression without `${ }`, `position` the index in it (0-based) where the reason
    lies, `reason` a sentence without the place.
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
