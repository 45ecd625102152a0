"""The values of expressions, and what operators do with them.

Values are JSON's: null, booleans, strings, numbers (int; float for decimals), lists and mappings.
Decimals are floats outside and decimal inside an operation, so `0.1 + 0.2` is `0.3`. Dates are
ISO 8601 strings, which compare in the order of time. Whatever does not fit raises `Unfit`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal

from engine.feel import limits
from engine.feel.errors import Unfit

Operation = Callable[[object, object], object]

_PLAIN = frozenset({str, int, bool, float, list, dict, type(None)})
_DECIMALS = Context(prec=34)


def plain(value: object) -> object:
    """The value as expressions see it. Dates become ISO strings, tuples lists. Raises Unfit."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Decimal):
        return _as_float(value)
    if isinstance(value, (str, int, float, Mapping)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        return list(value)
    raise Unfit(f"expected a JSON value, but found a {type(value).__name__}")


def kind(value: object) -> str:
    """The kind of a value, in words for messages."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, list):
        return "a list"
    return "a mapping"


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def truth(value: object) -> bool:
    """A value where a condition is asked for: null counts as false (as in Camunda)."""
    if value is True:
        return True
    if value is False or value is None:
        return False
    raise Unfit(f"expected true or false, but found {kind(value)}")


def is_empty(value: object) -> bool:
    """`empty x`: null, "" and a list or mapping without entries."""
    return value is None or (isinstance(value, (str, list, Mapping)) and len(value) == 0)


def text(value: object) -> str:
    """A value inside a text. Null is the empty text; lists and mappings do not fit."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(sized(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    raise Unfit(f"expected a string, number or boolean, but found {kind(value)}")


def sized(value: object) -> object:
    """The same value, if it is within the limits of what an expression may make."""
    if isinstance(value, str):
        if len(value) > limits.STRING_LENGTH:
            raise Unfit(f"expected a string of at most {limits.STRING_LENGTH} characters")
    elif isinstance(value, list):
        if len(value) > limits.LIST_LENGTH:
            raise Unfit(f"expected a list of at most {limits.LIST_LENGTH} items")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise Unfit("expected a number within range")
    elif isinstance(value, int) and not -limits.INTEGER <= value <= limits.INTEGER:
        raise Unfit("expected an integer of at most 64 bits")
    return value


def fits(value: object) -> bool:
    """Whether a list or mapping is within the limits of a whole value."""
    size, level = 0, [value]
    for _ in range(limits.VALUE_DEPTH):
        below: list[object] = []
        for each in level:
            size += 1 + (len(each) if isinstance(each, str) else 0)
            if isinstance(each, Mapping):
                below.extend(each.keys())
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
            if size + len(below) > limits.VALUE_SIZE:
                return False
        if not below:
            return True
        level = below
    return False


def equal(left: object, right: object) -> bool:
    """`==`: values of different kinds are not equal; 1 and 1.0 are, true and 1 are not."""
    waiting = [(left, right)]
    while waiting:
        one, other = waiting.pop()
        if isinstance(one, bool) or isinstance(other, bool):
            if one is not other:
                return False
        elif isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            if len(one) != len(other):
                return False
            waiting.extend(zip(one, other, strict=True))
        elif isinstance(one, Mapping) and isinstance(other, Mapping):
            if one.keys() != other.keys():
                return False
            waiting.extend((one[key], other[key]) for key in one)
        elif one != other:
            return False
    return True


def _ordered(compare: Callable[..., bool]) -> Operation:
    def operation(left: object, right: object) -> bool:
        if left is None or right is None:
            return False
        if (is_number(left) and is_number(right)) or (
            isinstance(left, str) and isinstance(right, str)
        ):
            return compare(left, right)
        raise Unfit(
            f"expected two numbers or two strings to compare, but found {kind(left)} "
            f"and {kind(right)}"
        )

    return operation


def add(left: object, right: object) -> object:
    """`+`: the sum, or one text when either side is a string."""
    if type(left) is int and type(right) is int:
        return sized(left + right)
    if isinstance(left, str) or isinstance(right, str):
        if left is None or right is None:
            raise Unfit("expected two values to join, but found null")
        return sized(text(left) + text(right))
    return _calculate(left, right, _DECIMALS.add)


def subtract(left: object, right: object) -> object:
    if type(left) is int and type(right) is int:
        return sized(left - right)
    return _calculate(left, right, _DECIMALS.subtract)


def multiply(left: object, right: object) -> object:
    if type(left) is int and type(right) is int:
        sized(left)
        sized(right)
        return sized(left * right)
    return _calculate(left, right, _DECIMALS.multiply)


def divide(left: object, right: object) -> object:
    """`/`: an integer when both sides are integers and it comes out even, else a decimal."""
    if right == 0 and is_number(right) and is_number(left):
        raise Unfit("expected to divide by a number other than 0")
    if type(left) is int and type(right) is int and left % right == 0:
        return sized(left // right)
    return _calculate(left, right, _DECIMALS.divide)


def remainder(left: object, right: object) -> object:
    """`%`: has the sign of the left side, as in Java."""
    if right == 0 and is_number(right) and is_number(left):
        raise Unfit("expected to divide by a number other than 0")
    if type(left) is int and type(right) is int:
        rest = abs(left) % abs(right)
        return sized(-rest if left < 0 else rest)
    return _calculate(left, right, _DECIMALS.remainder)


def negate(value: object) -> object:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise Unfit(f"expected a number after -, but found {kind(value)}")
    return sized(-value)


def _calculate(
    left: object, right: object, operation: Callable[[Decimal, Decimal], Decimal]
) -> object:
    if not is_number(left) or not is_number(right):
        raise Unfit(f"expected two numbers, but found {kind(left)} and {kind(right)}")
    try:
        return _as_float(operation(Decimal(str(sized(left))), Decimal(str(sized(right)))))
    except ArithmeticError as error:
        raise Unfit("expected numbers within range") from error


def _as_float(value: Decimal) -> float:
    number = float(value)
    sized(number)
    return number


ORDER: Mapping[str, Operation] = {
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
}

ARITHMETIC: Mapping[str, Operation] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": remainder,
}


def item(container: object, key: object) -> object:
    """`container[key]` and `container.key`: null where there is no such entry (as in Camunda)."""
    if container is None:
        return None
    if isinstance(container, Mapping):
        if not isinstance(key, str):
            raise Unfit(f"expected a string as the key of a mapping, but found {kind(key)}")
        return plain(container.get(key))
    if isinstance(container, list):
        if not isinstance(key, int) or isinstance(key, bool):
            raise Unfit(f"expected a whole number as the index of a list, but found {kind(key)}")
        return plain(container[key]) if 0 <= key < len(container) else None
    raise Unfit(f"expected a mapping or a list to look into, but found {kind(container)}")
