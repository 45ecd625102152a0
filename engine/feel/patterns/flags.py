"""The flags of `matches` and `replace` (XPath and XQuery Functions and Operators 3.1, 5.6.2)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.errors import Unfit

_LETTERS = "smixq"


@dataclass(frozen=True, slots=True)
class Flags:
    dot_is_any: bool
    """`s`: `.` is any character, also the end of a line."""
    lines: bool
    """`m`: `^` and `$` are the start and end of each line."""
    ignores_case: bool
    """`i`"""
    ignores_space: bool
    """`x`: white space in the pattern says nothing."""
    is_plain: bool
    """`q`: the pattern and the replacement are plain text."""


def read_flags(text: str) -> Flags:
    """Raises Unfit for a letter that is no flag."""
    for letter in text:
        if letter not in _LETTERS:
            raise Unfit(f"expected flags out of {_LETTERS}, but found {letter!r}")
    return Flags("s" in text, "m" in text, "i" in text, "x" in text, "q" in text)
