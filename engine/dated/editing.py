"""From what a person wants of a dated table to the edits that say so, or to what speaks against it.

- A row may begin within one that has no end: that one is interrupted, and goes on behind the new
  row's last day if it has one.
- On other days that another row of the key has, a row is refused.
- Where the table's head says `always`, no day from today on may lose its value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.dated.head import Head
from engine.dated.messages import FAULTS, NO_END, fault
from engine.dated.rows import Effect, Row, Span
from engine.dated.values import Faults, value_faults

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Wish:
    """What a person wants of one key: `takes_out` the row that begins on this day, `span` with
    `value` a row instead or new, `as_deployed` no edit at all."""

    key: str
    note: str
    takes_out: date | None = None
    span: Span | None = None
    value: Any = None
    as_deployed: bool = False


def edited_spans(wish: Wish, rows: Sequence[Row]) -> list[tuple[Span, Effect, Any]]:
    """The edits that carry out a wish, in order, on rows as they hold now.

    Raises LookupError where the row that is to be taken out is gone.
    """
    if wish.as_deployed:
        return [(Span(date.min, None), "file", None)]
    edits: list[tuple[Span, Effect, Any]] = []
    if wish.takes_out is not None:
        old = _beginning(rows, wish.key, wish.takes_out)
        if wish.span is None or not wish.span.holds(old.span):
            edits.append((old.span, "nothing", None))
    if wish.span is not None:
        edits.append((wish.span, "value", wish.value))
    return edits


def wish_faults(wish: Wish, head: Head, rows: Sequence[Row]) -> Faults:
    """What speaks against a wish before it is carried out, by field: key, note, from, to, value."""
    faults: Faults = {}
    if not _may_be(wish.key, head, rows):
        faults["key"] = fault("key")
    if not wish.note.strip():
        faults["note"] = fault("note")
    elif len(wish.note) > LONGEST_NOTE:
        faults["note"] = fault("long_note", limit=LONGEST_NOTE)
    if wish.span is not None:
        faults |= _span_faults(wish, wish.span, rows)
        faults |= {
            f"value.{place}" if place else "value": text
            for place, text in _value_faults(wish, head, rows).items()
        }
    return faults


def gap_after(head: Head, before: Sequence[Row], after: Sequence[Row], today: date) -> date | None:
    """The first day from today on that an edit would leave without a value; None: there is none."""
    if not head.always:
        return None
    days = {today, *(row.span.first for row in before)}
    days |= {row.span.end + timedelta(days=1) for row in after if row.span.end < date.max}
    lost = [
        day
        for day in days
        if day >= today
        and any(row.span.has(day) for row in before)
        and not any(row.span.has(day) for row in after)
    ]
    return min(lost, default=None)


def _beginning(rows: Sequence[Row], key: str, day: date) -> Row:
    for row in rows:
        if row.key == key and row.span.first == day:
            return row
    raise LookupError(f"Expected a row of {key} that begins on {day}, but there is none")


def _may_be(key: str, head: Head, rows: Sequence[Row]) -> bool:
    if any(row.key == key for row in rows) or key in head.keys:
        return True
    return head.new_keys is not None and re.fullmatch(head.new_keys, key) is not None


def _span_faults(wish: Wish, span: Span, rows: Sequence[Row]) -> Faults:
    if span.end < span.first:
        return {"to": fault("order")}
    for row in rows:
        own = row.key == wish.key and row.span.first == wish.takes_out
        if row.key != wish.key or own or not row.span.meets(span):
            continue
        if row.span.last is None and row.span.first < span.first:
            continue
        return {"from": _overlap(row.span)}
    return {}


def _overlap(span: Span) -> dict[str, str]:
    first, last = _shown(span.first), None if span.last is None else _shown(span.last)
    return {
        code: text.format(first=first, last=last or NO_END[code])
        for code, text in FAULTS["overlap"].items()
    }


def _shown(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _value_faults(wish: Wish, head: Head, rows: Sequence[Row]) -> Faults:
    description = head.describes(wish.key)
    if description is not None:
        return value_faults(description, wish.value)
    others = [row for row in rows if row.key == wish.key] or list(rows)
    if others and type(others[0].value) is not type(wish.value):
        return {"": fault("type")}
    return {}


def gap_fault(day: date) -> dict[str, str]:
    """What is told of a day that would lose its value."""
    return fault("gap", day=_shown(day))
