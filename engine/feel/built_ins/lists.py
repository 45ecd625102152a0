"""Lists: what is in them, and new ones made from them (DMN 1.5, 10.3.4.4).

Positions count from 1, from the end with -1; a value that is no list is a list of it.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal

from engine.feel import limits
from engine.feel.budget import spend
from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.comparing import is_equal, key
from engine.feel.errors import Unfit
from engine.feel.values import Function


@built_in("list contains", "list", "element")
def list_contains(values: object, element: object) -> bool:
    return any(is_equal(item, element) for item in arguments.items(values, "list"))


@built_in("index of", "list", "match")
def index_of(values: object, match: object) -> list[object]:
    """The positions of the items that equal `match`."""
    items = arguments.items(values, "list")
    return [Decimal(place) for place, item in enumerate(items, start=1) if is_equal(item, match)]


@built_in("sublist", "list", "start position", "length?")
def sublist(values: object, start: object, length: object = None) -> list[object]:
    """The items from a position on, all of them or so many."""
    items = arguments.items(values, "list")
    first = _place(items, start, "start position")
    if length is None:
        return items[first:]
    size = arguments.whole(length, "length")
    if not 1 <= size <= len(items) - first:
        raise Unfit(f"expected a length of 1 to {len(items) - first}, but found {size}")
    return items[first : first + size]


@built_in("append", "list", "item")
def append(values: object, item: object) -> list[object]:
    return limits.sized([*arguments.items(values, "list"), item])


@built_in("append", "*arguments")
def append_several(values: list[object]) -> list[object]:
    if len(values) < 2:
        raise Unfit(f"expected a list and items, but found {len(values)} argument(s)")
    return limits.sized([*arguments.items(values[0], "list"), *values[1:]])


@built_in("concatenate", "list")
def concatenate(values: object) -> list[object]:
    return arguments.items(values, "list")


@built_in("concatenate", "*lists")
def concatenate_several(lists: list[object]) -> list[object]:
    if not lists:
        raise Unfit("expected at least one list")
    joined: list[object] = []
    for values in lists:
        items = arguments.items(values, "list")
        limits.check_list_length(len(joined) + len(items))
        joined += items
    return joined


@built_in("insert before", "list", "position", "newItem")
def insert_before(values: object, position: object, new_item: object) -> list[object]:
    items = arguments.items(values, "list")
    place = _place(items, position, "position")
    return limits.sized([*items[:place], new_item, *items[place:]])


@built_in("remove", "list", "position")
def remove(values: object, position: object) -> list[object]:
    items = arguments.items(values, "list")
    place = _place(items, position, "position")
    return [*items[:place], *items[place + 1 :]]


@built_in("list replace", "list", "match", "newItem")
@built_in("list replace", "list", "position", "newItem")
def list_replace(values: object, which: object, new_item: object) -> list[object]:
    """The list with another item at a position, or wherever `match(item, newItem)` is true."""
    items = arguments.items(values, "list")
    match = arguments.single(which)
    if isinstance(match, Function):
        return [new_item if _matches(match, item, new_item) else item for item in items]
    place = _place(items, which, "position")
    return [*items[:place], new_item, *items[place + 1 :]]


@built_in("reverse", "list")
def reverse(values: object) -> list[object]:
    return arguments.items(values, "list")[::-1]


@built_in("distinct values", "list")
def distinct_values(values: object) -> list[object]:
    """Each value once, where it comes first."""
    distinct: dict[Hashable, object] = {}
    for item in arguments.items(values, "list"):
        distinct.setdefault(key(item), item)
    return list(distinct.values())


@built_in("union", "list")
def union(values: object) -> list[object]:
    return distinct_values(values)


@built_in("union", "*lists")
def union_of_several(lists: list[object]) -> list[object]:
    return distinct_values(concatenate_several(lists))


@built_in("flatten", "list")
def flatten(values: object) -> list[object]:
    """The items, with those of a list in place of the list."""
    flat: list[object] = []
    pending = [iter(arguments.items(values, "list"))]
    while pending:
        for item in pending[-1]:
            if isinstance(item, list):
                spend(1 + len(item))
                limits.check_list_length(len(pending))
                pending.append(iter(item))
                break
            flat.append(item)
            limits.check_list_length(len(flat))
        else:
            pending.pop()
    return flat


def _matches(match: Function, item: object, new_item: object) -> bool:
    return arguments.flag(match.invoke([item, new_item]), "the result of match")


def _place(items: list[object], position: object, what: str) -> int:
    """The index that a position means."""
    place = arguments.whole(position, what)
    if not 1 <= abs(place) <= len(items):
        raise Unfit(f"expected a {what} of 1 to {len(items)}, but found {place}")
    return place - 1 if place > 0 else len(items) + place
