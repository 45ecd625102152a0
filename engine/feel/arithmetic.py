"""`+ - * / **` and the minus sign over FEEL's values (DMN 1.5, 10.3.2.12, tables 53 to 57)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from engine.feel import limits
from engine.feel.budget import CHARACTERS_A_STEP, spend
from engine.feel.errors import Unfit
from engine.feel.numbers import CONTEXT
from engine.feel.temporal import arithmetic as temporal
from engine.feel.values import kind

Operation = Callable[[object, object], object]

_ONE = Decimal(1)


def _calculated(
    calculate: Callable[[Decimal, Decimal], Decimal], otherwise: Operation
) -> Operation:
    def operation(left: object, right: object) -> object:
        if type(left) is Decimal and type(right) is Decimal:
            try:
                return calculate(left, right)
            except ArithmeticError:
                raise Unfit("expected numbers whose result is a number within range") from None
        return otherwise(left, right)

    return operation


def _add(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        length = len(left) + len(right)
        limits.check_string_length(length)
        spend(length // CHARACTERS_A_STEP)
        return left + right
    _check_present(left, right, "+")
    return temporal.add(left, right)


def _subtract(left: object, right: object) -> object:
    _check_present(left, right, "-")
    return temporal.subtract(left, right)


def _multiply(left: object, right: object) -> object:
    _check_present(left, right, "*")
    return temporal.multiply(left, right)


def _divide(left: object, right: object) -> object:
    _check_present(left, right, "/")
    return temporal.divide(left, right)


def _power(left: object, right: object) -> object:
    raise Unfit(f"expected two numbers around **, but found {kind(left)} and {kind(right)}")


def _check_present(left: object, right: object, operator: str) -> None:
    if left is None or right is None:
        raise Unfit(
            f"expected two values around {operator}, but found {kind(left)} and {kind(right)}"
        )


def _raised(base: Decimal, exponent: Decimal) -> Decimal:
    if not exponent:
        return _ONE
    if not base and exponent < 0:
        raise Unfit("expected a number other than 0 before ** and a negative number")
    return CONTEXT.power(base, exponent)


def _divided(dividend: Decimal, divisor: Decimal) -> Decimal:
    if not divisor:
        raise Unfit("expected a number other than 0 to divide by")
    return CONTEXT.divide(dividend, divisor)


add = _calculated(CONTEXT.add, _add)
subtract = _calculated(CONTEXT.subtract, _subtract)
multiply = _calculated(CONTEXT.multiply, _multiply)
divide = _calculated(_divided, _divide)
power = _calculated(_raised, _power)

ARITHMETIC: Mapping[str, Operation] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}


def negate(value: object) -> object:
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if value is None:
        raise Unfit("expected a value after -, but found null")
    return temporal.negate(value)
