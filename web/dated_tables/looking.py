"""Looking at dated tables: which there are, what holds, what held, who changed what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request

from engine.dated import Edit, Row, Span
from engine.errors import NotFound
from engine.queries.dated_tables import DatedTableView
from web.auth import require_area
from web.context import actor, now, queries, settings
from web.dated_tables.wording import Line, key_in_words, lines_of

AREA = "settings"


@dataclass(frozen=True)
class ShownRow:
    """A row in words. `may_change`: there is something that this person may do with it."""

    key: str
    name: str
    span: Span
    lines: list[Line]
    edit: Edit | None
    may_change: bool


@dataclass(frozen=True)
class ShownEdit:
    """An edit in words."""

    name: str
    edit: Edit
    lines: list[Line]


def index() -> str:
    """The tables that staff edit, in words."""
    require_area(AREA)
    return render_template("dated_tables/index.html", tables=queries().dated_tables(actor()))


def show(application: str, table: str) -> str:
    """One table: its rows by validity, and its edits. With `day`: what held on that day, as it was
    known when the day ended."""
    require_area(AREA)
    name = f"{application}/{table}"
    asked = day_asked()
    view, was_kept = _view(name, asked)
    rows = [shown(view, row) for row in view.rows]
    return render_template(
        "dated_tables/table.html",
        view=view,
        place={"application": application, "table": table},
        asked=asked,
        was_kept=was_kept,
        asked_text=request.args.get("day", ""),
        held=[row for row in rows if asked is not None and row.span.has(asked)],
        groups=_by_validity(rows, view.today),
        edits=[_shown_edit(view, edit) for edit in view.edits],
        windows=view.head.kind == "windows",
        may_add=view.may_edit and view.head.new_keys is not None,
    )


def shown(view: DatedTableView, row: Row) -> ShownRow:
    """A row in words."""
    return ShownRow(
        row.key,
        key_in_words(view, row.key),
        row.span,
        lines_of(view.head.describes(row.key), row.value),
        row.edit,
        may_change(view, row.key),
    )


def may_change(view: DatedTableView, key: str) -> bool:
    """Whether this person edits the key on these pages: its value must be described."""
    own = view.editable_keys is None or key in view.editable_keys
    return view.may_edit and own and view.head.describes(key) is not None


def day_asked() -> date | None:
    """The day in the address, None for none or what is no day."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return None


def _view(name: str, asked: date | None) -> tuple[DatedTableView, bool]:
    """The table as it was known at the end of a day; as it is, where it was not kept here then.

    Raises NotFound.
    """
    if asked is not None:
        try:
            return queries().dated_table(actor(), name, known_at=_end_of(asked)), True
        except NotFound:
            return queries().dated_table(actor(), name), False
    return queries().dated_table(actor(), name), True


def _by_validity(rows: Iterable[ShownRow], today: date) -> dict[str, list[ShownRow]]:
    groups: dict[str, list[ShownRow]] = {"now": [], "to_come": [], "past": []}
    for row in rows:
        if row.span.has(today):
            groups["now"].append(row)
        elif row.span.first > today:
            groups["to_come"].append(row)
        else:
            groups["past"].append(row)
    return groups


def _shown_edit(view: DatedTableView, edit: Edit) -> ShownEdit:
    held = edit.effect == "value"
    lines = lines_of(view.head.describes(edit.key), edit.value) if held else []
    return ShownEdit(key_in_words(view, edit.key), edit, lines)


def _end_of(day: date) -> datetime:
    """The end of a day on the site's clocks, or now where it is not over."""
    if day >= date.max - timedelta(days=1):
        return now()
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(settings().time_zone))
    return min(now(), end)
