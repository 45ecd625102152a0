"""A tree to a Python closure: `run(variables, functions) -> value`.

Closures are built once per expression and only call functions of this room and those that are
given; a value's Python attributes are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.errors import EngineError
from engine.feel import values
from engine.feel.errors import EvaluationError, ExpressionError, ExpressionSyntaxError
from engine.feel.functions import FUNCTIONS, METHODS
from engine.feel.juel import syntax
from engine.feel.juel.syntax import Node
from engine.feel.values import Unfit

Functions = Mapping[str, Callable[..., object]]
Run = Callable[[Mapping[str, object], Functions], object]

IS_SET = "is_set"
"""`is_set('name')`: whether there is a variable of that name, be it null."""


def build(node: Node, text: str) -> Run:
    """The closure of a tree. `text` is used for messages only."""
    return _Builder(text).build(node)


class _Builder:
    def __init__(self, text: str) -> None:
        self._text = text

    def build(self, node: Node) -> Run:
        match node:
            case syntax.Literal(value=value):
                return lambda variables, functions: value
            case syntax.Name():
                return self._name(node)
            case syntax.ListLiteral(items=items):
                runs = [self.build(item) for item in items]
                return lambda variables, functions: [run(variables, functions) for run in runs]
            case syntax.Prefix():
                return self._prefix(node)
            case syntax.Infix():
                return self._infix(node)
            case syntax.Choice():
                return self._choice(node)
            case syntax.Item():
                return self._operation(node.position, values.item, node.container, node.key)
            case syntax.MethodCall():
                return self._method(node)
            case syntax.FunctionCall(name=name) if name == IS_SET:
                return self._is_set(node)
            case syntax.FunctionCall():
                return self._function(node)

    def _error(self, reason: object, position: int) -> EvaluationError:
        sentence = str(reason)
        return EvaluationError(sentence[:1].upper() + sentence[1:], self._text, position)

    def _name(self, node: syntax.Name) -> Run:
        name, position, error = node.name, node.position, self._error
        plain = values.plain

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            try:
                return plain(variables[name])
            except KeyError:
                raise error(f"Expected variable {name} to be set", position) from None
            except Unfit as unfit:
                raise error(f"in variable {name}: {unfit}", position) from None

        return run

    def _operation(
        self, position: int, operation: values.Operation, first: Node, second: Node
    ) -> Run:
        left, right, error = self.build(first), self.build(second), self._error

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            try:
                return operation(left(variables, functions), right(variables, functions))
            except Unfit as unfit:
                raise error(unfit, position) from None

        return run

    def _prefix(self, node: syntax.Prefix) -> Run:
        operand, position, error = self.build(node.operand), node.position, self._error
        operation: Callable[[object], object]
        match node.operator:
            case "empty":
                operation = values.is_empty
            case "-":
                operation = values.negate
            case _:
                operation = _not

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            try:
                return operation(operand(variables, functions))
            except Unfit as unfit:
                raise error(unfit, position) from None

        return run

    def _infix(self, node: syntax.Infix) -> Run:
        operator = node.operator
        if operator in ("&&", "||"):
            return self._logic(node)
        if operator in ("==", "!="):
            return self._equality(node)
        operation = values.ORDER.get(operator) or values.ARITHMETIC[operator]
        return self._operation(node.position, operation, node.left, node.right)

    def _equality(self, node: syntax.Infix) -> Run:
        left, right = self.build(node.left), self.build(node.right)
        wanted = node.operator == "=="
        equal = values.equal

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            return equal(left(variables, functions), right(variables, functions)) is wanted

        return run

    def _logic(self, node: syntax.Infix) -> Run:
        left = self._condition(node.left)
        right = self._condition(node.right)
        if node.operator == "&&":
            return lambda variables, functions: (
                left(variables, functions) and right(variables, functions)
            )
        return lambda variables, functions: (
            left(variables, functions) or right(variables, functions)
        )

    def _condition(self, node: Node) -> Run:
        run, truth, position, error = self.build(node), values.truth, node.position, self._error

        def condition(variables: Mapping[str, object], functions: Functions) -> object:
            try:
                return truth(run(variables, functions))
            except Unfit as unfit:
                raise error(unfit, position) from None

        return condition

    def _choice(self, node: syntax.Choice) -> Run:
        condition = self._condition(node.condition)
        then, otherwise = self.build(node.then), self.build(node.otherwise)
        return lambda variables, functions: (
            then(variables, functions)
            if condition(variables, functions)
            else otherwise(variables, functions)
        )

    def _method(self, node: syntax.MethodCall) -> Run:
        method, position, error = METHODS[node.name][1], node.position, self._error
        operands = [self.build(operand) for operand in (node.receiver, *node.arguments)]

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            try:
                return method(*[operand(variables, functions) for operand in operands])
            except Unfit as unfit:
                raise error(f"in {node.name}: {unfit}", position) from None

        return run

    def _is_set(self, node: syntax.FunctionCall) -> Run:
        error = self._error
        if len(node.arguments) != 1:
            raise ExpressionSyntaxError(
                f"Expected {IS_SET} to have one argument, the name of a variable",
                self._text,
                node.position,
            )
        argument = self.build(node.arguments[0])

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            name = argument(variables, functions)
            if not isinstance(name, str):
                raise error(f"in {IS_SET}: expected the name of a variable", node.position)
            return name in variables

        return run

    def _function(self, node: syntax.FunctionCall) -> Run:
        name, position, error = node.name, node.position, self._error
        arguments = [self.build(argument) for argument in node.arguments]

        def run(variables: Mapping[str, object], functions: Functions) -> object:
            function = functions.get(name) or FUNCTIONS.get(name)
            if function is None:
                raise error(f"Expected a function that exists, but found {name}", position)
            given = [argument(variables, functions) for argument in arguments]
            try:
                return values.plain(function(*given))
            except ExpressionError:
                raise
            except (Unfit, EngineError, TypeError, ValueError, LookupError) as problem:
                raise error(f"in {name}: {problem}", position) from problem

        return run


def _not(value: object) -> object:
    return not values.truth(value)
