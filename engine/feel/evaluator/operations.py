"""The operators of FEEL as functions of values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel.arithmetic import ARITHMETIC, negate
from engine.feel.budget import spend
from engine.feel.comparing import ORDER, equal, in_range, less_or_equal
from engine.feel.errors import Unfit
from engine.feel.values import Range, kind


def compared(left: object, right: object) -> bool:
    """`=`. Raises Unfit for values that are not comparable."""
    if type(left) is type(right) and type(left) in (str, Decimal, bool):
        return left == right
    result = equal(left, right)
    if result is None:
        raise Unfit(f"expected two values of one kind, but found {kind(left)} and {kind(right)}")
    return result


def differs(left: object, right: object) -> bool:
    """`!=`."""
    return not compared(left, right)


def between(value: object, low: object, high: object) -> bool | None:
    """`value between low and high`: false wins over what can't be compared."""
    return conjunction([_order(low, value), _order(value, high)])


def _order(low: object, high: object) -> bool | None:
    try:
        return less_or_equal(low, high)
    except Unfit:
        return None


def conjunction(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    if None in values:
        raise Unfit("expected values of one ordered kind")
    return True


def matches(value: object, candidate: object) -> bool | None:
    """Whether a value is, or is in, what it is tested against (DMN 1.5, 10.3.2.8).

    A range holds it; a list holds it, or a range or list that does; else the two are equal.
    Null where they can't be compared.
    """
    if isinstance(candidate, Range):
        return in_range(value, candidate)
    if isinstance(candidate, list):
        return equal(value, candidate) is True or _matches_one(value, candidate)
    return equal(value, candidate)


def _matches_one(value: object, candidates: list[object]) -> bool | None:
    spend(len(candidates))
    for candidate in candidates:
        try:
            if matches(value, candidate):
                return True
        except Unfit:
            continue
    return False


OPERATIONS: Mapping[str, Callable[..., object]] = {
    **ORDER,
    **ARITHMETIC,
    "=": compared,
    "!=": differs,
    "between": between,
    "negate": negate,
}
