"""Functions over single numbers (DMN 1.5, 10.3.4.5)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.errors import Unfit
from engine.feel.numbers import CONTEXT, rounded, write_number
from engine.feel.temporal import DaysTime, YearsMonths

LEAST_SCALE = -6111
MOST_SCALE = 6176
"""Digits behind the point that a number can be rounded to; negative ones are before it."""

_ZERO = Decimal(0)
_TWO = Decimal(2)
_DIGITS = 34


@built_in("decimal", "n", "scale")
def decimal(n: object, scale: object) -> object:
    """Halves go to the even digit."""
    return _to_scale(n, scale, ROUND_HALF_EVEN)


@built_in("floor", "n")
def floor(n: object) -> object:
    return _to_scale(n, _ZERO, ROUND_FLOOR)


@built_in("floor", "n", "scale")
def floor_to_scale(n: object, scale: object) -> object:
    return _to_scale(n, scale, ROUND_FLOOR)


@built_in("ceiling", "n")
def ceiling(n: object) -> object:
    return _to_scale(n, _ZERO, ROUND_CEILING)


@built_in("ceiling", "n", "scale")
def ceiling_to_scale(n: object, scale: object) -> object:
    return _to_scale(n, scale, ROUND_CEILING)


@built_in("round up", "n", "scale")
def round_up(n: object, scale: object) -> object:
    """Away from zero."""
    return _to_scale(n, scale, ROUND_UP)


@built_in("round down", "n", "scale")
def round_down(n: object, scale: object) -> object:
    """Towards zero."""
    return _to_scale(n, scale, ROUND_DOWN)


@built_in("round half up", "n", "scale")
def round_half_up(n: object, scale: object) -> object:
    """Halves go away from zero."""
    return _to_scale(n, scale, ROUND_HALF_UP)


@built_in("round half down", "n", "scale")
def round_half_down(n: object, scale: object) -> object:
    """Halves go towards zero."""
    return _to_scale(n, scale, ROUND_HALF_DOWN)


@built_in("abs", "n")
def absolute(n: object) -> object:
    """Of a number or of a duration."""
    value = arguments.single(n)
    if isinstance(value, DaysTime):
        return DaysTime(abs(value.nanoseconds))
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    if not isinstance(value, Decimal):
        raise arguments.unfit("a number or a duration", n, "n")
    return value.copy_abs()


@built_in("modulo", "dividend", "divisor")
def modulo(dividend: object, divisor: object) -> object:
    """`dividend - divisor * floor(dividend / divisor)`, exactly: its sign is the divisor's."""
    number = arguments.number(dividend, "dividend")
    by = arguments.number(divisor, "divisor")
    if not by:
        raise Unfit("expected a divisor other than 0")
    if not number:
        return _ZERO
    exponent, by_exponent = _exponent(number), _exponent(by)
    if by_exponent - exponent > _DIGITS:
        return number if (number < 0) == (by < 0) else rounded(CONTEXT.add(number, by))
    units, by_units = _coefficient(number), _coefficient(by)
    least = min(exponent, by_exponent)
    by_units *= 10 ** (by_exponent - least)
    rest = units * pow(10, exponent - least, abs(by_units)) % by_units
    return rounded(Decimal(rest).scaleb(least, CONTEXT)) if rest else _ZERO


@built_in("sqrt", "number")
def sqrt(number: object) -> object:
    value = arguments.number(number, "number")
    if value < 0:
        raise Unfit(f"expected a number of at least 0, but found {write_number(value)}")
    return CONTEXT.sqrt(value)


@built_in("log", "number")
def log(number: object) -> object:
    """The natural logarithm."""
    value = arguments.number(number, "number")
    if value <= 0:
        raise Unfit(f"expected a number above 0, but found {write_number(value)}")
    return CONTEXT.ln(value)


@built_in("exp", "number")
def exp(number: object) -> object:
    """Euler's number to a power."""
    value = arguments.number(number, "number")
    try:
        return CONTEXT.exp(value)
    except ArithmeticError:
        raise Unfit("expected a number whose power of e is within range") from None


@built_in("odd", "number")
def odd(number: object) -> object:
    return _is_divisible(number, lambda rest: rest != 0)


@built_in("even", "number")
def even(number: object) -> object:
    return _is_divisible(number, lambda rest: rest == 0)


def _is_divisible(number: object, fits: Callable[[Decimal], bool]) -> bool:
    value = arguments.number(number, "number")
    if value != value.to_integral_value():
        raise Unfit(f"expected a whole number, but found {write_number(value)}")
    if value.adjusted() >= _DIGITS:
        return fits(_ZERO)
    return fits(CONTEXT.remainder(value, _TWO))


def _to_scale(n: object, scale: object, rounding: str) -> Decimal:
    """Fractions of the scale don't count."""
    number = arguments.number(n, "n")
    digits = arguments.number(scale, "scale").to_integral_value(ROUND_DOWN)
    if not LEAST_SCALE <= digits <= MOST_SCALE:
        raise Unfit(f"expected a scale of {LEAST_SCALE} to {MOST_SCALE}")
    exponent = -int(digits)
    if _exponent(number) >= exponent:
        return number
    unit = Decimal((0, (1,), exponent))
    return number.quantize(unit, rounding, CONTEXT) or _ZERO


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def _coefficient(number: Decimal) -> int:
    return int(number.scaleb(-_exponent(number), CONTEXT))
