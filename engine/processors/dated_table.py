"""Editing a dated table: rows are added over those there are, none is changed or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from engine.commands import EditDatedTable
from engine.dated import (
    Edit,
    Head,
    Row,
    Span,
    Wish,
    edited_spans,
    gap_after,
    gap_fault,
    merged,
    wish_faults,
)
from engine.dated_tables import DatedTable
from engine.errors import BadCommand, Conflict, InvalidSubmission, NotAllowed
from engine.processors.history import record_administration
from engine.processors.work import Work
from engine.results import DatedTableEdited, HoldingRow
from engine.store import dated_rows, locks
from engine.store.ids import new_id
from engine.visibility import editable_keys, may_edit


def edit_dated_table(work: Work, command: EditDatedTable) -> DatedTableEdited:
    """Says for the key's days what holds on them from now on.

    With `preview` the same is computed and nothing is kept. Raises NotFound, NotAllowed, Conflict,
    InvalidSubmission (fields key, note, from, to, value and places in it as `value.phone`).
    """
    tenant = work.actor.tenant
    if not command.preview:
        locks.hold(work.uow, f"dated table {command.table}")
    table = work.around.tables.get(work.connection, tenant, command.table)
    head = work.around.tables.head(work.connection, tenant, table)
    _require_editor(work, command, head)
    _require_same(command, table)
    wish = _wish(command)
    rows = [row for row in table.rows if row.key == command.key]
    faults = wish_faults(wish, head, table.rows)
    if faults:
        raise InvalidSubmission(faults)
    edits = _edits(work, wish, table)
    after = [row for row in merged(table.file.rows, [*table.edits, *edits]) if row.key == wish.key]
    gap = gap_after(head, rows, after, work.today)
    if gap is not None:
        raise InvalidSubmission({"to": gap_fault(gap)})
    result = DatedTableEdited(
        command.preview,
        command.table,
        command.key,
        _holding(rows),
        _holding(after),
        past=_on_past_days(work, rows) != _on_past_days(work, after),
    )
    if not command.preview:
        _keep(work, command, edits, result)
    return result


def _require_editor(work: Work, command: EditDatedTable, head: Head) -> None:
    if not may_edit(work.actor, work.around.settings, head):
        raise NotAllowed(f"Expected {work.actor.user} to edit {command.table}, but may not")
    keys = editable_keys(work.actor, work.around.settings, head)
    if keys is not None and command.key not in keys:
        raise NotAllowed(f"Expected {work.actor.user} to edit own units, but {command.key} is none")


def _require_same(command: EditDatedTable, table: DatedTable) -> None:
    if command.version is None or command.version == table.version:
        return
    last = table.edits[-1] if table.edits else None
    raise Conflict(
        f"Expected {command.table} as it was shown, but it was changed meanwhile",
        who=None if last is None else last.edited_by,
        when=None if last is None else last.edited_at,
    )


def _wish(command: EditDatedTable) -> Wish:
    row = command.row
    if (row is None and command.replaces is None) != command.as_deployed:
        raise BadCommand("Expected a row, one to replace, or as_deployed alone")
    return Wish(
        key=command.key,
        note=command.note,
        takes_out=command.replaces,
        span=None if row is None else Span(row.valid_from, row.valid_to),
        value=None if row is None else row.value,
        as_deployed=command.as_deployed,
    )


def _edits(work: Work, wish: Wish, table: DatedTable) -> list[Edit]:
    """Raises Conflict where the row to be replaced is gone."""
    try:
        spans = edited_spans(wish, table.rows)
    except LookupError as gone:
        raise Conflict(str(gone)) from gone
    return [
        Edit(new_id(), wish.key, span, effect, value, wish.note.strip(), work.actor.user, work.now)
        for span, effect, value in spans
    ]


def _keep(
    work: Work, command: EditDatedTable, edits: Sequence[Edit], result: DatedTableEdited
) -> None:
    for edit in edits:
        dated_rows.add(work.uow, work.actor.tenant, command.table, edit)
    record_administration(
        work,
        "DatedTableEdited",
        {
            "table": command.table,
            "key": command.key,
            "note": command.note.strip(),
            "edits": [
                [edit.id, edit.effect, edit.span.first, edit.span.last, edit.value]
                for edit in edits
            ],
            "before": [[row.valid_from, row.valid_to, row.value] for row in result.before],
            "after": [[row.valid_from, row.valid_to, row.value] for row in result.after],
        },
    )


def _holding(rows: Sequence[Row]) -> tuple[HoldingRow, ...]:
    return tuple(HoldingRow(row.span.first, row.span.last, row.value) for row in rows)


def _on_past_days(work: Work, rows: Sequence[Row]) -> list[tuple[object, ...]]:
    """What held before today: beginnings, ends as far as they are past, and values."""
    return [
        (row.span.first, min(row.span.end, work.today - timedelta(days=1)), row.value)
        for row in rows
        if row.span.first < work.today
    ]
