"""One value for a list of them: count, min, max, sum and the other numbers (DMN 1.5, 10.3.4.4).

Each takes one list, or the items themselves; a value that is no list is a list of it. Null in a
list fits none of them but count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import Body, built_in
from engine.feel.comparing import compare
from engine.feel.errors import Unfit
from engine.feel.numbers import CONTEXT, rounded

_EXACT = CONTEXT.copy()
_EXACT.prec = 80
_EXACT.Emin, _EXACT.Emax = 3 * CONTEXT.Emin, 3 * CONTEXT.Emax
"""For sums of squares, which are rounded once at their end."""


def _takes_list_or_items(name: str) -> Callable[[Body], Body]:
    """Declares both overloads: a single argument is the list, or its only item."""

    def declare(body: Body) -> Body:
        return built_in(name, "*items")(built_in(name, "list")(body))

    return declare


@built_in("count", "list")
def count(values: object) -> Decimal:
    return Decimal(len(arguments.items(values, "list")))


@_takes_list_or_items("min")
def smallest(values: object) -> object:
    return _foremost(values, lambda order: order < 0)


@_takes_list_or_items("max")
def largest(values: object) -> object:
    return _foremost(values, lambda order: order > 0)


@_takes_list_or_items("sum")
def total(values: object) -> Decimal:
    return _reduced(CONTEXT.add, _numbers(values))


@_takes_list_or_items("product")
def product(values: object) -> Decimal:
    return _reduced(CONTEXT.multiply, _numbers(values))


@_takes_list_or_items("mean")
def mean(values: object) -> Decimal:
    numbers = _numbers(values)
    return CONTEXT.divide(_reduced(CONTEXT.add, numbers), Decimal(len(numbers)))


@_takes_list_or_items("median")
def median(values: object) -> Decimal:
    """The number in the middle, or the mean of the two that are."""
    numbers = sorted(_numbers(values))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return mean(numbers[middle - 1 : middle + 1])


@_takes_list_or_items("stddev")
def standard_deviation(values: object) -> Decimal:
    """The deviation of a sample: the squares of the distances are divided by n - 1."""
    numbers = _numbers(values)
    if len(numbers) < 2:
        raise Unfit("expected at least two numbers, but found one")
    size = Decimal(len(numbers))
    try:
        centre = _EXACT.divide(reduce(_EXACT.add, numbers), size)
        squares = [_EXACT.power(_EXACT.subtract(number, centre), 2) for number in numbers]
        variance = _EXACT.divide(reduce(_EXACT.add, squares), size - 1)
        return rounded(_EXACT.sqrt(variance))
    except ArithmeticError:
        raise Unfit("expected numbers whose deviation is a number within range") from None


@built_in("mode", "list")
def mode(values: object) -> list[object]:
    """The numbers that occur most often, in ascending order."""
    occurrences = Counter(_numbers_or_none(arguments.items(values, "list")))
    most = max(occurrences.values(), default=0)
    return [number for number, times in sorted(occurrences.items()) if times == most]


@built_in("mode", "*items")
def mode_of_items(values: list[object]) -> list[object]:
    return mode(_numbers(values))


def _foremost(values: object, wins: Callable[[int], bool]) -> object:
    items = _some_items(values)
    best = items[0]
    compare(best, best)
    for item in items[1:]:
        if wins(compare(item, best)):
            best = item
    return best


def _some_items(values: object) -> list[object]:
    items = arguments.items(values, "list")
    if not items:
        raise Unfit("expected at least one item, but found an empty list")
    return items


def _numbers(values: object) -> list[Decimal]:
    return _numbers_or_none(_some_items(values))


def _numbers_or_none(items: list[object]) -> list[Decimal]:
    for item in items:
        if not isinstance(item, Decimal):
            raise arguments.unfit("numbers", item, "list")
    return [item for item in items if isinstance(item, Decimal)]


def _reduced(operation: Callable[[Decimal, Decimal], Decimal], numbers: list[Decimal]) -> Decimal:
    try:
        return reduce(operation, numbers)
    except ArithmeticError:
        raise Unfit("expected numbers whose result is a number within range") from None
