"""The tree of an expression, of both dialects. Each node has the position of its text (0-based)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeAlias

from engine.feel.types import FeelType


@dataclass(frozen=True, slots=True)
class Literal:
    position: int
    value: object


@dataclass(frozen=True, slots=True)
class ListLiteral:
    position: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral:
    """`{name: value, …}`; a value sees the entries before it."""

    position: int
    names: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral:
    """`[start..end]`, or `(< end)` with one end left out."""

    position: int
    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Name:
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator, or a method of `${…}`, over operands that are all evaluated.

    What the `operator` does is the dialect's.
    """

    position: int
    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """`operator`: "and" or "or"."""

    position: int
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class If:
    position: int
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Path:
    """`container.member` of FEEL."""

    position: int
    container: Node
    member: str


@dataclass(frozen=True, slots=True)
class Filter:
    """`container[condition]` of FEEL: a filter, or an index from 1 or from -1 backwards."""

    position: int
    container: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Iteration:
    """`name in domain`; with an `end` the domain is `domain..end`."""

    position: int
    name: str
    domain: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For:
    position: int
    iterations: tuple[Iteration, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some … satisfies` (`is_every` False) and `every … satisfies`."""

    position: int
    is_every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Call:
    position: int
    function: Node
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NamedCall:
    """`f(name: value, …)`."""

    position: int
    function: Node
    names: tuple[str, ...]
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    """`function(a, b: number) body`. One that is external has no body and is never run."""

    position: int
    parameters: tuple[str, ...]
    types: tuple[FeelType | None, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class InstanceOf:
    position: int
    value: Node
    type: FeelType


@dataclass(frozen=True, slots=True)
class In:
    """`value in test` and `value in (test, …)`."""

    position: int
    value: Node
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`< operand` and the like, where a value to compare is understood."""

    position: int
    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Matching:
    """An expression where a value to match is understood: equal to it, in it, or true of it."""

    position: int
    value: Node
    asks_input: bool
    """Whether the expression speaks of the value itself, as `?`."""


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """A cell: any of the tests, or none of them. Without tests it is `-`: whatever comes."""

    position: int
    is_negated: bool
    tests: tuple[Test, ...]


Test: TypeAlias = "Comparison | Matching | UnaryTests"
Node: TypeAlias = (
    "Literal | ListLiteral | ContextLiteral | RangeLiteral | Name | Operation | Logic | If | Path "
    "| Filter | For | Quantified | Call | NamedCall | FunctionLiteral | InstanceOf | In"
)
AnyNode: TypeAlias = "Node | Iteration | Test"

INPUT = "?"
"""The name of the value that unary tests are asked about."""

NODES = (
    *(Literal, ListLiteral, ContextLiteral, RangeLiteral, Name, Operation, Logic, If, Path, Filter),
    *(Iteration, For, Quantified, Call, NamedCall, FunctionLiteral, InstanceOf, In, Comparison),
    *(Matching, UnaryTests),
)


VALUES = (
    *(ListLiteral, ContextLiteral, RangeLiteral, Operation, Logic, If, Path, Filter, For),
    *(Quantified, Call, NamedCall, InstanceOf, In),
)
"""The nodes that stand for a value of their own, but for names and constants."""

_FIELDS = {
    node: tuple(each.name for each in fields(node) if each.type not in ("int", "str", "bool"))
    for node in NODES
}


def children(node: AnyNode) -> list[AnyNode]:
    """The nodes directly below a node, in the order they are written."""
    below: list[AnyNode] = []
    for name in _FIELDS[type(node)]:
        part = getattr(node, name)
        if isinstance(part, NODES):
            below.append(part)
        elif isinstance(part, tuple):
            below.extend(each for each in part if isinstance(each, NODES))
    return below


def descendants(root: AnyNode) -> Iterator[tuple[AnyNode, int]]:
    """Every node of the tree with its height above the ground: the root's is 1."""
    found: list[tuple[AnyNode, int]] = [(root, 1)]
    for node, height in found:
        found.extend((child, height + 1) for child in children(node))
    return iter(found)


def size(root: AnyNode) -> int:
    """How many nodes a tree has."""
    return sum(1 for _ in descendants(root))


def height(root: AnyNode) -> int:
    """How many nodes lie above each other at most."""
    return max(each for _, each in descendants(root))
