"""The closures of `${…}`: an error where a value does not fit, and variables as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

from engine.errors import EngineError
from engine.feel import syntax
from engine.feel.errors import EvaluationError, ExpressionError, ExpressionSyntaxError, Unfit
from engine.feel.evaluator.builder import Builder, Operation, Run
from engine.feel.evaluator.frame import Frame
from engine.feel.juel import values
from engine.feel.juel.functions import FUNCTIONS, METHODS
from engine.feel.syntax import Node

IS_SET = "is_set"
"""`is_set('name')`: whether there is a variable of that name, be it null."""


def method_operator(name: str) -> str:
    """The operator that stands for a method in the tree."""
    return f".{name}"


def _method(name: str, body: Callable[..., object]) -> Operation:
    def method(*operands: object) -> object:
        try:
            return body(*operands)
        except Unfit as unfit:
            raise Unfit(f"in {name}: {unfit}") from None

    return method


def _not(value: object) -> object:
    return not values.truth(value)


def _differs(left: object, right: object) -> object:
    return not values.equal(left, right)


class JuelBuilder(Builder):
    """Makes the closures of one `${…}`."""

    operations: Mapping[str, Operation] = {
        **values.ORDER,
        **values.ARITHMETIC,
        "==": values.equal,
        "!=": _differs,
        "negate": values.negate,
        "!": _not,
        "empty": values.is_empty,
        "item": values.item,
        **{method_operator(name): _method(name, body) for name, (_, body) in METHODS.items()},
    }

    def unfit(self, frame: Frame, reason: Unfit, position: int) -> NoReturn:
        raise self._error(reason, position) from None

    def truth(self, value: object) -> bool:
        return values.truth(value)

    def logic(self, node: syntax.Logic) -> Run:
        left, right = self.condition(node.left), self.condition(node.right)
        if node.operator == "and":
            return lambda frame: left(frame) and right(frame)
        return lambda frame: left(frame) or right(frame)

    def special(self, node: Node) -> Run:
        match node:
            case syntax.Name():
                return self._name(node)
            case syntax.Call(function=syntax.Name(name=name)) if name == IS_SET:
                return self._is_set(node)
            case syntax.Call(function=syntax.Name(name=name)):
                return self._function(name, node)
        raise TypeError(f"Expected a node of ${{…}}, but found {type(node).__name__}")

    def _error(self, reason: object, position: int) -> EvaluationError:
        sentence = str(reason)
        return EvaluationError(sentence[:1].upper() + sentence[1:], self.text, position)

    def _name(self, node: syntax.Name) -> Run:
        name, position, error = node.name, node.position, self._error
        plain = values.plain

        def run(frame: Frame) -> object:
            try:
                return plain(frame.values[name])
            except KeyError:
                raise error(f"Expected variable {name} to be set", position) from None
            except Unfit as unfit:
                raise error(f"in variable {name}: {unfit}", position) from None

        return run

    def _is_set(self, node: syntax.Call) -> Run:
        error, position = self._error, node.position
        if len(node.arguments) != 1:
            raise ExpressionSyntaxError(
                f"Expected {IS_SET} to have one argument, the name of a variable",
                self.text,
                position,
            )
        argument = self.build(node.arguments[0])

        def run(frame: Frame) -> object:
            name = argument(frame)
            if not isinstance(name, str):
                raise error(f"in {IS_SET}: expected the name of a variable", position)
            return name in frame.values

        return run

    def _function(self, name: str, node: syntax.Call) -> Run:
        position, error = node.position, self._error
        arguments = [self.build(argument) for argument in node.arguments]

        def run(frame: Frame) -> object:
            function = frame.evaluation.functions.get(name) or FUNCTIONS.get(name)
            if function is None:
                raise error(f"Expected a function that exists, but found {name}", position)
            given = [argument(frame) for argument in arguments]
            try:
                return values.plain(function(*given))
            except ExpressionError:
                raise
            except (Unfit, EngineError, TypeError, ValueError, LookupError) as problem:
                raise error(f"in {name}: {problem}", position) from problem

        return run
