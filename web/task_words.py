"""What a task's page says beside its form: what it is for, and what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from engine.errors import NotAllowed, NotFound
from engine.forms import Field
from engine.queries.task_detail import TaskDetail
from web.answers import Fact, facts_of
from web.context import actor, queries
from web.formats import moment
from web.language import language


def intro_of(task: TaskDetail) -> str:
    """The form's `x-intro`, its `{due}` being the term of the task; empty without one."""
    text = task.form.intro(language()) if task.form else ""
    return text.replace("{due}", moment(task.due_at)) if task.due_at else text


def intros_of(task_ids: Iterable[str | None]) -> dict[str, str]:
    """What these tasks say that they are for; those that have ended meanwhile say nothing."""
    found: dict[str, str] = {}
    for task_id in task_ids:
        if task_id is not None:
            with suppress(NotFound, NotAllowed):
                found[task_id] = intro_of(queries().task(actor(), task_id))
    return found


def shown_above(task: TaskDetail, fields: Mapping[str, Field]) -> list[Fact]:
    """The variables that the form's `x-shows` names, in the words of the forms that asked."""
    names = task.form.shows if task.form else ()
    return facts_of([fields[name] for name in names if name in fields], task.variables)
