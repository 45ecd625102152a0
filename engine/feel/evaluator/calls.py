"""Calls of functions, and functions that are defined in an expression (DMN 1.5, 10.3.2.11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.feel import syntax
from engine.feel.budget import CHARACTERS_A_STEP
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import ExpressionError, Unfit
from engine.feel.evaluator.builder import Run
from engine.feel.evaluator.frame import Frame
from engine.feel.json_values import from_json, to_json
from engine.feel.types import FeelType, FunctionOf, coerce
from engine.feel.values import Function, kind

if TYPE_CHECKING:
    from engine.feel.evaluator.feel_builder import FeelBuilder

Find = Callable[[Frame], Function]

_OVERHEAD = 6
"""Python calls that a call costs beside its body."""


class DefinedFunction(Function):
    """`function(a, b: number) body`, with the frame in which it was made."""

    def __init__(self, node: syntax.FunctionLiteral, body: Run, height: int, frame: Frame) -> None:
        self.name = None
        self.parameters = node.parameters
        self.function_type = FunctionOf(node.types, None)
        self._types: tuple[FeelType | None, ...] = node.types
        self._body = body
        self._height = height + _OVERHEAD
        self._frame = frame

    def invoke(self, arguments: Sequence[object]) -> object:
        if len(arguments) != len(self.parameters):
            raise Unfit(f"expected {len(self.parameters)} argument(s), but found {len(arguments)}")
        values = {
            name: value if feel_type is None else coerce(value, feel_type)
            for name, value, feel_type in zip(self.parameters, arguments, self._types, strict=True)
        }
        budget = self._frame.evaluation.budget
        budget.spend(self._height)
        budget.enter(self._height)
        try:
            return self._body(self._frame.child(values))
        finally:
            budget.leave(self._height)

    def invoke_named(self, arguments: dict[str, object]) -> object:
        if set(arguments) != set(self.parameters):
            raise Unfit(
                f"expected the arguments {', '.join(self.parameters)}, "
                f"but found {', '.join(arguments)}"
            )
        return self.invoke([arguments[name] for name in self.parameters])


class GivenFunction(Function):
    """A function of the engine, such as `workdays`: takes and gives JSON values."""

    def __init__(self, name: str, function: Callable[..., object]) -> None:
        self.name = name
        self.parameters = ()
        self._function = function

    def invoke(self, arguments: Sequence[object]) -> object:
        given = [to_json(argument) for argument in arguments]
        try:
            return from_json(self._function(*given))
        except ExpressionError:
            raise
        except (EngineError, TypeError, ValueError, LookupError) as problem:
            raise Unfit(f"in {self.name}: {problem}") from problem

    def invoke_named(self, arguments: dict[str, object]) -> object:
        raise Unfit(f"expected the arguments of {self.name} without names")


def call(builder: FeelBuilder, node: syntax.Call) -> Run:
    find = _found(builder, node.function)
    arguments = [builder.build(argument) for argument in node.arguments]
    unfit, position = builder.unfit, node.position

    def run(frame: Frame) -> object:
        try:
            function = find(frame)
            given = [argument(frame) for argument in arguments]
            frame.evaluation.budget.spend(1 + _weight(given))
            return function.invoke(given)
        except Unfit as reason:
            return unfit(frame, reason, position)

    return run


def named_call(builder: FeelBuilder, node: syntax.NamedCall) -> Run:
    find = _found(builder, node.function)
    arguments = [
        (name, builder.build(argument))
        for name, argument in zip(node.names, node.arguments, strict=True)
    ]
    unfit, position = builder.unfit, node.position

    def run(frame: Frame) -> object:
        try:
            function = find(frame)
            given = {name: argument(frame) for name, argument in arguments}
            frame.evaluation.budget.spend(1 + _weight(list(given.values())))
            return function.invoke_named(given)
        except Unfit as reason:
            return unfit(frame, reason, position)

    return run


def function_literal(builder: FeelBuilder, node: syntax.FunctionLiteral) -> Run:
    if node.body is None:
        reason = Unfit("expected a function in FEEL; external functions are never run")
        return lambda frame: builder.unfit(frame, reason, node.position)
    body, height = builder.build(node.body), syntax.height(node.body)
    return lambda frame: DefinedFunction(node, body, height, frame)


def _found(builder: FeelBuilder, node: syntax.Node) -> Find:
    """What finds the function to call: by name in scope, then the engine's, then built in."""
    if not isinstance(node, syntax.Name):
        value = builder.build(node)
        return lambda frame: _as_function(value(frame))
    name, built_in = node.name, BUILT_INS.get(node.name)

    def find(frame: Frame) -> Function:
        in_scope: Frame | None = frame
        while in_scope is not None:
            if name in in_scope.values:
                found = in_scope.values[name]
                if isinstance(found, Function):
                    return found
            in_scope = in_scope.parent
        given = frame.evaluation.functions.get(name)
        if given is not None:
            return GivenFunction(name, given)
        if built_in is None:
            raise Unfit(f"expected a function that exists, but found {name}")
        return built_in

    return find


def _as_function(value: object) -> Function:
    if isinstance(value, Function):
        return value
    raise Unfit(f"expected a function to call, but found {kind(value)}")


def _weight(arguments: list[object]) -> int:
    """How much there is to go through in the arguments, in steps."""
    weight = 0
    for each in arguments:
        if isinstance(each, (list, dict)):
            weight += len(each)
        elif isinstance(each, str):
            weight += len(each) // CHARACTERS_A_STEP
    return weight
