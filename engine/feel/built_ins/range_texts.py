"""range: from a text such as `[18..21)` or `(..@"2024-12-31"]` (DMN 1.5, 10.3.4.1).

The ends are literals of one kind: numbers, strings, dates, times and durations. One of them may be
missing behind a bracket that does not include it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel import temporal
from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.comparing import compare
from engine.feel.errors import ExpressionSyntaxError, Unfit
from engine.feel.grammar.lexer import Lexer, Token
from engine.feel.numbers import CONTEXT
from engine.feel.values import Range

_STARTS = {"[": True, "(": False, "]": False}
_ENDS = {"]": True, ")": False, "[": False}
_FUNCTIONS: Mapping[str, Callable[[str], object]] = {
    "date": temporal.parse_date,
    "time": temporal.parse_time,
    "date and time": temporal.parse_date_time,
    "duration": temporal.parse_duration,
}


@built_in("range", "from")
def range_from(text: object) -> Range:
    try:
        bounds = _RangeText(arguments.text(text, "from")).read()
    except ExpressionSyntaxError as error:
        raise Unfit("expected a range such as [1..10] of literals") from error
    if bounds.start is None and bounds.end is None:
        raise Unfit("expected a range with at least one end")
    if (bounds.start is None and bounds.start_included) or (
        bounds.end is None and bounds.end_included
    ):
        raise Unfit("expected a round bracket where a range has no end")
    if (
        bounds.start is not None
        and bounds.end is not None
        and compare(bounds.start, bounds.end) > 0
    ):
        raise Unfit("expected a range whose start is not behind its end")
    return bounds


class _RangeText:
    """Reads one range, token by token. Raises Unfit or ExpressionSyntaxError."""

    def __init__(self, text: str) -> None:
        self._lexer = Lexer(text)
        self._next = self._lexer.token(0)

    def read(self) -> Range:
        start_included = self._bracket(_STARTS)
        start = None if self._next.is_sign("..") else self._literal()
        if not self._take().is_sign(".."):
            raise Unfit("expected '..' in a range")
        end = None if self._is_bracket(_ENDS) else self._literal()
        end_included = self._bracket(_ENDS)
        if self._next.kind != "end":
            raise Unfit(f"expected nothing after a range, but found {self._next.shown()}")
        return Range(start, end, start_included, end_included)

    def _take(self) -> Token:
        token = self._next
        self._next = self._lexer.token(token.end)
        return token

    def _is_bracket(self, brackets: Mapping[str, bool]) -> bool:
        return self._next.kind == "sign" and self._next.value in brackets

    def _bracket(self, brackets: Mapping[str, bool]) -> bool:
        if not self._is_bracket(brackets):
            raise Unfit(f"expected a bracket of a range, but found {self._next.shown()}")
        return brackets[str(self._take().value)]

    def _literal(self) -> object:
        token = self._take()
        if token.is_sign("-"):
            return CONTEXT.minus(self._number())
        match token.kind:
            case "number" | "string":
                return token.value
            case "at":
                return temporal.parse_literal(str(token.value))
            case "word":
                return self._called(str(token.value))
        raise Unfit(f"expected a literal in a range, but found {token.shown()}")

    def _number(self) -> Decimal:
        token = self._take()
        if not isinstance(token.value, Decimal):
            raise Unfit(f"expected a number behind -, but found {token.shown()}")
        return token.value

    def _called(self, name: str) -> object:
        """`date("…")`, from the word after which the text goes on."""
        while self._next.kind == "word":
            name += f" {self._take().value}"
        if name not in _FUNCTIONS:
            raise Unfit(f"expected a literal in a range, but found {name[:40]!r}")
        opening, argument, closing = self._take(), self._take(), self._take()
        if not (opening.is_sign("(") and argument.kind == "string" and closing.is_sign(")")):
            raise Unfit(f"expected a text in the brackets of {name}")
        return _FUNCTIONS[name](str(argument.value))
