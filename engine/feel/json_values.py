"""Between JSON, which variables hold, and FEEL's values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel import limits, temporal
from engine.feel.budget import CHARACTERS_A_STEP, spend
from engine.feel.errors import Unfit
from engine.feel.numbers import rounded
from engine.feel.temporal import DateTime, Region, Temporal
from engine.feel.values import Function, Range, kind

_SAME = frozenset({type(None), bool, str})


def from_json(value: object) -> object:
    """The FEEL value of a JSON value, or of a Python date, time or decimal. Raises Unfit.

    Texts stay texts: a date in JSON becomes one by `date(…)`.
    """
    if type(value) in _SAME:
        return value
    if isinstance(value, (Decimal, int, float)) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, (Temporal, Range, Function)):
        return value
    if isinstance(value, (datetime, date, time, timedelta)):
        return temporal.from_python(value)
    if isinstance(value, Mapping):
        spend(len(value))
        return {str(name): from_json(member) for name, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        if isinstance(value, str):
            return str(value)
        spend(len(value))
        return [from_json(item) for item in value]
    raise Unfit(f"expected a JSON value, but found a {type(value).__name__}")


def _number(value: Decimal | int | float) -> Decimal:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Unfit("expected a number within range")
        return Decimal(repr(value))
    if isinstance(value, int):
        return Decimal(value) if -(10**34) < value < 10**34 else rounded(Decimal(value))
    if not value.is_finite():
        raise Unfit("expected a number within range")
    return rounded(value)


def to_json(value: object) -> object:
    """The JSON value of a FEEL value: whole numbers of 64 bits are int, others float, times ISO
    8601 texts.

    Raises Unfit for a range or a function, which JSON has no word for.
    """
    if isinstance(value, str):
        spend(len(value) // CHARACTERS_A_STEP)
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return _json_number(value)
    if isinstance(value, list):
        spend(len(value))
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        spend(len(value))
        return {name: to_json(member) for name, member in value.items()}
    if isinstance(value, Temporal):
        return _iso_text(value)
    raise Unfit(f"expected a value that a variable can hold, but found {kind(value)}")


def _json_number(value: Decimal) -> int | float:
    if -limits.INTEGER <= value <= limits.INTEGER and value == value.to_integral_value():
        return int(value)
    number = float(value)
    if not math.isfinite(number):
        raise Unfit("expected a number within the range of a double")
    return number


def _iso_text(value: Temporal) -> str:
    """ISO 8601 knows no names of zones: a moment in one is written with the offset it has there."""
    if isinstance(value, DateTime) and isinstance(value.time.zone, Region):
        moment = temporal.to_python(value)
        if isinstance(moment, datetime):
            return moment.isoformat()
    return temporal.text(value)
