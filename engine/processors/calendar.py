"""Editing the working calendar, and what that does to open due dates."""

from __future__ import annotations

import logging
from datetime import datetime

from engine import feel
from engine.commands import EditCalendar
from engine.definitions import Definition
from engine.errors import BadCommand, StepFailed
from engine.expression_functions import functions_for
from engine.processors.due_moment import due_moment
from engine.processors.follow_up import move_follow_up
from engine.processors.history import record_administration
from engine.processors.instance import live
from engine.processors.work import Work
from engine.results import CalendarEdited, DueChange
from engine.store import calendar_days, instances, jobs, tasks
from engine.store.instances import InstanceRecord
from engine.store.jobs import JobRecord
from engine.store.tasks import TaskRecord

log = logging.getLogger(__name__)

_CALENDAR_FUNCTIONS = frozenset({"workdays", "workday_start", "workdays_before"})


def edit_calendar(work: Work, command: EditCalendar) -> CalendarEdited:
    """Changes rows and recomputes the due dates that follow from the calendar.

    With `preview` the same is computed and then undone.
    """
    settings = work.around.settings
    work.require(settings.owners | settings.operators | settings.supervisors, "edit the calendar")
    savepoint = work.connection.begin_nested()
    _write_rows(work, command)
    changes = _changes(work)
    if command.preview:
        savepoint.rollback()
        return CalendarEdited(True, changes)
    savepoint.commit()
    for change in changes:
        if change.kind == "task":
            tasks.change(work.uow, change.id, {"due_at": change.after})
        else:
            jobs.change(work.uow, change.id, {"due_at": change.after})
            work.added_jobs = True
    for task in tasks.open_with_follow_up_expression(work.uow):
        move_follow_up(work, task, task.due_at)
    record_administration(
        work,
        "CalendarEdited",
        {
            "rows": [[row.day, row.working, dict(row.names)] for row in command.rows],
            "removed": list(command.remove),
            "due_dates": [
                [change.kind, change.id, change.before, change.after] for change in changes
            ],
        },
    )
    return CalendarEdited(False, changes)


def _write_rows(work: Work, command: EditCalendar) -> None:
    if not command.rows and not command.remove:
        raise BadCommand("Expected days to change, but there are none")
    for row in command.rows:
        calendar_days.put(work.uow, row.day, row.working, row.names, work.actor.user, work.now)
    for day in command.remove:
        calendar_days.remove(work.uow, day)


def _changes(work: Work) -> tuple[DueChange, ...]:
    """What the calendar as it is now makes of every due date that follows from it."""
    found = [_change(work, "task", each) for each in tasks.open_with_due_expression(work.uow)]
    found += [_change(work, "timer", each) for each in jobs.timers_with_expression(work.uow)]
    return tuple(change for change in found if change is not None)


def _change(work: Work, kind: str, row: TaskRecord | JobRecord) -> DueChange | None:
    if not _depends(row.due_expression):
        return None
    try:
        after = _recomputed(
            work,
            row.instance_id,
            str(row.due_expression),
            row.scope,
            row.created_at,
            str(row.element_id),
        )
    except (feel.ExpressionError, StepFailed) as error:
        log.warning("the due date of %s %s stays as it is: %s", kind, row.id, error)
        return None
    if after == row.due_at:
        return None
    return DueChange(kind, row.id, row.instance_id, row.element_id, row.due_at, after)


def _depends(text: str | None) -> bool:
    return text is not None and any(
        expression.functions & _CALENDAR_FUNCTIONS for expression in feel.find_expressions(text)
    )


def _recomputed(
    work: Work, instance_id: str, text: str, scope: int, begun: datetime, element_id: str
) -> datetime | None:
    """The due date as it would have been computed at `begun` with the calendar as it is now."""
    row: InstanceRecord | None = instances.read(work.uow, instance_id)
    if row is None:
        return None
    definition: Definition = work.around.definitions.get(work.connection, row.definition_id)
    instance = live(work, row, definition)
    functions = functions_for(work.connection, definition, work.zone, begun)
    value = feel.evaluate_text(text, instance.scopes.view(scope), functions)
    return None if value is None else due_moment(instance, str(value), begun, element_id)
