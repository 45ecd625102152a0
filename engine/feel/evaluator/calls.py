"""Calls of functions, and functions that are defined in an expression (DMN 1.5, 10.3.2.11)."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.feel import syntax
from engine.feel.budget import CHARACTERS_A_STEP
from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import ExpressionError, Unfit
from engine.feel.evaluator.builder import Run
from engine.feel.evaluator.frame import Frame
from engine.feel.json_values import from_json, to_json
from engine.feel.numbers import whole
from engine.feel.types import FeelType, FunctionOf, coerce
from engine.feel.values import Function, is_number, kind

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
    """A function of the engine, such as `workdays`: takes and gives JSON values.

    Its parameters are those of the Python function, without an underscore at their end. Where one
    is declared as `int`, a whole number is asked for: nothing is converted silently.
    """

    def __init__(self, name: str, function: Callable[..., object]) -> None:
        self.name: str = name
        self._function = function
        self._signature = _signature(function)
        self._names = {each.rstrip("_"): each for each in self._signature.parameters}
        self.parameters = tuple(self._names)

    def invoke(self, arguments: Sequence[object]) -> object:
        return self._called(arguments, {})

    def invoke_named(self, arguments: dict[str, object]) -> object:
        named = {self._names.get(name, name): value for name, value in arguments.items()}
        return self._called((), named)

    def _called(self, arguments: Sequence[object], named: Mapping[str, object]) -> object:
        try:
            bound = self._signature.bind(*arguments, **named)
        except TypeError:
            found = ", ".join(named) or f"{len(arguments)} argument(s)"
            expected = f"{self.name}({', '.join(self.parameters)})"
            raise Unfit(f"expected {expected}, but found {found}") from None
        given = {
            name: self._read(self._signature.parameters[name], value)
            for name, value in bound.arguments.items()
        }
        try:
            return from_json(self._function(*_positional(self._signature, given)))
        except ExpressionError:
            raise
        except (EngineError, TypeError, ValueError, LookupError) as problem:
            raise Unfit(f"in {self.name}: {problem}") from problem

    def _read(self, parameter: inspect.Parameter, value: object) -> object:
        if parameter.kind is parameter.VAR_POSITIONAL and isinstance(value, tuple):
            return [to_json(each) for each in value]
        if parameter.annotation is int:
            return _whole(value, parameter.name.rstrip("_"))
        return to_json(value)


def _signature(function: Callable[..., object]) -> inspect.Signature:
    """The parameters of a Python function; none for those of C that do not tell."""
    try:
        return inspect.signature(function, eval_str=True)
    except ValueError:
        return inspect.Signature()


def _positional(signature: inspect.Signature, given: Mapping[str, object]) -> list[object]:
    """The arguments in the order of the parameters, those left out by their defaults."""
    arguments: list[object] = []
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            rest = given.get(name)
            arguments.extend(rest if isinstance(rest, list) else [])
        else:
            arguments.append(given.get(name, parameter.default))
    return arguments


def _whole(value: object, what: str) -> int:
    if not is_number(value):
        raise Unfit(f"expected a whole number for {what}, but found {kind(value)}")
    return whole(value, what)


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
