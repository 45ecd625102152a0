"""The FEEL texts of models with the names that each of them sees, as they are compiled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.dmn.compiling import Compilation
from engine.dmn.model import DecisionTable, Element, LiteralExpression, Model, Text
from engine.dmn.requirements import DecisionNode, KnowledgeNode, Need
from engine.dmn.scope import Scope
from engine.dmn.texts import elements_within
from engine.feel.feel import FeelExpression, FeelUnaryTests


@dataclass(frozen=True, slots=True)
class Seen:
    """A compiled text: where it is, what it is in words, the scope in which it was compiled."""

    source: Text | LiteralExpression
    what: str
    compiled: FeelExpression | FeelUnaryTests
    scope: Scope


@dataclass(frozen=True)
class ObservedScope(Scope):
    """A scope that keeps what is compiled in it, and in the scopes within it."""

    seen: list[Seen] = field(default_factory=list)

    def expression(self, source: Text | LiteralExpression, what: str) -> FeelExpression | None:
        """As of any scope."""
        compiled = super().expression(source, what)
        if compiled is not None:
            self.seen.append(Seen(source, what, compiled, self))
        return compiled

    def unary_tests(
        self, source: Text, what: str, input_name: str | None = None
    ) -> FeelUnaryTests | None:
        """As of any scope."""
        compiled = super().unary_tests(source, what, input_name)
        if compiled is not None:
            self.seen.append(Seen(source, what, compiled, self))
        return compiled


@dataclass(frozen=True, slots=True)
class Observed:
    """A decision or a function with the scope of its logic, which has its problems."""

    node: DecisionNode | KnowledgeNode
    scope: ObservedScope


class ObservedCompilation(Compilation):
    """A compilation that keeps the scopes. `problems` are those that belong to no decision."""

    def __init__(self, models: Sequence[Model]) -> None:
        self.observed: list[Observed] = []
        super().__init__(models)

    def _scope(self, node: DecisionNode | KnowledgeNode, needs: tuple[Need, ...]) -> Scope:
        scope = super()._scope(node, needs)
        observed = ObservedScope(
            scope.owner,
            scope.variables,
            scope.member_names,
            scope.named_types,
            scope.find_type,
            owner_id=scope.owner_id,
        )
        self.observed.append(Observed(node, observed))
        return observed


def tables_within(part: Element, scope: ObservedScope) -> Iterator[tuple[DecisionTable, Scope]]:
    """The decision tables in what was compiled in a scope, each with the scope of its texts."""
    scopes = {id(seen.source): seen.scope for seen in scope.seen}
    for table in elements_within(part):
        if isinstance(table, DecisionTable):
            found = (scopes[id(each)] for each in elements_within(table) if id(each) in scopes)
            yield table, next(found, scope)
