"""Editing a dated table: add, correct, end or take out a row, after a look at what would hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from engine.commands import DatedRow, EditDatedTable
from engine.dated import Row, Span
from engine.errors import Conflict, InvalidSubmission
from engine.queries.dated_tables import DatedTableView
from engine.results import DatedTableEdited, HoldingRow
from web.auth import require_area
from web.context import actor, queries
from web.dated_tables.inputs import Input, inputs_for, read_value, typed_again
from web.dated_tables.looking import AREA, may_change, shown
from web.dated_tables.wording import Line, key_in_words, lines_of
from web.formats import role_names, user_name
from web.language import LANGUAGES, words
from web.presses import command_id, press

ADD, CORRECT, END, OUT, DEPLOYED = "add", "correct", "end", "out", "deployed"
_ACTIONS = (ADD, CORRECT, END, OUT, DEPLOYED)


@dataclass
class Editing:
    """One edit at hand: the table, the key, the row it is about (None: a new one), what is done.

    `faults` are what is wrong, by field; `typed` what was typed, None before anything was.
    """

    view: DatedTableView
    key: str
    row: Row | None
    action: str
    typed: Any = None
    faults: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_new_key(self) -> bool:
        """Whether the key is typed too: a year that has no window yet."""
        return self.row is None and self.view.head.new_keys is not None

    @property
    def has_value(self) -> bool:
        """Whether a value is asked for."""
        return self.action in (ADD, CORRECT)

    @property
    def asks_first(self) -> bool:
        """Whether the first day is asked for."""
        return self.action in (ADD, CORRECT)

    @property
    def asks_last(self) -> bool:
        """Whether the last day is asked for."""
        return self.action in (ADD, CORRECT, END)

    @property
    def actions(self) -> tuple[str, ...]:
        """What can be done here."""
        if self.row is None:
            return (ADD,)
        windows = self.view.head.kind == "windows"
        edited = any(edit.key == self.key for edit in self.view.edits)
        return tuple(
            action
            for action in _ACTIONS
            if not (action == ADD and windows) and not (action == DEPLOYED and not edited)
        )

    @property
    def key_name(self) -> str:
        """What the key is called."""
        return key_in_words(self.view, self.key) if self.key else ""

    def text(self, name: str, before: object = "") -> str:
        """What stands in a field: what was typed, else what is there."""
        if self.typed is not None:
            return str(self.typed.get(name, ""))
        return "" if before is None else str(before)

    def error(self, name: str) -> str:
        """What is wrong with a field."""
        return words(self.faults.get(name))

    @property
    def inputs(self) -> list[Input]:
        """The inputs for the value."""
        if not self.has_value:
            return []
        value = None if self.row is None else self.row.value
        own = inputs_for(self.view.head.describes(self.key), value, gettext("Value"))
        return own if self.typed is None else typed_again(own, self.typed, self.faults)


def form(application: str, table: str) -> str:
    """The form for one edit."""
    editing = _editing(f"{application}/{table}", request.args)
    return _page(editing, application, table)


def edit(application: str, table: str) -> Response | str | tuple[str, int]:
    """Shows what an edit would make of the key (`press` is "preview"), or carries it out."""
    editing = _editing(f"{application}/{table}", request.form)
    editing.typed = request.form
    preview = request.form.get("press") != "apply"
    command = _command(editing, preview=preview)
    if editing.faults or command is None:
        return _page(editing, application, table), 422
    try:
        done: DatedTableEdited = press(command)
    except InvalidSubmission as refused:
        editing.faults = dict(refused.fields)
        return _page(editing, application, table), 422
    except Conflict as conflict:
        editing.faults = {"": _fault(_changed_meanwhile(conflict))}
        return _page(editing, application, table, version=editing.view.version), 409
    if preview:
        return _page(editing, application, table, done)
    flash(gettext("Changed: %(name)s.", name=key_in_words(editing.view, command.key)))
    return redirect(url_for("dated_tables.show", application=application, table=table))


def _editing(name: str, given: Any) -> Editing:
    """Raises Forbidden for a key that is not this person's, NotFound for a row that is gone."""
    require_area(AREA)
    view = queries().dated_table(actor(), name)
    key, begins = given.get("key", "").strip(), given.get("row", "")
    row = next(
        (each for each in view.rows if each.key == key and str(each.span.first) == begins), None
    )
    if begins and row is None:
        raise NotFound
    editing = Editing(view, key, row, ADD)
    if not (may_change(view, key) or (editing.is_new_key and view.may_edit)):
        raise Forbidden(_who_may(view))
    action = given.get("action", "")
    editing.action = action if action in editing.actions else editing.actions[0]
    return editing


def _who_may(view: DatedTableView) -> str:
    """Who edits what this person may only look at."""
    if view.may_edit:
        return gettext("You may change what is your own unit's only. This is another's.")
    return gettext(
        "You may look at this table, but not change it. It is changed by: %(roles)s.",
        roles=role_names(sorted(view.editors)),
    )


def _command(editing: Editing, *, preview: bool) -> EditDatedTable | None:
    """The command for what was typed; None where a day is none, told in `faults`."""
    old = editing.row
    first = None if old is None else old.span.first
    if editing.asks_first:
        first = _day(editing, "from")
    last = _day(editing, "to") if editing.asks_last else None
    if editing.asks_first and first is None and "from" not in editing.faults:
        editing.faults["from"] = _fault(gettext("Give the first day"))
    if editing.action == END and last is None and "to" not in editing.faults:
        editing.faults["to"] = _fault(gettext("Give the last day"))
    if editing.faults:
        return None
    replaces = old.span.first if old is not None and editing.action in (CORRECT, END, OUT) else None
    row = None
    if first is not None and editing.action in (ADD, CORRECT, END):
        row = DatedRow(first, last, _value(editing))
    return EditDatedTable(
        table=editing.view.name,
        key=editing.key,
        note=editing.typed.get("note", ""),
        row=row,
        replaces=replaces,
        as_deployed=editing.action == DEPLOYED,
        version=editing.typed.get("version") or None,
        preview=preview,
        command_id=None if preview else command_id(),
    )


def _value(editing: Editing) -> Any:
    if not editing.has_value and editing.row is not None:
        return editing.row.value
    return read_value(editing.view.head.describes(editing.key), editing.typed)


def _day(editing: Editing, name: str) -> date | None:
    text = editing.typed.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        editing.faults[name] = _fault(gettext("Give the day as a date, as 2026-12-31"))
        return None


def _fault(text: str) -> dict[str, str]:
    """A fault that is found here, in the page's language."""
    return dict.fromkeys(LANGUAGES, text)


def _changed_meanwhile(conflict: Conflict) -> str:
    if conflict.who is None:
        return gettext("This table was changed meanwhile. Look at what holds now and try again.")
    return gettext(
        "%(who)s changed this table meanwhile. Look at what holds now and try again.",
        who=user_name(conflict.who),
    )


def _page(
    editing: Editing,
    application: str,
    table: str,
    done: DatedTableEdited | None = None,
    version: str | None = None,
) -> str:
    return render_template(
        "dated_tables/edit.html",
        editing=editing,
        view=editing.view,
        place={"application": application, "table": table},
        now_holds=None if editing.row is None else shown(editing.view, editing.row),
        preview=None if done is None else _previewed(editing, done),
        past=done is not None and done.past,
        # What was shown is what is edited: the preview's second press is about the same state.
        version=version or editing.text("version", editing.view.version),
    )


def _previewed(editing: Editing, done: DatedTableEdited) -> list[tuple[Span, list[Line], bool]]:
    """The rows as they would hold: days, the value in words, whether it is not so now."""
    description = editing.view.head.describes(editing.key)

    def told(row: HoldingRow) -> tuple[Span, list[Line], bool]:
        span = Span(row.valid_from, row.valid_to)
        return span, lines_of(description, row.value), row not in done.before

    return [told(row) for row in done.after]
