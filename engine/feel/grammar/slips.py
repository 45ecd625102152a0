"""What is written in other languages where FEEL writes something else: hints for syntax errors."""

from __future__ import annotations

import re

_LONGEST = 200
"""Characters of a text that is looked at as a whole; cells are shorter."""

_QUOTES = "'`‘’‚‛“”„‟«»"
_VALUE = r"[^\s,()\[\]<>=]+(?:\([^()]*\))?"
_TWO_BOUNDS = re.compile(
    rf"\s*(?P<one>[<>]=?)\s*(?P<first>{_VALUE})\s+and\s+(?P<other>[<>]=?)\s*(?P<second>{_VALUE})\s*"
)
_BARE_RANGE = re.compile(rf"\s*(?P<start>{_VALUE})\s*\.\.\s*(?P<end>{_VALUE})\s*")
_NOT_BEFORE = re.compile(r"(?:^|[\s,(])not\s*$")
_FIRST = re.compile(r'"[^"]*"|[^\s,()]+')


def hint(text: str, position: int, *, is_cell: bool) -> str | None:
    """What may be meant at a place that can't be read, as `write one = to compare`; None where
    nothing is known. `is_cell`: the text is one of unary tests."""
    found = _of_signs(text, position)
    if found is not None or len(text) > _LONGEST:
        return found
    return _of_ranges(text, position, is_cell) or _not(text, position)


def _of_signs(text: str, position: int) -> str | None:
    here, two = text[position : position + 1], text[position : position + 2]
    if two == "==" or (here == "=" and text[position - 1 : position] == "="):
        return "write one = to compare"
    if two == "&&":
        return "write and"
    if two == "||":
        return "write or"
    if here == "!" and two != "!=":
        return "write not(…)"
    if here and here in _QUOTES:
        return 'write texts in straight double quotes: "…"'
    return None


def _of_ranges(text: str, position: int, is_cell: bool) -> str | None:
    if text.startswith("..", position):
        if text[:position].rstrip().endswith(("[", "(", "]")):
            return None
        bare = _BARE_RANGE.fullmatch(text)
        shown = f"[{bare['start']}..{bare['end']}]" if bare else "[1..5]"
        return f"write a range in brackets, as {shown}"
    if not is_cell:
        return None
    if text.startswith("and", position):
        bounds = _TWO_BOUNDS.fullmatch(text)
        return f"write a range, as {_range(bounds)}" if bounds else "write a range, as (5..10)"
    return "write a comma between tests" if text.startswith("or", position) else None


def _range(bounds: re.Match[str]) -> str:
    """The range between two bounds, whichever stands first."""
    one, first, other, second = bounds.group("one", "first", "other", "second")
    if one[0] == other[0]:
        return "(5..10)"
    if one[0] == "<":
        one, first, other, second = other, second, one, first
    start, end = "[" if one == ">=" else "(", "]" if other == "<=" else ")"
    return f"{start}{first}..{second}{end}"


def _not(text: str, position: int) -> str | None:
    if not _NOT_BEFORE.search(text, 0, position):
        return None
    first = _FIRST.match(text, position)
    return f"write not({first.group() if first else '…'})"
