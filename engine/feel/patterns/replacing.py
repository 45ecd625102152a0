"""The replacement of `replace` (XPath and XQuery Functions and Operators 3.1, 5.6.4)."""

from __future__ import annotations

from collections.abc import Sequence

from engine.feel.errors import Unfit
from engine.feel.patterns.linear import Span

Parts = list[str | int]
"""Plain texts and the numbers of groups, in order."""

_DIGITS = frozenset("0123456789")


def read_replacement(replacement: str, groups: int) -> Parts:
    """`$n` is group n, `$0` the match; `\\$` and `\\\\` are the characters. Raises Unfit.

    Of more than one digit as many count as there are groups for; a group that the pattern does
    not have is empty.
    """
    parts: Parts = []
    plain: list[str] = []
    at = 0
    while at < len(replacement):
        character = replacement[at]
        following = replacement[at + 1 : at + 2]
        if character == "\\":
            if following not in ("\\", "$"):
                raise Unfit(f"expected \\\\ or \\$ in a replacement, but found \\{following}")
            plain.append(following)
            at += 2
        elif character == "$":
            if following not in _DIGITS:
                raise Unfit(f"expected a digit after $ in a replacement, but found {following!r}")
            number, at = _group_number(replacement, at + 1, groups)
            parts += ["".join(plain), number]
            plain = []
        else:
            plain.append(character)
            at += 1
    parts.append("".join(plain))
    return [part for part in parts if part != ""]


def _group_number(replacement: str, at: int, groups: int) -> tuple[int, int]:
    number = int(replacement[at])
    at += 1
    while at < len(replacement) and replacement[at] in _DIGITS:
        longer = number * 10 + int(replacement[at])
        if longer > groups:
            break
        number = longer
        at += 1
    return number, at


def written(parts: Parts, text: str, spans: Sequence[Span]) -> str:
    """The replacement for one match."""
    return "".join([part if isinstance(part, str) else _group(part, text, spans) for part in parts])


def _group(number: int, text: str, spans: Sequence[Span]) -> str:
    if number >= len(spans):
        return ""
    start, end = spans[number]
    return text[start:end] if start >= 0 else ""
