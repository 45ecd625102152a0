"""Expressions and the texts that hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from engine.feel import limits, values
from engine.feel.errors import EvaluationError, ExpressionSyntaxError
from engine.feel.functions import FUNCTIONS
from engine.feel.juel import closures, syntax
from engine.feel.juel.parser import Parser
from engine.feel.juel.tokens import tokenize

Functions = Mapping[str, Callable[..., object]]

BUILT_IN_FUNCTIONS = frozenset(FUNCTIONS) | {closures.IS_SET}
"""Functions that need not be given to `evaluate`."""

_SCALARS = frozenset({bool, int, float, str, type(None)})
_NO_FUNCTIONS: Functions = MappingProxyType({})
_OPENING = "${"


class Expression:
    """One parsed expression.

    `text` is without `${ }`. `names` are the variables it may read, `functions` the functions it
    calls (built-in ones too), `tested_names` the variables it asks for with `is_set('…')`.
    """

    __slots__ = ("_run", "functions", "names", "tested_names", "text")

    def __init__(self, text: str) -> None:
        tree = Parser(tokenize(text), text).parse()
        nodes = [node for node, _ in syntax.descendants(tree)]
        calls = [node for node in nodes if isinstance(node, syntax.FunctionCall)]
        self.text = text
        self.names = frozenset(node.name for node in nodes if isinstance(node, syntax.Name))
        self.functions = frozenset(call.name for call in calls)
        self.tested_names = frozenset(
            argument.value
            for call in calls
            if call.name == closures.IS_SET
            for argument in call.arguments
            if isinstance(argument, syntax.Literal) and isinstance(argument.value, str)
        )
        self._run = closures.build(tree, text)

    def evaluate(
        self, variables: Mapping[str, object], functions: Functions = _NO_FUNCTIONS
    ) -> object:
        """The value: null, bool, int, float, str, list or mapping.

        `functions` win over built-in ones of the same name. Raises EvaluationError.
        """
        value = self._run(variables, functions)
        if type(value) not in _SCALARS and not values.fits(value):
            raise EvaluationError(
                f"Expected a value of at most {limits.VALUE_SIZE} characters and "
                f"{limits.VALUE_DEPTH} levels",
                self.text,
                0,
            )
        return value

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def parse(text: str) -> Expression:
    """Parses `${a > 1}` or `a > 1`. The same text gives the same object.

    Raises ExpressionSyntaxError.
    """
    stripped = text.strip()
    if not stripped.startswith(_OPENING):
        return _parse_bare(stripped)
    read = _read(text)
    if isinstance(read, Expression):
        return read
    end = _closing(stripped, len(_OPENING))
    raise ExpressionSyntaxError("Expected one expression and nothing after it", stripped, end + 1)


def is_expression(text: str) -> bool:
    """True for `${…}`: one expression that is the whole text.

    Also True for a text that opens with `${` and can't be read, so that `parse` says what is
    wrong with it. A text with other characters around it is a template, not an expression.
    """
    if not text.lstrip().startswith(_OPENING):
        return False
    try:
        return isinstance(_read(text), Expression)
    except ExpressionSyntaxError:
        return True


def find_expressions(text: str) -> tuple[Expression, ...]:
    """Every expression in a text, for static checks; none for plain text.

    Raises ExpressionSyntaxError.
    """
    read = _read(text)
    if isinstance(read, Expression):
        return (read,)
    return tuple(part for part in read if isinstance(part, Expression))


def evaluate_text(
    text: str, variables: Mapping[str, object], functions: Functions = _NO_FUNCTIONS
) -> object:
    """Plain text is itself; `${…}` is its value; `a ${x} b` is a string with the values inside.

    In a template null is the empty text; `\\${` stands for `${`. Raises ExpressionError.
    """
    if _OPENING not in text:
        return text
    read = _read(text)
    if isinstance(read, Expression):
        return read.evaluate(variables, functions)
    written: list[str] = []
    length = 0
    for part in read:
        piece = part if isinstance(part, str) else _piece(part, variables, functions)
        length += len(piece)
        if length > limits.STRING_LENGTH:
            raise EvaluationError(
                f"Expected a string of at most {limits.STRING_LENGTH} characters", text, 0
            )
        written.append(piece)
    return "".join(written)


@lru_cache(maxsize=4096)
def _parse_bare(text: str) -> Expression:
    _check_length(text)
    end = tokenize(text)[-1].position
    if end != len(text):
        raise ExpressionSyntaxError("Expected an expression, but found '}'", text, end)
    return Expression(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> Expression | tuple[str | Expression, ...]:
    """The one expression that a text is, or its parts: plain pieces and expressions."""
    if _OPENING not in text:
        return (text,)
    _check_length(text)
    stripped = text.strip()
    if stripped.startswith(_OPENING):
        end = _closing(stripped, len(_OPENING))
        if end == len(stripped) - 1:
            return _parse_bare(stripped[len(_OPENING) : end].strip())
    return tuple(_parts(text))


def _piece(part: Expression, variables: Mapping[str, object], functions: Functions) -> str:
    value = part.evaluate(variables, functions)
    try:
        return values.text(value)
    except values.Unfit as unfit:
        raise EvaluationError(f"In a text {unfit}", part.text, 0) from None


def _parts(text: str) -> list[str | Expression]:
    parts: list[str | Expression] = []
    position = 0
    while True:
        opening = text.find(_OPENING, position)
        if opening < 0:
            return [*parts, text[position:]]
        if opening > position and text[opening - 1] == "\\":
            parts.append(text[position : opening - 1] + _OPENING)
            position = opening + len(_OPENING)
            continue
        start = opening + len(_OPENING)
        end = _closing(text, start)
        parts.append(text[position:opening])
        parts.append(_parse_bare(text[start:end].strip()))
        position = end + 1


def _closing(text: str, start: int) -> int:
    """The position of the `}` that closes the expression beginning at `start`."""
    end = tokenize(text, start)[-1].position
    if end == len(text):
        raise ExpressionSyntaxError("Expected '}'", text, end)
    return end


def _check_length(text: str) -> None:
    if len(text) > limits.TEXT_LENGTH:
        raise ExpressionSyntaxError(
            f"Expected at most {limits.TEXT_LENGTH} characters, but found {len(text)}", text, 0
        )
