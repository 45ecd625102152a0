"""How large an expression and what it makes may be, and how long it may take.

`${…}` has no loops: its work is bounded by its text. FEEL has `for`, filters and functions that
call themselves: each node visited in a repetition is a step.
"""

from __future__ import annotations

from typing import TypeVar

from engine.feel.errors import LimitReached

Sized = TypeVar("Sized")

TEXT_LENGTH = 4_096
"""Characters of the text of a `${…}`."""

FEEL_LENGTH = 65_536
"""Characters of a FEEL expression."""

NESTING = 64
"""Brackets, calls and prefix operators within each other."""

HEIGHT = 256
"""Operators in one chain (`a + b + c …`) and nesting together."""

STEPS = 500_000
"""Nodes visited, items and characters gone through, in one evaluation."""

CALL_HEIGHT = 2_000
"""Nodes that are being evaluated at the same time: functions calling each other, and themselves."""

WARNINGS = 100
"""Reasons for null that one evaluation keeps."""

STRING_LENGTH = 65_536
"""Characters of a string that an expression makes."""

LIST_LENGTH = 10_000
"""Items of a list that an expression makes."""

INTEGER = 2**63 - 1
"""Absolute value of an integer of `${…}`: what every JSON reader and database column takes."""

VALUE_SIZE = 1_000_000
"""Characters of all strings and keys in a list or mapping, plus one for each value in it."""

VALUE_DEPTH = 100
"""Lists and mappings within each other."""


def sized(value: Sized) -> Sized:
    """The same value. Raises LimitReached for a string or a list that is too long."""
    if isinstance(value, str):
        check_string_length(len(value))
    elif isinstance(value, list):
        check_list_length(len(value))
    return value


def check_string_length(length: int) -> None:
    """Raises LimitReached; for use before a long string is made."""
    if length > STRING_LENGTH:
        raise LimitReached("characters in a string", STRING_LENGTH)


def check_list_length(length: int) -> None:
    """Raises LimitReached; for use before a long list is made."""
    if length > LIST_LENGTH:
        raise LimitReached("items in a list", LIST_LENGTH)
