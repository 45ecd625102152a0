"""From the rules of a table that match to its result (DMN 1.5, clause 8.2.10).

`select` says which of the matching rules count, so that output entries are evaluated for these
alone; `settle` chooses and orders by the outputs, `result` makes the value. None of them knows
anything of FEEL's texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import islice
from typing import TypeAlias

from engine.dmn import reasons
from engine.dmn.model import Aggregation, HitPolicy
from engine.dmn.problems import Wording
from engine.feel.arithmetic import add
from engine.feel.comparing import compare, key
from engine.feel.errors import Unfit
from engine.feel.limits import check_list_length
from engine.feel.values import is_number, kind

Rank: TypeAlias = Callable[[object], int]
"""The place of an output in the list of output values: 0 comes first, unlisted values last."""

LIST_POLICIES: frozenset[HitPolicy] = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
"""The policies whose result is a list, unless it is aggregated."""

PRIORITY_POLICIES: frozenset[HitPolicy] = frozenset({"PRIORITY", "OUTPUT ORDER"})
"""The policies that go by the order of the output values."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that counts: its number (from 1), its id, its outputs in the order of the clauses."""

    number: int
    rule_id: str | None
    outputs: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a result consists of.

    `names` are those of the outputs (one output makes a plain value, several a context), `ranks`
    the order of each output's values, None where an output has none.
    """

    names: tuple[str, ...]
    ranks: tuple[Rank | None, ...] = ()

    def value(self, outputs: Sequence[object]) -> object:
        """One output's value as it is, several as a context."""
        if len(self.names) == 1:
            return outputs[0]
        return dict(zip(self.names, outputs, strict=True))

    def priority(self, hit: Hit) -> tuple[int, ...]:
        """Compared from left to right; outputs without values do not count."""
        ranked = zip(self.ranks, hit.outputs, strict=True)
        return tuple(rank(output) for rank, output in ranked if rank is not None)


class PolicyViolated(Exception):
    """The rules that match contradict the hit policy; `numbers` are theirs, `wording` says how."""

    def __init__(self, numbers: Sequence[int], wording: Wording) -> None:
        super().__init__(wording.en)
        self.numbers = tuple(numbers)
        self.wording = wording


def select(policy: HitPolicy, matching: Iterable[int]) -> list[int]:
    """The numbers of the rules that count, of those that match, in the order of the table.

    FIRST asks for no more than one. Raises PolicyViolated where UNIQUE has two.
    """
    if policy == "FIRST":
        return list(islice(matching, 1))
    numbers = list(matching)
    if policy == "UNIQUE" and len(numbers) > 1:
        raise PolicyViolated(numbers, reasons.UNIQUE)
    return numbers


def settle(policy: HitPolicy, hits: Sequence[Hit], shape: Shape) -> list[Hit]:
    """The hits that make the result, in its order, of at least one that was selected.

    Raises PolicyViolated where the outputs differ under ANY.
    """
    match policy:
        case "ANY":
            _check_equal(hits)
            return list(hits)
        case "PRIORITY":
            return [min(hits, key=shape.priority)]
        case "OUTPUT ORDER":
            return sorted(hits, key=shape.priority)
        case _:
            return list(hits)


def result(
    policy: HitPolicy, aggregation: Aggregation | None, hits: Sequence[Hit], shape: Shape
) -> object:
    """The result for the hits that `settle` gave.

    Raises Unfit for what can't be aggregated, LimitReached for a list that is too long.
    """
    if aggregation is not None:
        return _AGGREGATIONS[aggregation]([hit.outputs[0] for hit in hits])
    if policy in LIST_POLICIES:
        check_list_length(len(hits))
        return [shape.value(hit.outputs) for hit in hits]
    return shape.value(hits[0].outputs)


def without_hits(
    policy: HitPolicy,
    aggregation: Aggregation | None,
    default: Sequence[object] | None,
    shape: Shape,
) -> object:
    """The result where no rule matches: the default outputs if there are any.

    Else an empty list where hits would be listed, 0 where they would be counted, null.
    """
    is_listed = policy in LIST_POLICIES and aggregation is None
    if default is not None:
        value = shape.value(default)
        return [value] if is_listed and not isinstance(value, list) else value
    if is_listed:
        return []
    return Decimal(0) if aggregation == "COUNT" else None


def _check_equal(hits: Sequence[Hit]) -> None:
    first = key(list(hits[0].outputs))
    if any(key(list(hit.outputs)) != first for hit in hits[1:]):
        raise PolicyViolated([hit.number for hit in hits], reasons.ANY)


def _sum(values: Sequence[object]) -> object:
    for value in values:
        if not is_number(value):
            raise Unfit(f"expected numbers as outputs to add up, but found {kind(value)}")
    return reduce(add, values)


def _count(values: Sequence[object]) -> object:
    return Decimal(len(values))


def _least(values: Sequence[object]) -> object:
    return reduce(_lesser, values, values[0])


def _lesser(best: object, value: object) -> object:
    return value if compare(value, best) < 0 else best


def _greatest(values: Sequence[object]) -> object:
    return reduce(_greater, values, values[0])


def _greater(best: object, value: object) -> object:
    return value if compare(value, best) > 0 else best


_AGGREGATIONS: Mapping[Aggregation, Callable[[Sequence[object]], object]] = {
    "SUM": _sum,
    "COUNT": _count,
    "MIN": _least,
    "MAX": _greatest,
}
