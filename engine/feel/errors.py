"""What can be wrong with an expression: its text, the values it meets, or how much it asks for."""

from __future__ import annotations

from engine.errors import EngineError

MOST_SHOWN = 120
"""Characters of an expression in a message."""


def excerpt(text: str, position: int) -> tuple[str, int]:
    """What a message shows of an expression: the line around a position, or a piece of it, and
    which character of it that is, from 1."""
    start = text.rfind("\n", 0, position) + 1
    line = text[start:].partition("\n")[0]
    character = position - start
    if len(line) <= MOST_SHOWN:
        return line, character + 1
    begin = max(0, min(character - MOST_SHOWN // 2, len(line) - MOST_SHOWN))
    piece = line[begin : begin + MOST_SHOWN]
    before = "…" if begin else ""
    after = "…" if begin + MOST_SHOWN < len(line) else ""
    return f"{before}{piece}{after}", character - begin + len(before) + 1


class ExpressionError(EngineError):
    """An expression can't be read or evaluated.

    `text` is the expression without `${ }` (with `=`, where it is one that can't be read),
    `position` the index in it (0-based) where the reason lies, `reason` a sentence without the
    place.
    """

    def __init__(self, reason: str, text: str, position: int) -> None:
        shown, character = excerpt(text, position)
        super().__init__(f"{reason}, at character {character} of {shown!r}")
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
