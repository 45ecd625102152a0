"""What the output entries of a table are, as far as their texts say it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from engine.dmn.model import DecisionTable, Text
from engine.dmn.scope import Scope
from engine.dmn.tables.constants import NotConstant, constant
from engine.dmn.tables.hit_policies import Rank
from engine.feel.comparing import key
from engine.feel.errors import ExpressionSyntaxError
from engine.feel.feel import parse_expression

VARIES = object()
"""Stands for an output that is not the same for all inputs, or can't be told."""


@dataclass(frozen=True)
class Outputs:
    """`entries[rule][clause]`: the constant, or VARIES."""

    entries: Sequence[Sequence[object]]

    @property
    def keys(self) -> list[Hashable | None]:
        """For each rule what its outputs have in common with equal ones; None where they vary."""
        return [None if _varies(entry) else key(list(entry)) for entry in self.entries]

    def differing(self) -> list[int]:
        """For each rule the set of rules whose outputs certainly are others."""
        rules: dict[Hashable, int] = {}
        for index, each in enumerate(self.keys):
            if each is not None:
                rules[each] = rules.get(each, 0) | 1 << index
        known = sum(rules.values())
        return [0 if each is None else known & ~rules[each] for each in self.keys]

    def priorities(self, ranks: Sequence[Rank | None]) -> list[tuple[int, ...] | None]:
        """For each rule its priority, None where its outputs vary. Lower ones come first."""
        return [_priority(entry, ranks) for entry in self.entries]


def read_outputs(table: DecisionTable, scope: Scope) -> Outputs:
    """The constants among the outputs, each text read once."""
    known: dict[str, object] = {}
    for cell in (cell for rule in table.rules for cell in rule.outputs):
        if cell.text not in known:
            known[cell.text] = read_output(cell, scope)
    return Outputs([[known[cell.text] for cell in rule.outputs] for rule in table.rules])


def read_output(cell: Text, scope: Scope) -> object:
    """The constant that an entry is, or VARIES. An empty one is null."""
    if not cell.text.strip():
        return None
    try:
        return constant(parse_expression(cell.text, scope.names, scope.named_types).tree)
    except (ExpressionSyntaxError, NotConstant):
        return VARIES


def _varies(entry: Sequence[object]) -> bool:
    return any(value is VARIES for value in entry)


def _priority(entry: Sequence[object], ranks: Sequence[Rank | None]) -> tuple[int, ...] | None:
    ranked = [(value, rank) for value, rank in zip(entry, ranks, strict=True) if rank is not None]
    if any(value is VARIES for value, _ in ranked):
        return None
    return tuple(rank(value) for value, rank in ranked)
