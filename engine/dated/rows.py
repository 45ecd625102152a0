"""The rows of a dated table: the file's, with what staff's edits put in their place.

The rule for both at once is one sentence: on the days that an edit names, the latest edit of them
counts; on all other days the file counts, in whichever edition is deployed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

Effect = Literal["value", "nothing", "file"]
"""What an edit says of its days: a value holds, nothing does, or what the file says."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both included; `last` None: no end."""

    first: date
    last: date | None

    @property
    def end(self) -> date:
        """The last day, however far."""
        return date.max if self.last is None else self.last

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.end and other.first <= self.end

    def holds(self, other: Span) -> bool:
        """Whether every day of the other is a day of this one."""
        return self.first <= other.first and other.end <= self.end

    def has(self, day: date) -> bool:
        """Whether the day is one of these."""
        return self.first <= day <= self.end


@dataclass(frozen=True)
class Edit:
    """What a person said of some days of a key, with the reason. It is kept as it was said."""

    id: str
    key: str
    span: Span
    effect: Effect
    value: Any
    note: str
    edited_by: str
    edited_at: datetime


@dataclass(frozen=True)
class Row:
    """A value of a key on some days. `edit` None: it is the file's, with its `source`."""

    key: str
    span: Span
    value: Any
    source: str = ""
    edit: Edit | None = None


def is_table(content: object) -> bool:
    """Whether a file's JSON is a dated table: rows, each with a key."""
    rows = content.get("rows") if isinstance(content, Mapping) else None
    return isinstance(rows, list) and all(isinstance(row, Mapping) and "key" in row for row in rows)


def file_rows(content: object) -> tuple[Row, ...]:
    """The rows of a file's JSON; empty for what is no dated table. Raises ValueError, KeyError."""
    if not isinstance(content, Mapping) or not is_table(content):
        return ()
    return tuple(_file_row(row) for row in content["rows"])


def _file_row(row: Mapping[str, Any]) -> Row:
    begins, ends = row.get("from"), row.get("to")
    span = Span(
        date.min if begins is None else date.fromisoformat(begins),
        None if ends is None else date.fromisoformat(ends),
    )
    return Row(str(row["key"]), span, row["value"], str(row.get("source", "")))


def row_of(row: Row) -> dict[str, Any]:
    """The row as a file would have it."""
    return {
        "key": row.key,
        "from": row.span.first.isoformat(),
        "to": None if row.span.last is None else row.span.last.isoformat(),
        "value": row.value,
        "source": row.source if row.edit is None else row.edit.note,
    }


def merged(rows: Iterable[Row], edits: Iterable[Edit]) -> tuple[Row, ...]:
    """What holds on which days: the file's rows under the edits, in the order they were made.

    Keys stay in the order of the file, those of staff behind them; a key's rows go by their days.
    """
    own = tuple(rows)
    by_key: dict[str, list[Row]] = {}
    for row in own:
        by_key.setdefault(row.key, []).append(row)
    for edit in edits:
        pieces = [piece for row in by_key.get(edit.key, ()) for piece in _without(row, edit.span)]
        if edit.effect == "value":
            pieces.append(Row(edit.key, edit.span, edit.value, edit=edit))
        elif edit.effect == "file":
            pieces += [
                piece for row in own if row.key == edit.key for piece in _within(row, edit.span)
            ]
        by_key[edit.key] = pieces
    return tuple(
        row for rows in by_key.values() for row in sorted(rows, key=lambda row: row.span.first)
    )


def holding(rows: Iterable[Row], key: str, day: date) -> Row | None:
    """The row of the key that holds on the day, None where none does."""
    return next((row for row in rows if row.key == key and row.span.has(day)), None)


def _without(row: Row, span: Span) -> list[Row]:
    """What is left of a row's days when those of the span are taken out."""
    if not row.span.meets(span):
        return [row]
    left = []
    if row.span.first < span.first:
        left.append(replace(row, span=Span(row.span.first, span.first - _DAY)))
    if span.last is not None and span.last < row.span.end:
        left.append(replace(row, span=Span(span.last + _DAY, row.span.last)))
    return left


def _within(row: Row, span: Span) -> list[Row]:
    """The row on those of its days that are the span's."""
    if not row.span.meets(span):
        return []
    last = min(row.span.end, span.end)
    days = Span(max(row.span.first, span.first), None if last == date.max else last)
    return [replace(row, span=days)]
