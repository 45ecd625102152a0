"""Equality and order of FEEL's values (DMN 1.5, 10.3.2.13, tables 50 to 52)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal

from engine.feel import temporal
from engine.feel.budget import spend
from engine.feel.errors import Unfit
from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.values import Range, kind

STEPS_AN_ITEM = 4
"""What comparing an item of a list or context costs, in steps of the evaluation."""

_PLAIN = frozenset({bool, str, Decimal})
_TEMPORAL = (Date, Time, DateTime, DaysTime, YearsMonths)


def equal(left: object, right: object) -> bool | None:
    """`=`: null equals null only; values of different kinds are not comparable: None."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    if type(left) in _PLAIN:
        return left == right
    if isinstance(left, _TEMPORAL):
        return temporal.equal(left, right)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right)
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_contexts(left, right)
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(left, right)
    return left is right


def is_equal(left: object, right: object) -> bool:
    """True only where the values are comparable and equal."""
    return equal(left, right) is True


def _equal_lists(left: list[object], right: list[object]) -> bool | None:
    if len(left) != len(right):
        return False
    spend(STEPS_AN_ITEM * len(left))
    return _all(equal(one, other) for one, other in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, object], right: dict[str, object]) -> bool | None:
    if left.keys() != right.keys():
        return False
    spend(STEPS_AN_ITEM * len(left))
    return _all(equal(value, right[name]) for name, value in left.items())


def _equal_ranges(left: Range, right: Range) -> bool | None:
    if (left.start_included, left.end_included) != (right.start_included, right.end_included):
        return False
    return _all((equal(left.start, right.start), equal(left.end, right.end)))


def _all(results: Iterable[bool | None]) -> bool | None:
    """Conjunction of three values: false wins, then null."""
    whole: bool | None = True
    for result in results:
        if result is False:
            return False
        if result is None:
            whole = None
    return whole


def compare(left: object, right: object) -> int:
    """-1, 0 or 1 for two numbers, strings, or temporal values of one kind. Raises Unfit."""
    if type(left) is type(right):
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return (left > right) - (left < right)
        if isinstance(left, str) and isinstance(right, str):
            return (left > right) - (left < right)
        if isinstance(left, _TEMPORAL):
            return temporal.compare(left, right)
    raise Unfit(
        f"expected two values of one ordered kind, but found {kind(left)} and {kind(right)}"
    )


def less(left: object, right: object) -> bool:
    if type(left) is Decimal and type(right) is Decimal:
        return left < right
    return compare(left, right) < 0


def less_or_equal(left: object, right: object) -> bool:
    if type(left) is Decimal and type(right) is Decimal:
        return left <= right
    return compare(left, right) <= 0


def greater(left: object, right: object) -> bool:
    if type(left) is Decimal and type(right) is Decimal:
        return left > right
    return compare(left, right) > 0


def greater_or_equal(left: object, right: object) -> bool:
    if type(left) is Decimal and type(right) is Decimal:
        return left >= right
    return compare(left, right) >= 0


ORDER: Mapping[str, Callable[[object, object], bool]] = {
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
}


def in_range(value: object, within: Range) -> bool:
    """Whether a value lies in a range. Raises Unfit where it can't be compared with its ends."""
    if value is None:
        raise Unfit("expected a value to look for in a range, but found null")
    if within.start is None and within.end is None:
        raise Unfit("expected a range with at least one end")
    if within.start is not None:
        order = compare(value, within.start)
        if order < 0 or (order == 0 and not within.start_included):
            return False
    if within.end is not None:
        order = compare(value, within.end)
        if order > 0 or (order == 0 and not within.end_included):
            return False
    return True


def key(value: object) -> Hashable:
    """A hashable stand-in: two values have equal keys exactly if they are FEEL-equal."""
    if value is None or type(value) in _PLAIN:
        return (type(value), value)
    if isinstance(value, _TEMPORAL):
        return (type(value), temporal.key(value))
    if isinstance(value, list):
        spend(STEPS_AN_ITEM * len(value))
        return (list, tuple([key(item) for item in value]))
    if isinstance(value, dict):
        spend(STEPS_AN_ITEM * len(value))
        return (dict, frozenset((name, key(item)) for name, item in value.items()))
    if isinstance(value, Range):
        ends = (key(value.start), key(value.end))
        return (Range, ends, value.start_included, value.end_included)
    return (type(value), id(value))
