"""Further names of required decisions, by which files made for Camunda's engines read them.

The standard knows a required decision by the name of its variable. Camunda 7 knows it by the names
of its outputs, Camunda 8, where the file gives it no variable, by its id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.model import Decision, DecisionTable
from engine.feel.grammar.names import KEYWORDS


@dataclass(frozen=True, slots=True)
class FurtherName:
    """`name` is what the decision with the variable `decision` gave: `output` of it, or all
    (None)."""

    name: str
    decision: str
    output: str | None

    def find(self, values: Mapping[str, object]) -> object:
        """What it stands for, by the values of variables; of several results a list."""
        value = values[self.decision]
        if self.output is None:
            return value
        if isinstance(value, list):
            return [_member(each, self.output) for each in value]
        return _member(value, self.output)


def further_names(decisions: Sequence[Decision], taken: Collection[str]) -> tuple[FurtherName, ...]:
    """The further names of decisions that one decision requires.

    Single words only, so that none changes how a text is read; not one that the standard gives to
    something here (`taken`), nor one that could mean two things.
    """
    offered = dict.fromkeys(each for decision in decisions for each in _offered(decision))
    times = Counter(each.name for each in offered)
    return tuple(each for each in offered if times[each.name] == 1 and each.name not in taken)


def _offered(decision: Decision) -> Iterator[FurtherName]:
    variable, table = decision.variable.name, decision.expression
    if not decision.has_variable and _is_word(decision.id):
        yield FurtherName(str(decision.id), variable, None)
    if isinstance(table, DecisionTable):
        for each in table.outputs:
            if each.name is not None and _is_word(each.name):
                output = each.name if len(table.outputs) > 1 else None
                yield FurtherName(each.name, variable, output)


def _is_word(name: str | None) -> bool:
    return name is not None and name.isidentifier() and name not in KEYWORDS


def _member(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
