"""Parts of an expression that are null whatever the inputs are: `date("2026-13-01")`, `abs()`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.dmn.tables.constants import NotConstant, reason_for_null
from engine.feel import syntax
from engine.feel.built_ins import BUILT_INS
from engine.feel.syntax import AnyNode


def null_parts(tree: AnyNode, names: Collection[str]) -> Iterator[tuple[int, str]]:
    """The position and the reason of each; `names` are in scope and hide built-in functions."""
    if not isinstance(tree, syntax.Literal):
        yield from _within(tree, {*names, *_bound(tree)})


def _within(node: AnyNode, names: Collection[str]) -> Iterator[tuple[int, str]]:
    reason = _reason(node, names)
    if reason is not None:
        yield _start(node), reason
        return
    for child in syntax.children(node):
        yield from _within(child, names)


def _bound(tree: AnyNode) -> Iterator[str]:
    """The names that a tree binds anywhere in it."""
    for node, _ in syntax.descendants(tree):
        match node:
            case syntax.ContextLiteral(names=names) | syntax.FunctionLiteral(parameters=names):
                yield from names
            case syntax.Iteration(name=name):
                yield name


def _reason(node: AnyNode, names: Collection[str]) -> str | None:
    if not isinstance(node, syntax.VALUES):
        return None
    wrong_call = _wrong_call(node, names)
    if wrong_call is not None:
        return wrong_call
    try:
        return reason_for_null(node, names)
    except NotConstant:
        return None


def _wrong_call(node: AnyNode, names: Collection[str]) -> str | None:
    """Why no overload of a built-in function takes these arguments."""
    if not isinstance(node, (syntax.Call, syntax.NamedCall)):
        return None
    function = node.function
    if not isinstance(function, syntax.Name) or function.name in names:
        return None
    built_in = BUILT_INS.get(function.name)
    if built_in is None:
        return None
    if isinstance(node, syntax.NamedCall):
        given = frozenset(node.names)
        if any(overload.takes_names(given) for overload in built_in.overloads):
            return None
        return f"expected {built_in.signature}, but found {', '.join(node.names)}"
    if any(overload.takes(len(node.arguments)) for overload in built_in.overloads):
        return None
    return f"expected {built_in.signature}, but found {len(node.arguments)} argument(s)"


def _start(node: AnyNode) -> int:
    """Where the text of a node begins: an operator's node has the place of its sign."""
    return min(each.position for each, _ in syntax.descendants(node))
