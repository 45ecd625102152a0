"""What a built-in function takes: each converter gives the value it needs or raises Unfit.

They make the implicit conversion of DMN 1.5, 10.3.2.9.4: a list of one item stands for the item
where a single value is needed, a single value for a list of it where a list is needed. `what` is
the parameter's name in the message.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from engine.feel import numbers
from engine.feel.errors import Unfit
from engine.feel.values import Function, Range, kind

Value = TypeVar("Value")


def single(value: object) -> object:
    """The only item of a list of one item, any other value itself."""
    if isinstance(value, list) and len(value) == 1:
        return value[0]
    return value


def text(value: object, what: str) -> str:
    """A string."""
    return _of_type(value, str, "a string", what)


def number(value: object, what: str) -> Decimal:
    """A number."""
    return _of_type(value, Decimal, "a number", what)


def whole(value: object, what: str) -> int:
    """A number without a fraction, as int."""
    return numbers.whole(number(value, what), what)


def flag(value: object, what: str) -> bool:
    """A boolean."""
    return _of_type(value, bool, "a boolean", what)


def context(value: object, what: str) -> dict[str, object]:
    """A context."""
    return _of_type(value, dict, "a context", what)


def function(value: object, what: str) -> Function:
    """A function, not called yet."""
    taken = single(value)
    if isinstance(taken, Function):
        return taken
    raise unfit("a function", value, what)


def range_value(value: object, what: str) -> Range:
    """A range."""
    return _of_type(value, Range, "a range", what)


def items(value: object, what: str) -> list[object]:
    """A list; a value that is none becomes a list of it. Null is no list."""
    if isinstance(value, list):
        return value
    if value is None:
        raise unfit("a list", value, what)
    return [value]


def unfit(expected: str, value: object, what: str) -> Unfit:
    """The error for an argument of the wrong kind: `unfit("a string", value, "match")`."""
    return Unfit(f"expected {expected} for {what}, but found {kind(value)}")


def _of_type(value: object, wanted: type[Value], expected: str, what: str) -> Value:
    if isinstance(value, wanted):
        return value
    item = single(value)
    if isinstance(item, wanted):
        return item
    raise unfit(expected, value, what)
