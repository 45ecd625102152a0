"""Which names an expression takes from outside: for static checks, before it is ever run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.feel import syntax
from engine.feel.evaluator.access import ITEM
from engine.feel.grammar.forms import PARTIAL
from engine.feel.syntax import AnyNode


@dataclass(slots=True)
class FreeNames:
    """`variables` that are read, `possible` ones (in a filter, where a name may be a member of
    the item instead), and `functions` that are called by a name bound nowhere inside.

    Each with the position where it first occurs.
    """

    variables: dict[str, int] = field(default_factory=dict)
    possible: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)


def free_names(tree: AnyNode) -> FreeNames:
    """The names of a tree of either dialect."""
    walk = _Walk()
    walk.visit(tree, frozenset(), False)
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found = FreeNames()

    def visit(self, node: AnyNode, bound: frozenset[str], in_filter: bool) -> None:
        special = _SPECIAL.get(type(node))
        if special is not None:
            special(self, node, bound, in_filter)
            return
        for child in syntax.children(node):
            self.visit(child, bound, in_filter)

    def name(self, node: syntax.Name, bound: frozenset[str], in_filter: bool) -> None:
        if node.name in bound or node.name == syntax.INPUT:
            return
        names = self.found.possible if in_filter else self.found.variables
        names.setdefault(node.name, node.position)

    def call(
        self, node: syntax.Call | syntax.NamedCall, bound: frozenset[str], in_filter: bool
    ) -> None:
        function = node.function
        if not isinstance(function, syntax.Name):
            self.visit(function, bound, in_filter)
        elif function.name not in bound:
            self.found.functions.setdefault(function.name, function.position)
        for argument in node.arguments:
            self.visit(argument, bound, in_filter)

    def context(self, node: syntax.ContextLiteral, bound: frozenset[str], in_filter: bool) -> None:
        for name, value in zip(node.names, node.values, strict=True):
            self.visit(value, bound, in_filter)
            bound = bound | {name}

    def filter(self, node: syntax.Filter, bound: frozenset[str], in_filter: bool) -> None:
        self.visit(node.container, bound, in_filter)
        self.visit(node.condition, bound | {ITEM}, True)

    def for_(self, node: syntax.For, bound: frozenset[str], in_filter: bool) -> None:
        bound = self._iterations(node.iterations, bound, in_filter)
        self.visit(node.result, bound | {PARTIAL}, in_filter)

    def quantified(self, node: syntax.Quantified, bound: frozenset[str], in_filter: bool) -> None:
        bound = self._iterations(node.iterations, bound, in_filter)
        self.visit(node.condition, bound, in_filter)

    def function(
        self, node: syntax.FunctionLiteral, bound: frozenset[str], in_filter: bool
    ) -> None:
        if node.body is not None:
            self.visit(node.body, bound | set(node.parameters), in_filter)

    def _iterations(
        self, iterations: Iterable[syntax.Iteration], bound: frozenset[str], in_filter: bool
    ) -> frozenset[str]:
        for iteration in iterations:
            self.visit(iteration.domain, bound, in_filter)
            if iteration.end is not None:
                self.visit(iteration.end, bound, in_filter)
            bound = bound | {iteration.name}
        return bound


_SPECIAL: Mapping[type, Callable[..., None]] = {
    syntax.Name: _Walk.name,
    syntax.Call: _Walk.call,
    syntax.NamedCall: _Walk.call,
    syntax.ContextLiteral: _Walk.context,
    syntax.Filter: _Walk.filter,
    syntax.For: _Walk.for_,
    syntax.Quantified: _Walk.quantified,
    syntax.FunctionLiteral: _Walk.function,
}
