"""The tree of an expression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    position: int
    value: object


@dataclass(frozen=True, slots=True)
class ListLiteral:
    position: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Name:
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """`operator`: `-`, `!` or `empty`."""

    position: int
    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Infix:
    position: int
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """`condition ? then : otherwise`."""

    position: int
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Item:
    """`container[key]`; `container.key` has a literal key."""

    position: int
    container: Node
    key: Node


@dataclass(frozen=True, slots=True)
class FunctionCall:
    position: int
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MethodCall:
    position: int
    receiver: Node
    name: str
    arguments: tuple[Node, ...]


Node: TypeAlias = (
    "Literal | ListLiteral | Name | Prefix | Infix | Choice | Item | FunctionCall | MethodCall"
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, in the order they are written."""
    match node:
        case ListLiteral(items=below) | FunctionCall(arguments=below):
            return below
        case Prefix(operand=operand):
            return (operand,)
        case Infix(left=left, right=right):
            return (left, right)
        case Choice(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Item(container=container, key=key):
            return (container, key)
        case MethodCall(receiver=receiver, arguments=arguments):
            return (receiver, *arguments)
    return ()


def descendants(root: Node) -> list[tuple[Node, int]]:
    """Every node of the tree with its height above the ground: the root's is 1."""
    found = [(root, 1)]
    for node, height in found:
        found.extend((child, height + 1) for child in children(node))
    return found
