"""All that is known of one decision table before it is judged."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from engine.dmn.analysis.dimensions import Inputs, read_inputs
from engine.dmn.analysis.findings import Finding, Kind, Place
from engine.dmn.analysis.kinds import MORE
from engine.dmn.analysis.lines import write
from engine.dmn.analysis.outputs import VARIES, Outputs, read_outputs
from engine.dmn.model import DecisionTable
from engine.dmn.scope import Scope
from engine.feel.comparing import key

Item = TypeVar("Item")

MOST_OF_A_KIND = 20
"""Findings of one kind in one table; the rest is counted."""

MOST_COUNTED = 10_000
"""How far the rest is counted."""


@dataclass(frozen=True)
class Facts:
    """A table, the names it sees, where it is, and what its cells say."""

    table: DecisionTable
    scope: Scope
    place: Place
    inputs: Inputs
    outputs: Outputs

    @classmethod
    def of(cls, table: DecisionTable, scope: Scope, place: Place) -> Facts:
        return cls(table, scope, place, read_inputs(table, scope), read_outputs(table, scope))

    def rule(self, index: int) -> str:
        """How a rule is called in sentences: its number, and its id if it has one."""
        rule = self.table.rules[index]
        return f"{index + 1} ({rule.id})" if rule.id else str(index + 1)

    def finding(self, kind: Kind, *rules: int, **details: object) -> Finding:
        """A finding about rules by their indexes, on the line of the first."""
        line = self.table.rules[rules[0]].line if rules else self.table.line
        numbers = [index + 1 for index in rules]
        return self.place.finding(kind, numbers, line, None, **details)

    def example(self, regions: Sequence[int]) -> str:
        """An input in these regions: `Age = 17, Risk = "High"`; nothing where any input is."""
        values = self.inputs.grid.example(regions)
        return ", ".join(f"{label} = {write(value)}" for label, value in values)

    def duplicates(self) -> dict[int, int]:
        """The rules that say the same as one before them, each with the first that says so."""
        first: dict[Hashable, int] = {}
        found: dict[int, int] = {}
        for index in range(len(self.table.rules)):
            earlier = first.setdefault(self._saying(index), index)
            if earlier != index and self.inputs.grid.possible(index):
                found[index] = earlier
        return found

    def limited(
        self, kind: Kind, items: Iterable[Item], make: Callable[[Item], Finding]
    ) -> Iterator[Finding]:
        """The first findings of a kind, and how many more there are."""
        rest = iter(items)
        for item in islice(rest, MOST_OF_A_KIND):
            yield make(item)
        more = sum(1 for _ in islice(rest, MOST_COUNTED))
        if more:
            count = f"{more}+" if more == MOST_COUNTED else str(more)
            yield self.finding(MORE, count=count, code=kind.code)

    def _saying(self, index: int) -> Hashable:
        """Equal for two rules that are true of the same inputs and have the same outputs."""
        rule = self.table.rules[index]
        conditions: list[Hashable] = []
        for column, cell in zip(self.inputs.columns, rule.inputs, strict=True):
            matched = self.inputs.axis(column).matched(column.cells[index])
            is_known = matched.sure == matched.may
            conditions.append(matched if is_known else cell.text.strip())
        outputs = [
            cell.text.strip() if value is VARIES else key(value)
            for value, cell in zip(self.outputs.entries[index], rule.outputs, strict=True)
        ]
        return (*conditions, *outputs)
