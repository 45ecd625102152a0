"""sort: by a function that says which of two comes first (DMN 1.5, 10.3.4.5)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.comparing import compare, less
from engine.feel.values import Function


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item that knows its order; Python's sort asks for nothing but `<`, n log n times."""

    item: object
    precedes: Function

    def __lt__(self, other: _Placed) -> bool:
        answer = self.precedes.invoke([self.item, other.item])
        return arguments.flag(answer, "the result of precedes")


@dataclass(frozen=True, slots=True)
class _Ordered:
    item: object

    def __lt__(self, other: _Ordered) -> bool:
        return less(self.item, other.item)


@built_in("sort", "list", "precedes")
def sort(values: object, precedes: object) -> list[object]:
    """Items of which neither precedes the other stay in their order."""
    items = arguments.items(values, "list")
    order = arguments.function(precedes, "precedes")
    return [placed.item for placed in sorted(_Placed(item, order) for item in items)]


@built_in("sort", "list")
def sort_naturally(values: object) -> list[object]:
    """Numbers, strings or temporal values in ascending order."""
    items = arguments.items(values, "list")
    for item in items[:1]:
        compare(item, item)
    return [ordered.item for ordered in sorted(map(_Ordered, items))]
