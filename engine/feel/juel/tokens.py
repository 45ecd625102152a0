"""Cuts the text of an expression into tokens."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from engine.feel import limits
from engine.feel.errors import ExpressionSyntaxError

Kind = Literal["number", "string", "name", "operator", "end"]

WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "empty": "empty",
}
"""Words that are operators, and the operator each is."""

RESERVED = frozenset(WORDS) | {"true", "false", "null", "instanceof"}

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
      | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<name>[^\W\d]\w*)
      | (?P<operator>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:()\[\],.}])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Token:
    """`value` is the operator, the name, or the value of a literal."""

    kind: Kind
    value: object
    position: int

    def shown(self) -> str:
        return "the end" if self.kind == "end" else repr(self.value)


def tokenize(text: str, start: int = 0) -> list[Token]:
    """Tokens from `start` up to the end or the `}` that closes the expression.

    The last token is of kind "end"; its position is that of the `}` or the length of the text.
    Raises ExpressionSyntaxError.
    """
    tokens: list[Token] = []
    position = start
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionSyntaxError(_unreadable(text[position]), text, position)
        if match.group() == "}":
            break
        if match.lastgroup != "space":
            tokens.append(_token(match, text))
        position = match.end()
    tokens.append(Token("end", None, position))
    return tokens


def _token(match: re.Match[str], text: str) -> Token:
    written, position = match.group(), match.start()
    if match.lastgroup == "number":
        return Token("number", _number(written, text, position), position)
    if match.lastgroup == "string":
        return Token("string", _string(written, text, position), position)
    if match.lastgroup == "name":
        return Token("name", written, position)
    return Token("operator", written, position)


def _number(written: str, text: str, position: int) -> int | float:
    if written.isdigit():
        if len(written) <= 19 and int(written) <= limits.INTEGER:
            return int(written)
        raise ExpressionSyntaxError("Expected an integer of at most 64 bits", text, position)
    number = float(written)
    if not math.isfinite(number):
        raise ExpressionSyntaxError("Expected a number within range", text, position)
    return number


def _string(written: str, text: str, position: int) -> str:
    def unescaped(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPED:
            raise ExpressionSyntaxError(
                f"Expected one of \\\\ \\' \\\" \\n \\r \\t in a string, but found {match[0]}",
                text,
                position + 1 + match.start(),
            )
        return _ESCAPED[match[1]]

    return _ESCAPE.sub(unescaped, written[1:-1])


def _unreadable(character: str) -> str:
    if character in "'\"":
        return f"Expected the string to be closed with {character}"
    if character in "&|=":
        doubled = character * 2
        return f"Expected {doubled}, but found {character}"
    return f"Expected an expression, but found {character!r}"
