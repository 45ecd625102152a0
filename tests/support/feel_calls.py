"""FEEL values from Python's, and calls of FEEL's built-in functions with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.feel.built_ins import BUILT_INS
from engine.feel.errors import Unfit
from engine.feel.values import Function, Range

__all__ = ["Lambda", "call", "call_named", "feel", "reason", "reason_named"]


def feel(value: object) -> object:
    """The same value with decimals for its integers and floats, down to the last item."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    if isinstance(value, list):
        return [feel(item) for item in value]
    if isinstance(value, dict):
        return {name: feel(item) for name, item in value.items()}
    if isinstance(value, Range):
        return Range(feel(value.start), feel(value.end), value.start_included, value.end_included)
    return value


def call(name: str, *values: object) -> object:
    return BUILT_INS[name].invoke([feel(value) for value in values])


def call_named(name: str, values: dict[str, object]) -> object:
    return BUILT_INS[name].invoke_named({key: feel(value) for key, value in values.items()})


def reason(name: str, *values: object) -> str:
    """Why a call has no result."""
    return _reason(lambda: call(name, *values))


def reason_named(name: str, values: dict[str, object]) -> str:
    return _reason(lambda: call_named(name, values))


def _reason(attempt: Callable[[], object]) -> str:
    try:
        value = attempt()
    except Unfit as unfit:
        return str(unfit)
    raise AssertionError(f"expected no result, but found {value!r}")


class Lambda(Function):
    """A function of FEEL whose body is one of Python; it counts its calls."""

    def __init__(self, parameters: str, body: Callable[..., object]) -> None:
        self.name = None
        self.parameters = tuple(parameters.split())
        self.calls = 0
        self._body = body

    def invoke(self, arguments: Sequence[object]) -> object:
        if len(arguments) != len(self.parameters):
            raise Unfit(f"expected {len(self.parameters)} arguments, but found {len(arguments)}")
        self.calls += 1
        return self._body(*arguments)

    def invoke_named(self, arguments: dict[str, object]) -> object:
        return self.invoke([arguments[name] for name in self.parameters])
