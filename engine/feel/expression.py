"""Expressions and the texts that hold them: `${…}`, `= …` (FEEL), templates and plain text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

from engine.feel import feel, limits, syntax
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import EvaluationError, ExpressionSyntaxError, LimitExceeded, Unfit
from engine.feel.evaluator.frame import NO_FUNCTIONS, Evaluation, FeelWarning, Frame, Functions
from engine.feel.free_names import free_names
from engine.feel.json_values import from_json, to_json
from engine.feel.juel import values
from engine.feel.juel.builder import IS_SET, JuelBuilder
from engine.feel.juel.functions import FUNCTIONS
from engine.feel.juel.parser import Parser
from engine.feel.juel.tokens import tokenize

_SCALARS = frozenset({bool, int, float, str, type(None)})
_OPENING = "${"
_FEEL = "="


class Expression(ABC):
    """One parsed expression.

    `text` is without `${ }` or `=`. `names` are the variables it reads, `functions` the functions
    it calls that are not its own, `tested_names` the variables it asks for with `is_set('…')`.
    """

    text: str
    names: frozenset[str]
    functions: frozenset[str]
    tested_names: frozenset[str]
    built_ins: ClassVar[frozenset[str]]
    """The functions of the dialect, which need not be given."""

    @abstractmethod
    def evaluate(
        self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
    ) -> object:
        """The value: null, bool, int, float, str, list or mapping.

        `functions` win over built-in ones of the same name. Raises EvaluationError, and
        LimitExceeded where it asks for too much.
        """

    @abstractmethod
    def warnings(
        self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
    ) -> tuple[FeelWarning, ...]:
        """Why the value is null, or why a part of it is."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class JuelExpression(Expression):
    """What stands between `${` and `}`."""

    __slots__ = ("_run", "functions", "names", "tested_names", "text")
    built_ins = frozenset(FUNCTIONS) | {IS_SET}

    def __init__(self, text: str) -> None:
        tree = Parser(tokenize(text), text).parse()
        free = free_names(tree)
        self.text = text
        self.names = frozenset(free.variables)
        self.functions = frozenset(free.functions)
        self.tested_names = frozenset(_tested(tree))
        self._run = JuelBuilder(text).build(tree)

    def evaluate(
        self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
    ) -> object:
        return _checked(self._run(Frame(variables, None, Evaluation(functions))), self.text)

    def warnings(
        self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
    ) -> tuple[FeelWarning, ...]:
        return ()


class FeelText(Expression):
    """What stands after `=`."""

    __slots__ = ("_expression", "_reads", "functions", "names", "tested_names", "text")
    built_ins = frozenset(BUILT_INS)

    def __init__(self, text: str) -> None:
        self._expression = feel.parse_expression(text)
        self.text = text
        self.names = frozenset(self._expression.names)
        self._reads = tuple({**self._expression.possible_names, **self._expression.names}.items())
        self.functions = frozenset(self._expression.functions)
        self.tested_names: frozenset[str] = frozenset()

    def evaluate(
        self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
    ) -> object:
        return self._explained(variables, functions)[0]

    def warnings(
        self, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
    ) -> tuple[FeelWarning, ...]:
        return tuple(self._explained(variables, functions)[1])

    def _explained(
        self, variables: Mapping[str, object], functions: Functions
    ) -> tuple[object, list[FeelWarning]]:
        evaluation = Evaluation(functions)
        with feel.WithinLimits(self.text, evaluation):
            values = self._read(variables, evaluation)
            value = self._expression.run(Frame(values, None, evaluation))
            try:
                result = to_json(value)
            except Unfit as unfit:
                reason = str(unfit)
                raise EvaluationError(reason[:1].upper() + reason[1:], self.text, 0) from None
        return _checked(result, self.text), evaluation.warnings

    def _read(
        self, variables: Mapping[str, object], evaluation: Evaluation
    ) -> Mapping[str, object]:
        """The FEEL values of those variables that the expression may read."""
        values: dict[str, object] = {}
        for name, position in self._reads:
            try:
                values[name] = from_json(variables[name])
            except KeyError:
                continue
            except Unfit as unfit:
                values[name] = None
                evaluation.warn(f"in variable {name}: {unfit}", self.text, position)
        return values


def parse(text: str) -> Expression:
    """Parses `${a > 1}`, `= a > 1`, or `a > 1`, which is read like `${a > 1}`.

    The same text gives the same object. Raises ExpressionSyntaxError.
    """
    stripped = text.strip()
    if stripped.startswith(_FEEL):
        return _parse_feel(stripped[1:])
    if not stripped.startswith(_OPENING):
        return _parse_bare(stripped)
    read = _read(text)
    if isinstance(read, Expression):
        return read
    end = _closing(stripped, len(_OPENING))
    raise ExpressionSyntaxError("Expected one expression and nothing after it", stripped, end + 1)


def may_hold_expression(text: str) -> bool:
    """False for text that is certainly plain; cheaper than reading it."""
    return _OPENING in text or is_feel(text)


def is_feel(text: str) -> bool:
    """True for `= …`."""
    return text.lstrip().startswith(_FEEL)


def is_expression(text: str) -> bool:
    """True for `${…}` and `= …`: one expression that is the whole text.

    Also True for a text that opens like one and can't be read, so that `parse` says what is wrong
    with it. A text with other characters around it is a template, not an expression.
    """
    if is_feel(text):
        return True
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
    text: str, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS
) -> object:
    """Plain text is itself; `${…}` and `= …` are their value; `a ${x} b` is a string.

    In a template null is the empty text; `\\${` stands for `${`. Raises ExpressionError.
    """
    if not may_hold_expression(text):
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
            raise LimitExceeded(
                f"Expected a string of at most {limits.STRING_LENGTH} characters", text, 0
            )
        written.append(piece)
    return "".join(written)


def reasons(text: str, variables: Mapping[str, object], functions: Functions = NO_FUNCTIONS) -> str:
    """Why a text's value is null, in one sentence; empty where nothing is known."""
    if not is_feel(text):
        return ""
    return "; ".join(warning.reason for warning in parse(text).warnings(variables, functions)[:3])


@lru_cache(maxsize=4096)
def _parse_feel(text: str) -> Expression:
    """What stands after `=`; messages show the text with it, as it is written."""
    try:
        return FeelText(text)
    except ExpressionSyntaxError as error:
        written, position = f"{_FEEL}{error.text}", len(_FEEL) + error.position
        raise ExpressionSyntaxError(error.reason, written, position) from None


@lru_cache(maxsize=4096)
def _parse_bare(text: str) -> Expression:
    _check_length(text)
    end = tokenize(text)[-1].position
    if end != len(text):
        raise ExpressionSyntaxError("Expected an expression, but found '}'", text, end)
    return JuelExpression(text)


@lru_cache(maxsize=4096)
def _read(text: str) -> Expression | tuple[str | Expression, ...]:
    """The one expression that a text is, or its parts: plain pieces and expressions."""
    if is_feel(text):
        return _parse_feel(text.strip()[1:])
    if _OPENING not in text:
        return (text,)
    _check_length(text)
    stripped = text.strip()
    if stripped.startswith(_OPENING):
        end = _closing(stripped, len(_OPENING))
        if end == len(stripped) - 1:
            return _parse_bare(stripped[len(_OPENING) : end].strip())
    return tuple(_parts(text))


def _tested(tree: syntax.Node) -> list[str]:
    return [
        argument.value
        for node, _ in syntax.descendants(tree)
        if isinstance(node, syntax.Call)
        and isinstance(node.function, syntax.Name)
        and node.function.name == IS_SET
        for argument in node.arguments
        if isinstance(argument, syntax.Literal) and isinstance(argument.value, str)
    ]


def _checked(value: object, text: str) -> object:
    if type(value) not in _SCALARS and not values.fits(value):
        raise LimitExceeded(
            f"Expected a value of at most {limits.VALUE_SIZE} characters and "
            f"{limits.VALUE_DEPTH} levels",
            text,
            0,
        )
    return value


def _piece(part: Expression, variables: Mapping[str, object], functions: Functions) -> str:
    value = part.evaluate(variables, functions)
    try:
        return values.text(value)
    except Unfit as unfit:
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


BUILT_IN_FUNCTIONS = JuelExpression.built_ins
"""Functions of `${…}` that need not be given. FEEL's own are its standard's."""
