"""Types as they are written after `instance of` and behind parameters (grammar rules 53 to 57)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.feel import limits
from engine.feel.errors import ExpressionSyntaxError
from engine.feel.grammar.lexer import WORD, Lexer
from engine.feel.grammar.names import normalized
from engine.feel.types import ANY, ContextOf, FeelType, FunctionOf, ListOf, RangeOf, simple_type

_NAME = re.compile(rf"{WORD}(?:\s*\.\s*{WORD}|\s+{WORD}){{0,12}}")
_WORD = re.compile(WORD)
_MEMBER = re.compile(r"[^:,<>]+")
_UNNAMED: Mapping[str, FeelType] = {
    "list": ListOf(ANY),
    "context": ContextOf(()),
    "range": RangeOf(ANY),
}


class TypeReader:
    """Reads types of one text; `types` are those that have a name of their own (a model's)."""

    def __init__(self, lexer: Lexer, types: Mapping[str, FeelType]) -> None:
        self._lexer = lexer
        self._types = types
        self._nesting = 0

    def read(self, position: int) -> tuple[FeelType, int]:
        """The type at a position and the position after it. Raises ExpressionSyntaxError."""
        self._nesting += 1
        if self._nesting > limits.NESTING:
            raise self._error(f"Expected at most {limits.NESTING} levels of nesting", position)
        found = self._read(position)
        self._nesting -= 1
        return found

    def _read(self, position: int) -> tuple[FeelType, int]:
        start = self._lexer.after_space(position)
        word = self._lexer.token(start)
        if word.kind == "word" and self._lexer.token(word.end).is_sign("<"):
            opened = self._lexer.token(word.end).end
            match word.value:
                case "list":
                    return self._one_within(opened, ListOf)
                case "range":
                    return self._one_within(opened, RangeOf)
                case "context":
                    return self._context(opened)
                case "function":
                    return self._function(opened)
        return self._named(start)

    def _named(self, start: int) -> tuple[FeelType, int]:
        """The longest run of words that is the name of a type."""
        match = _NAME.match(self._lexer.text, start)
        words = _WORD.finditer(match.group()) if match else ()
        for length in reversed([word.end() for word in words]):
            end = start + length
            found = self._type(self._lexer.text[start:end])
            if found is not None:
                return found, end
        raise self._error("Expected the name of a type", start)

    def _type(self, written: str) -> FeelType | None:
        name = re.sub(r"\s*\.\s*", ".", normalized(written))
        return self._types.get(name) or simple_type(name) or _UNNAMED.get(name)

    def _one_within(
        self, position: int, make: type[ListOf] | type[RangeOf]
    ) -> tuple[FeelType, int]:
        inner, end = self.read(position)
        return make(inner), self._expect(">", end)

    def _context(self, position: int) -> tuple[FeelType, int]:
        members: list[tuple[str, FeelType]] = []
        while True:
            match = _MEMBER.match(self._lexer.text, self._lexer.after_space(position))
            if match is None:
                raise self._error("Expected the name of a member", position)
            member, position = self.read(self._expect(":", match.end()))
            members.append((normalized(match.group()), member))
            following = self._lexer.token(position)
            if not following.is_sign(","):
                return ContextOf(tuple(members)), self._expect(">", position)
            position = following.end

    def _function(self, position: int) -> tuple[FeelType, int]:
        parameters: list[FeelType] = []
        while not self._lexer.token(position).is_sign(">"):
            if parameters:
                position = self._expect(",", position)
            parameter, position = self.read(position)
            parameters.append(parameter)
        position = self._expect("->", self._expect(">", position))
        result, end = self.read(position)
        return FunctionOf(tuple(parameters), result), end

    def _expect(self, sign: str, position: int) -> int:
        token = self._lexer.token(position)
        if not token.is_sign(sign):
            raise self._error(
                f"Expected {sign!r} in a type, but found {token.shown()}", token.start
            )
        return token.end

    def _error(self, reason: str, position: int) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(reason, self._lexer.text, position)
