"""The text of any value of FEEL, as `string` writes it (DMN 1.5, 10.3.4.1).

Where FEEL has a literal for a value, the text inside a list or a context is that literal; dates,
times and durations are written without quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.feel import limits
from engine.feel.errors import MOST_SHOWN, LimitReached
from engine.feel.numbers import write_number
from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.temporal import text as temporal_text
from engine.feel.values import Function, Range, kind

_TEMPORAL = (Date, Time, DateTime, DaysTime, YearsMonths)
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def written(value: object) -> str:
    """The text of a value; strings in quotation marks. Raises LimitReached."""
    pieces: list[str] = []
    length = 0
    open_values = [_pieces(value)]
    while open_values:
        piece = next(open_values[-1], None)
        if piece is None:
            open_values.pop()
        elif isinstance(piece, str):
            pieces.append(piece)
            length += len(piece)
            limits.check_string_length(length)
        else:
            open_values.append(_pieces(piece.value))
            if len(open_values) > limits.VALUE_DEPTH:
                raise LimitReached("values within each other", limits.VALUE_DEPTH)
    return "".join(pieces)


def in_short(value: object) -> str:
    """The text of a value for a message, cut where it is long; words where it is very long."""
    try:
        text = written(value)
    except LimitReached:
        return kind(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


class _Inner:
    """A value that is written at this place."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


def _pieces(value: object) -> Iterator[str | _Inner]:
    if isinstance(value, list):
        return _list_pieces(value)
    if isinstance(value, dict):
        return _context_pieces(value)
    if isinstance(value, Range):
        return _range_pieces(value)
    return iter((_plain_text(value),))


def _plain_text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return write_number(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, _TEMPORAL):
        return temporal_text(value)
    if isinstance(value, Function):
        return f"{value.name or 'function'}({', '.join(value.parameters)})"
    raise TypeError(f"{type(value).__name__} is not a type of FEEL")


def _list_pieces(items: list[object]) -> Iterator[str | _Inner]:
    before = "["
    for item in items:
        yield before
        yield _Inner(item)
        before = ", "
    yield "]" if items else "[]"


def _context_pieces(members: dict[str, object]) -> Iterator[str | _Inner]:
    before = "{"
    for name, value in members.items():
        yield f"{before}{name if _is_name(name) else _quoted(name)}: "
        yield _Inner(value)
        before = ", "
    yield "}" if members else "{}"


def _range_pieces(value: Range) -> Iterator[str | _Inner]:
    if value.start is None and value.end is not None:
        yield "<= " if value.end_included else "< "
        yield _Inner(value.end)
        return
    if value.end is None and value.start is not None:
        yield ">= " if value.start_included else "> "
        yield _Inner(value.start)
        return
    yield "[" if value.start_included else "("
    yield _Inner(value.start)
    yield ".."
    yield _Inner(value.end)
    yield "]" if value.end_included else ")"


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _is_name(text: str) -> bool:
    """Whether a name needs no quotation marks: words as in Python."""
    return all(word.isidentifier() for word in text.split(" "))
