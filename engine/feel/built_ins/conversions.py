"""Functions from strings and to strings (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

from decimal import Decimal

from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.errors import Unfit
from engine.feel.numbers import read_number
from engine.feel.texts import written

_GROUPING = (" ", ",", ".")
_POINTS = (",", ".")


@built_in("number", "from", "grouping separator?", "decimal separator?")
def number(text: object, grouping: object = None, point: object = None) -> object:
    """Without a decimal separator it is the full stop, without the other there is none."""
    source = arguments.text(text, "from")
    separator = _one_of(grouping, _GROUPING, "grouping separator")
    decimal_point = _one_of(point, _POINTS, "decimal separator") or "."
    if separator == decimal_point:
        raise Unfit(f"expected two different separators, but found {separator!r} for both")
    whole, found, fraction = source.partition(decimal_point)
    if separator:
        whole = whole.replace(separator, "")
    return _read(whole + ("." if found else "") + fraction, source)


@built_in("string", "from")
def string(value: object) -> object:
    if value is None:
        raise Unfit("expected a value to write as a string, but found null")
    return value if isinstance(value, str) else written(value)


def _one_of(value: object, allowed: tuple[str, ...], what: str) -> str | None:
    if value is None:
        return None
    chosen = arguments.text(value, what)
    if chosen not in allowed:
        names = ", ".join(map(repr, allowed))
        raise Unfit(f"expected one of {names} for {what}, but found {chosen[:40]!r}")
    return chosen


def _read(text: str, source: str) -> Decimal:
    try:
        return read_number(text)
    except Unfit:
        raise Unfit(f"expected a number, but found {source[:40]!r}") from None
