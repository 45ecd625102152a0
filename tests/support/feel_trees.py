"""Random trees of FEEL, written as text; and what trees are beside their positions."""

from __future__ import annotations

import random
from dataclasses import fields, is_dataclass
from decimal import Decimal

from engine.feel.syntax import (
    Call,
    Comparison,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iteration,
    ListLiteral,
    Literal,
    Logic,
    Matching,
    Name,
    NamedCall,
    Node,
    Operation,
    Path,
    Quantified,
    RangeLiteral,
    Test,
)
from engine.feel.types import NUMBER, STRING, ListOf, name_of

BINDING = {
    **{"or": 1, "and": 2, "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "between": 3},
    **{"+": 4, "-": 4, "*": 5, "/": 5, "**": 6, "negate": 7},
}
"""How strongly an operator binds (grammar rules 1 to 4)."""

_STRONGEST = 8
NAMES = ("a", "b c", "длина", "🐎", "x1")


def shape(node: object) -> object:
    """A tree without its positions."""
    if isinstance(node, tuple):
        return tuple(shape(each) for each in node)
    if is_dataclass(node) and hasattr(node, "position"):
        names = [each.name for each in fields(node) if each.name != "position"]
        return (type(node).__name__, *[shape(getattr(node, name)) for name in names])
    return node


def written(node: Node, weakest: int = 0) -> str:
    """The text of a tree, in brackets where something binds stronger than its operator."""
    text, binding = _written(node)
    return f"({text})" if binding <= weakest else text


def _written(node: Node) -> tuple[str, int]:
    match node:
        case Literal(value=value):
            return _constant(value), _STRONGEST
        case Name(name=name):
            return name, _STRONGEST
        case ListLiteral(items=items):
            return f"[{', '.join(map(written, items))}]", _STRONGEST
        case ContextLiteral(names=names, values=values):
            return f"{{{_named(names, values)}}}", _STRONGEST
        case RangeLiteral():
            return _range(node), _STRONGEST
        case Path(container=container, member=member):
            return f"{written(container, 7)}.{member}", _STRONGEST
        case Filter(container=container, condition=condition):
            return f"{written(container, 7)}[{written(condition)}]", _STRONGEST
        case Call(function=function, arguments=arguments):
            return f"{written(function, 7)}({', '.join(map(written, arguments))})", _STRONGEST
        case NamedCall(function=function, names=names, arguments=arguments):
            return f"{written(function, 7)}({_named(names, arguments)})", _STRONGEST
        case Operation() | Logic() | InstanceOf() | In():
            return _operators(node)
    return _form(node), 0


def _operators(node: Operation | Logic | InstanceOf | In) -> tuple[str, int]:
    match node:
        case InstanceOf(value=value, type=feel_type):
            return f"{written(value, 2)} instance of {name_of(feel_type)}", 3
        case In(value=value, tests=tests):
            return f"{written(value, 2)} in ({', '.join(map(_test, tests))})", 3
        case Logic(operator=operator, left=left, right=right):
            binding = BINDING[operator]
            text = f"{written(left, binding - 1)} {operator} {written(right, binding)}"
            return text, binding
        case Operation(operator="negate", operands=(operand,)):
            return f"-{written(operand, 6)}", 7
        case Operation(operator="between", operands=(value, low, high)):
            return f"{written(value, 2)} between {written(low, 3)} and {written(high, 3)}", 3
        case Operation(operator=operator, operands=(left, right)):
            binding = BINDING[operator]
            text = f"{written(left, binding - 1)} {operator} {written(right, binding)}"
            return text, binding
    raise AssertionError(f"expected an operator, but found {node}")


def _form(node: Node) -> str:
    match node:
        case If(condition=condition, then=then, otherwise=otherwise):
            return f"if {written(condition)} then {written(then)} else {written(otherwise)}"
        case For(iterations=iterations, result=result):
            return f"for {_iterations(iterations)} return {written(result)}"
        case Quantified(is_every=is_every, iterations=iterations, condition=condition):
            word = "every" if is_every else "some"
            return f"{word} {_iterations(iterations)} satisfies {written(condition)}"
        case FunctionLiteral(parameters=parameters, types=types, body=body) if body is not None:
            listed = [
                name if feel_type is None else f"{name}: {name_of(feel_type)}"
                for name, feel_type in zip(parameters, types, strict=True)
            ]
            return f"function({', '.join(listed)}) {written(body)}"
    raise AssertionError(f"expected a form, but found {node}")


def _constant(value: object) -> str:
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{quoted}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _named(names: tuple[str, ...], values: tuple[Node, ...]) -> str:
    return ", ".join(f"{name}: {written(value)}" for name, value in zip(names, values, strict=True))


def _range(node: RangeLiteral) -> str:
    if node.start is None and node.end is not None:
        return f"({'<=' if node.end_included else '<'} {written(node.end, 3)})"
    if node.end is None and node.start is not None:
        return f"({'>=' if node.start_included else '>'} {written(node.start, 3)})"
    assert node.start is not None
    assert node.end is not None
    opening = "[" if node.start_included else "("
    closing = "]" if node.end_included else ")"
    return f"{opening}{written(node.start)}..{written(node.end)}{closing}"


def _iterations(iterations: tuple[Iteration, ...]) -> str:
    return ", ".join(
        f"{each.name} in {written(each.domain)}"
        + (f"..{written(each.end)}" if each.end is not None else "")
        for each in iterations
    )


def _test(test: Test) -> str:
    match test:
        case Comparison(operator=operator, operand=operand):
            return f"{operator} {written(operand, 3)}"
        case Matching(value=value):
            return written(value)
    raise AssertionError(f"expected a test, but found {test}")


class Grower:
    """Grows random trees, reproducibly."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def tree(self, depth: int) -> Node:
        if depth == 0:
            return self._leaf()
        return self._chance.choice((self._value, self._operation, self._long))(depth - 1)

    def _leaf(self) -> Node:
        constants = (Decimal(7), Decimal("0.25"), "s", 'q"\\\n', True, False, None)
        if self._chance.random() < 0.5:
            return Name(0, self._chance.choice(NAMES))
        return Literal(0, self._chance.choice(constants))

    def _value(self, depth: int) -> Node:
        one, other = self.tree(depth), self.tree(depth)
        flags = self._chance.random() < 0.5, self._chance.random() < 0.5
        return self._chance.choice(
            (
                ListLiteral(0, (one, other)),
                ListLiteral(0, ()),
                ContextLiteral(0, ("a", "b c"), (one, other)),
                RangeLiteral(0, one, other, *flags),
                RangeLiteral(0, one, None, flags[0], False),
                RangeLiteral(0, None, one, False, flags[1]),
            )
        )

    def _operation(self, depth: int) -> Node:
        one, other, third = self.tree(depth), self.tree(depth), self.tree(depth)
        sign = self._chance.choice(("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">="))
        return self._chance.choice(
            (
                Operation(0, sign, (one, other)),
                Operation(0, sign, (one, other)),
                Operation(0, "negate", (one,)),
                Operation(0, "between", (one, other, third)),
                Logic(0, self._chance.choice(("and", "or")), one, other),
                InstanceOf(0, one, self._chance.choice((NUMBER, ListOf(STRING)))),
                In(0, one, (Comparison(0, "<", other), Matching(0, third, False))),
            )
        )

    def _long(self, depth: int) -> Node:
        one, other, third = self.tree(depth), self.tree(depth), self.tree(depth)
        name = Name(0, "f")
        iterations = (Iteration(0, "x1", one, None), Iteration(0, "b c", other, third))
        return self._chance.choice(
            (
                If(0, one, other, third),
                For(0, iterations, third),
                Quantified(0, self._chance.random() < 0.5, iterations[:1], other),
                FunctionLiteral(0, ("a", "b c"), (NUMBER, None), one),
                Call(0, name, (one, other)),
                NamedCall(0, name, ("a", "b c"), (one, other)),
                Path(0, Name(0, "a"), "b c"),
                Path(0, Call(0, name, (one,)), "x1"),
                Filter(0, ListLiteral(0, (one,)), other),
                Filter(0, Name(0, "a"), third),
            )
        )
