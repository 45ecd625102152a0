"""Cuts FEEL text into tokens, one at a time, from wherever the parser stands.

Names may hold spaces and signs, so what a word means depends on the names in scope: the lexer
gives single words, `names.py` joins them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from engine.feel import limits
from engine.feel.errors import ExpressionSyntaxError, Unfit
from engine.feel.numbers import read_number

Kind = Literal["number", "string", "at", "word", "sign", "end"]

_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
WORD = f"[{_START}][{_PART}]*"
"""A word: name start character and name part characters (grammar rules 27 to 29)."""

PART = re.compile(f"[{_PART}]")

_SPACE = re.compile(
    r"(?:[\s\u0085\u180e\u200b\ufeff\u2060]+|//[^\n\r]*|/\*(?:[^*]|\*(?!/))*+\*/)*+"
)
_TOKEN = re.compile(
    rf"""(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
       | (?P<at>@"(?:[^"\\]|\\.)*")
       | (?P<string>"(?:[^"\\]|\\.)*")
       | (?P<word>{WORD})
       | (?P<sign>\*\*|\.\.|<=|>=|!=|->|[-+*/<>=()\[\]{{}},:.])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([\\'\"nrt])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6}))")
_ESCAPED = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "r": "\r", "t": "\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Token:
    """`value` is a Decimal for a number, the text of a string, else what is written."""

    kind: Kind
    value: object
    start: int
    end: int

    def is_sign(self, sign: str) -> bool:
        return self.kind == "sign" and self.value == sign

    def is_word(self, word: str) -> bool:
        return self.kind == "word" and self.value == word

    def shown(self) -> str:
        return "the end" if self.kind == "end" else repr(str(self.value)[:40])


class Lexer:
    """Reads tokens of one text. Raises ExpressionSyntaxError."""

    def __init__(self, text: str) -> None:
        if len(text) > limits.FEEL_LENGTH:
            raise ExpressionSyntaxError(
                f"Expected at most {limits.FEEL_LENGTH} characters, but found {len(text)}", text, 0
            )
        self.text = text
        self._tokens: dict[int, Token] = {}

    def after_space(self, position: int) -> int:
        """The next position that is neither space nor comment."""
        match = _SPACE.match(self.text, position)
        return match.end() if match else position

    def token(self, position: int) -> Token:
        """The token at or after a position."""
        token = self._tokens.get(position)
        if token is None:
            token = self._tokens[position] = self._read(self.after_space(position))
        return token

    def _read(self, start: int) -> Token:
        if start == len(self.text):
            return Token("end", None, start, start)
        if self.text.startswith("/*", start):
            raise self._error("Expected the comment to be closed with */", start)
        match = _TOKEN.match(self.text, start)
        if match is None:
            raise self._error(self._unreadable(start), start)
        written, end = match.group(), match.end()
        match match.lastgroup:
            case "number":
                return Token("number", self._number(written, start), start, end)
            case "string":
                return Token("string", self._string(written, start), start, end)
            case "at":
                return Token("at", self._string(written[1:], start + 1), start, end)
            case "word":
                return Token("word", written, start, end)
        return Token("sign", written, start, end)

    def _number(self, written: str, start: int) -> Decimal:
        try:
            return read_number(written)
        except Unfit as unfit:
            raise self._error(_sentence(unfit), start) from None

    def _string(self, written: str, start: int) -> str:
        """What a string spells; a backslash that begins no escape is a character like any."""

        def unescaped(match: re.Match[str]) -> str:
            if match[1]:
                return _ESCAPED[match[1]]
            code = int(match[2] or match[3], 16)
            if code <= 0x10FFFF:
                return chr(code)
            raise self._error(
                f"Expected the code of a character, but found {match[0]!r}",
                start + 1 + match.start(),
            )

        spelled = written[1:-1]
        if "\\" in spelled:
            spelled = _SURROGATES.sub(_joined, _ESCAPE.sub(unescaped, spelled))
        if _SURROGATE.search(spelled):
            raise self._error(
                "Expected whole characters in a string, but found half of a pair", start
            )
        return spelled

    def _error(self, reason: str, position: int) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(reason, self.text, position)

    def _unreadable(self, start: int) -> str:
        character = self.text[start]
        if character in '"@':
            return 'Expected the string to be closed with "'
        return f"Expected an expression, but found {character!r}"


def _joined(pair: re.Match[str]) -> str:
    return pair.group().encode("utf-16", "surrogatepass").decode("utf-16")


def _sentence(reason: object) -> str:
    words = str(reason)
    return words[:1].upper() + words[1:]
