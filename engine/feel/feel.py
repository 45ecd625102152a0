"""FEEL by itself, as decisions use it: texts parsed for given names and types, run in a frame."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from engine.feel import syntax
from engine.feel.budget import CURRENT
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import ExpressionSyntaxError, LimitExceeded, LimitReached
from engine.feel.evaluator import testing
from engine.feel.evaluator.feel_builder import FeelBuilder
from engine.feel.evaluator.frame import Evaluation, FeelWarning, Frame, Functions
from engine.feel.free_names import free_names
from engine.feel.grammar.names import KEYWORDS
from engine.feel.grammar.parser import Parser
from engine.feel.grammar.slips import hint
from engine.feel.json_values import from_json, to_json
from engine.feel.types import FeelType

__all__ = [
    "Evaluation",
    "FeelExpression",
    "FeelUnaryTests",
    "Frame",
    "Functions",
    "FeelWarning",
    "clock_functions",
    "from_json",
    "parse_domain",
    "parse_expression",
    "parse_unary_tests",
    "to_json",
    "WithinLimits",
]

NO_TYPES: Mapping[str, FeelType] = MappingProxyType({})


class FeelExpression:
    """One parsed FEEL expression.

    `names` are the variables it reads for certain, `possible_names` those that may be members of
    a filtered item or built-in functions instead, `functions` the functions it calls that are not
    built in or made in it; each with its first position.
    """

    __slots__ = ("_body", "_height", "functions", "names", "possible_names", "text", "tree")

    def __init__(self, text: str, tree: syntax.Node) -> None:
        free = free_names(tree)
        self.text = text
        self.tree = tree
        self.names = _without_built_ins(free.variables)
        self.possible_names = {**free.possible, **_built_in(free.variables)}
        self.functions = _without_built_ins(free.functions)
        self._body = FeelBuilder(text).build(tree)
        self._height = syntax.height(tree)

    def run(self, frame: Frame) -> object:
        """The FEEL value, null with a warning where the standard says so. Raises LimitReached."""
        budget = frame.evaluation.budget
        budget.spend(1)
        budget.enter(self._height)
        try:
            return self._body(frame)
        finally:
            budget.leave(self._height)

    def __repr__(self) -> str:
        return f"FeelExpression({self.text!r})"


class FeelUnaryTests:
    """The parsed tests of a cell. `names` and `functions` as of FeelExpression."""

    __slots__ = ("_height", "_test", "functions", "names", "possible_names", "text", "tree")

    def __init__(self, text: str, tree: syntax.UnaryTests) -> None:
        free = free_names(tree)
        self.text = text
        self.tree = tree
        self.names = _without_built_ins(free.variables)
        self.possible_names = {**free.possible, **_built_in(free.variables)}
        self.functions = _without_built_ins(free.functions)
        self._test = testing.test(FeelBuilder(text), tree)
        self._height = syntax.height(tree)

    def run(self, frame: Frame, value: object) -> bool | None:
        """Whether the value passes; null where they can't be compared. Raises LimitReached."""
        budget = frame.evaluation.budget
        budget.spend(1)
        budget.enter(self._height)
        try:
            return self._test(frame, value)
        finally:
            budget.leave(self._height)

    def __repr__(self) -> str:
        return f"FeelUnaryTests({self.text!r})"


def parse_expression(
    text: str, names: Collection[str] = (), types: Mapping[str, FeelType] = NO_TYPES
) -> FeelExpression:
    """Parses an expression (without `=`).

    `names` are those in scope that hold spaces or signs, members of contexts too; `types` the
    named types. Raises ExpressionSyntaxError.
    """
    with _readable(text):
        return FeelExpression(text, Parser(text, _in_scope(names), types).parse())


def parse_domain(
    text: str, names: Collection[str] = (), types: Mapping[str, FeelType] = NO_TYPES
) -> FeelExpression:
    """Parses what an iteration goes through: an expression, or `start..end`.

    Raises ExpressionSyntaxError.
    """
    with _readable(text):
        return FeelExpression(text, Parser(text, _in_scope(names), types).parse_domain())


def parse_unary_tests(
    text: str,
    names: Collection[str] = (),
    types: Mapping[str, FeelType] = NO_TYPES,
    input_name: str | None = None,
) -> FeelUnaryTests:
    """Parses unary tests, as in a cell of a decision table; `input_name` is another name of `?`.

    Raises ExpressionSyntaxError.
    """
    with _readable(text, is_cell=True):
        parser = Parser(text, _in_scope(names), types, input_name)
        return FeelUnaryTests(text, parser.parse_tests())


@contextmanager
def _readable(text: str, *, is_cell: bool = False) -> Iterator[None]:
    """Says what may be meant where a text can't be read.

    The limits of nesting keep trees flat, but who parses may stand deep in calls himself.
    """
    try:
        yield
    except ExpressionSyntaxError as error:
        meant = hint(text, error.position, is_cell=is_cell)
        if meant is None:
            raise
        raise ExpressionSyntaxError(f"{error.reason}: {meant}", text, error.position) from None
    except RecursionError:
        reason = "Expected an expression that is less deeply nested"
        raise ExpressionSyntaxError(reason, text, 0) from None


class WithinLimits:
    """A context manager: what is inside runs on the evaluation's budget.

    Raises LimitExceeded, which names the limit and `text`, where it asks for too much.
    """

    __slots__ = ("_budget", "_text", "_token")

    def __init__(self, text: str, evaluation: Evaluation) -> None:
        self._text = text
        self._budget = evaluation.budget

    def __enter__(self) -> None:
        self._token = CURRENT.set(self._budget)

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _traceback: object
    ) -> None:
        CURRENT.reset(self._token)
        if isinstance(error, LimitReached):
            raise LimitExceeded(str(error), self._text, 0) from error
        if isinstance(error, RecursionError):
            reason = "Expected values and calls that are less deeply nested"
            raise LimitExceeded(reason, self._text, 0) from None


def clock_functions(now: datetime) -> Mapping[str, Callable[..., object]]:
    """`now()` and `today()` (DMN 1.5, 10.3.4.9) for a moment with its zone."""
    return {"now": lambda: now, "today": now.date}


def _in_scope(names: Collection[str]) -> set[str]:
    return {*_BUILT_IN_NAMES, *names}


def _without_built_ins(names: Mapping[str, int]) -> Mapping[str, int]:
    return {name: position for name, position in names.items() if name not in BUILT_INS}


def _built_in(names: Mapping[str, int]) -> Mapping[str, int]:
    """Those that a variable in scope may still have: it wins over the function."""
    return {name: position for name, position in names.items() if name in BUILT_INS}


_BUILT_IN_NAMES = frozenset(name for name in BUILT_INS if not KEYWORDS.isdisjoint(name.split()))
"""Those that are more than a run of words: `date and time`."""
