"""FEEL's numbers: decimals of 34 digits, as IEEE 754-2008 decimal128 (DMN 1.5, 10.3.2.3.1)."""

from __future__ import annotations

import re
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from engine.feel.errors import Unfit

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[Overflow, InvalidOperation, DivisionByZero],
)
"""The context of every calculation. Its ArithmeticErrors are to become Unfit."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_MOST_DIGITS = 10_000


def read_number(text: str) -> Decimal:
    """The number that a text spells, rounded to 34 digits. Raises Unfit."""
    if len(text) > _MOST_DIGITS or _NUMBER.fullmatch(text) is None:
        raise Unfit(f"expected a number, but found {text[:40]!r}")
    return rounded(Decimal(text))


def rounded(number: Decimal) -> Decimal:
    """The number with 34 digits. Raises Unfit where it is out of range."""
    try:
        return CONTEXT.plus(number)
    except ArithmeticError:
        raise Unfit("expected a number within range (34 digits, exponent up to 6144)") from None


def whole(value: object, what: str) -> int:
    """A whole number as int; `what` is its name in the message. Raises Unfit."""
    if not isinstance(value, Decimal):
        raise Unfit(f"expected a whole number for {what}")
    if value and value.adjusted() > 40:
        raise Unfit(f"expected a smaller number for {what}")
    if value != value.to_integral_value():
        raise Unfit(f"expected a whole number for {what}, but found {write_number(value)}")
    return int(value)


def write_number(number: Decimal) -> str:
    """The text of a number: no exponent where it has up to 34 places, no zeros at its end."""
    if not number:
        return "0"
    exact = number.normalize(CONTEXT)
    if -40 <= exact.adjusted() <= 40:
        return f"{exact:f}"
    return str(exact)
