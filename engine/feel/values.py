"""The values of FEEL that Python has no type for, and the words for all of them.

null, booleans and strings are Python's; a number is a Decimal, a list a list, a context a dict;
dates, times and durations are in `engine.feel.temporal`. A list or dict is never changed once it
is made (DMN 1.5, 10.3.2.2).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard

from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths


@dataclass(frozen=True, slots=True)
class Range:
    """`[start..end]`; an end that is null has no bound (DMN 1.5, 10.3.2.7)."""

    start: object
    end: object
    start_included: bool
    end_included: bool


class Function(ABC):
    """A value that can be called: a built-in, one defined in an expression, or a decision's."""

    name: str | None
    parameters: tuple[str, ...]

    @abstractmethod
    def invoke(self, arguments: Sequence[object]) -> object:
        """The result for positional arguments. Raises Unfit where it can't take them."""

    @abstractmethod
    def invoke_named(self, arguments: dict[str, object]) -> object:
        """The result for named arguments. Raises Unfit where it can't take them."""


def is_number(value: object) -> TypeGuard[Decimal]:
    return isinstance(value, Decimal)


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "a boolean",
    Decimal: "a number",
    str: "a string",
    list: "a list",
    dict: "a context",
    Range: "a range",
    Date: "a date",
    Time: "a time",
    DateTime: "a date and time",
    DaysTime: "a days and time duration",
    YearsMonths: "a years and months duration",
}


def kind(value: object) -> str:
    """The kind of a value, in words for messages."""
    return _KINDS.get(type(value), "a function")
