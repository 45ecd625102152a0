"""Several tasks of one element done together: one answer, one command for each task.

The chosen tasks are in the address (`task`), so that the page can be loaded again, also in another
language. What became of each task is told in a row of its own; none hides what became of the rest.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from engine.commands import ClaimTask, CompleteTask
from engine.errors import (
    BadCommand,
    Conflict,
    InvalidSubmission,
    NotAllowed,
    NotFound,
    SignatureRefused,
    StepFailed,
)
from engine.queries.task_detail import TaskDetail
from web.auth import require_area
from web.context import actor, person, queries
from web.errors import Page
from web.form_view import problems, submitted, view_of
from web.language import change_as_pressed, words
from web.onward import place_of
from web.presses import command_id, command_id_of, press
from web.task_words import shown_above
from web.tasklist.alike import Group, groups_of

LIMIT = 100
"""Tasks at once."""

_OF_THE_LIST = ("tab", "search", "size", "after", "before")

log = logging.getLogger(__name__)
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What became of one chosen task, `text` being why it is not done.

    `task` is None where it is not the person's to see; `who` and `when` ended it or have it;
    `again` says that the same may be tried once more.
    """

    task: TaskDetail | None
    done: bool = False
    text: str = ""
    who: str | None = None
    when: datetime | None = None
    again: bool = False

    @property
    def address(self) -> str:
        """The task where it can be tried again, else where its matter stands."""
        if self.task is None:
            return ""
        if self.again:
            return url_for("tasklist.task", task_id=self.task.id)
        return place_of(self.task.instance_id)


def together() -> str | Page | Response:
    """The chosen tasks with their one form; a POST completes or claims them, each by itself.

    Raises BadRequest where a press carries no command id, before anything is done.
    """
    require_area("tasks")
    ids = list(dict.fromkeys(request.args.getlist("task")))
    problem = _problem_of_number(ids)
    if problem:
        return _back_to_list(problem)
    found = [_look(task_id) for task_id in ids]
    tasks = [task for task in found if task is not None]
    problem = _problem_of_kind(tasks)
    if problem:
        return _back_to_list(problem)
    pressed = request.form.get("press")
    if pressed == "claim":
        command_id()
        return _claim(_doable(tasks))
    groups = groups_of(_doable(tasks))
    if len(groups) > 1:
        return _apart(groups)
    if pressed == "complete":
        command_id()
        return _answer(found, tasks)
    if not groups:
        return _standing_of_all(found)
    if request.method == "POST":
        return _typed(found, tasks)
    return _page(found, _common_values(tasks))


def _problem_of_number(ids: Sequence[str]) -> str:
    if not ids:
        return gettext("Choose at least one task.")
    if len(ids) > LIMIT:
        return gettext("Choose at most %(number)s tasks at once.", number=LIMIT)
    return ""


def _problem_of_kind(tasks: Sequence[TaskDetail]) -> str:
    if len({(task.definition_id, task.element_id) for task in tasks}) > 1:
        return gettext(
            "Only tasks of one step, in one version of the process, can be completed together. "
            "Nothing was done; your choice is kept."
        )
    if any(task.signature for task in tasks):
        return gettext(
            "Tasks that are signed are completed one by one. Nothing was done; your choice is kept."
        )
    return ""


def _back_to_list(problem: str) -> Response:
    flash(problem, "error")
    return redirect(url_for("tasklist.show", **_kept()))


def _kept() -> dict[str, Any]:
    """The choice, and the page of the list where it was made."""
    return {name: request.args.getlist(name) for name in ("task", *_OF_THE_LIST)}


def _look(task_id: str) -> TaskDetail | None:
    """The task; None where there is none, or none for this person."""
    try:
        return queries().task(actor(), task_id)
    except (NotFound, NotAllowed):
        return None


def _doable(tasks: Sequence[TaskDetail | None]) -> list[TaskDetail]:
    """Those that the person may complete now."""
    return [task for task in tasks if task is not None and _is_doable(task)]


def _is_doable(task: TaskDetail) -> bool:
    return task.state == "open" and task.offered and task.assignee in (None, person().id)


def _apart(groups: Sequence[Group]) -> Page:
    """Leads to each group by itself: one answer would not be right for all. Nothing is done."""
    return render_template(
        "tasklist/bulk_apart.html",
        task=groups[0].tasks[0],
        groups=[(each, _address_of(each)) for each in groups],
        back=url_for("tasklist.show", **_kept()),
    ), 422 if request.method == "POST" else 200


def _address_of(group: Group) -> str:
    chosen = {**_kept(), "task": [task.id for task in group.tasks]}
    return url_for("tasklist.together", **chosen)


def _common_values(tasks: Sequence[TaskDetail]) -> dict[str, object]:
    """What stands in every task's form alike; the rest is left to the answer for all."""
    first, *others = _doable(tasks)
    return {
        name: value
        for name, value in first.values.items()
        if all(name in task.values and task.values[name] == value for task in others)
    }


def _page(
    found: Sequence[TaskDetail | None],
    values: Mapping[str, object],
    errors: Mapping[str, Texts] | None = None,
) -> str:
    tasks = _doable(found)
    fields = queries().fields(actor(), tasks[0].definition_id)
    gone = [task for task in found if task is None or not _is_doable(task)]
    return render_template(
        "tasklist/bulk.html",
        tasks=[(task, shown_above(task, fields)) for task in tasks],
        gone=[_standing(task) for task in gone],
        form=view_of(tasks[0].form, values, errors),
        may_claim=any(task.assignee is None for task in tasks),
        address=url_for("tasklist.together", **_kept()),
        back=url_for("tasklist.show", **_kept()),
    )


def _results(outcomes: Sequence[Outcome], answer: Sequence[tuple[str, str]] = ()) -> str:
    """`answer` is what was posted for the form: it comes back where something is tried again."""
    again = [each.task.id for each in outcomes if each.again and each.task]
    return render_template(
        "tasklist/bulk_results.html",
        outcomes=outcomes,
        done=sum(each.done for each in outcomes),
        answer=answer,
        again=url_for("tasklist.together", task=again) if again else None,
    )


def _standing_of_all(found: Sequence[TaskDetail | None]) -> str:
    """How the tasks stand where there is nothing left to do; one's own completions are done."""
    outcomes = []
    for task in found:
        if task is not None and task.state == "completed" and task.ended_by == person().id:
            outcomes.append(Outcome(task, done=True, when=task.ended_at))
        else:
            outcomes.append(_standing(task))
    return _results(outcomes)


def _answer(found: Sequence[TaskDetail | None], tasks: Sequence[TaskDetail]) -> str | Page:
    """Checks the one answer by the form, then completes each task with it."""
    form = tasks[0].form if tasks else None
    values = submitted(form)
    errors = problems(form, values)
    if errors and _doable(tasks):
        return _page(found, values, errors), 422
    outcomes = [_standing(None) if task is None else _complete(task, values) for task in found]
    names = {field.name for field in form.fields} if form else set()
    posted = [(name, value) for name, value in request.form.items(multi=True) if name in names]
    return _results(outcomes, posted)


def _typed(found: Sequence[TaskDetail | None], tasks: Sequence[TaskDetail]) -> str:
    """The page with what was typed already: to try again, or in another language (`lang`)."""
    change_as_pressed()
    return _page(found, submitted(tasks[0].form))


def _complete(task: TaskDetail, values: Mapping[str, object]) -> Outcome:
    """Completes one task. Whatever stands in the way is told in its row."""
    try:
        press(CompleteTask(task.id, values, command_id=command_id_of(task.id)))
    except InvalidSubmission as error:
        reasons = " ".join(words(texts) for texts in error.fields.values())
        return Outcome(task, text=reasons, again=True)
    except SignatureRefused as error:
        return Outcome(task, text=words(error.messages))
    except BadCommand as error:
        return _meanwhile(task, error)
    except StepFailed:
        reason = gettext("The next step failed, so nothing of this was done. The operator knows.")
        return Outcome(task, text=reason, again=True)
    except Exception:
        identifier = uuid.uuid4().hex[:12]
        log.exception("Error %s at task %s, completed with others", identifier, task.id)
        return Outcome(task, text=_defect(identifier), again=True)
    return Outcome(task, done=True)


def _defect(identifier: str) -> str:
    told = gettext("If it happens again, tell the operator this number:")
    return f"{gettext('Something went wrong on our side')}. {told} {identifier}"


def _meanwhile(task: TaskDetail, error: BadCommand) -> Outcome:
    """Why the engine refused: what changed since the task was looked at."""
    found = _look(task.id)
    if found is None or not _is_doable(found):
        return _standing(found)
    if isinstance(error, Conflict):
        return Outcome(found, text=gettext("Others kept changing it. Try again."), again=True)
    return Outcome(found, text=gettext("This could not be done"))


def _standing(task: TaskDetail | None) -> Outcome:
    """Why a task can't be done (any more), by whom and when it changed."""
    if task is None:
        return Outcome(None, text=gettext("It does not exist, or it is not open to you."))
    if task.state == "completed":
        text = gettext("Someone else was faster, so nothing was done.")
        if task.ended_by == person().id:
            text = gettext("You did this already, perhaps in another tab. Nothing was done twice.")
        return Outcome(task, text=text, who=task.ended_by, when=task.ended_at)
    if task.state != "open":
        return Outcome(task, text=gettext("This task is gone"), when=task.ended_at)
    if task.assignee not in (None, person().id):
        return Outcome(task, text=gettext("Someone else has it."), who=task.assignee)
    return Outcome(task, text=gettext("It does not exist, or it is not open to you."))


def _claim(tasks: Sequence[TaskDetail]) -> Response:
    """Claims those that nobody has, and shows the same choice again: it says who has the others."""
    claimed = 0
    for task in tasks:
        if task.assignee is None:
            claimed += _claim_one(task)
    if claimed:
        flash(ngettext("%(num)d task is now yours.", "%(num)d tasks are now yours.", claimed))
    return redirect(url_for("tasklist.together", **_kept()))


def _claim_one(task: TaskDetail) -> bool:
    try:
        press(ClaimTask(task.id, command_id=command_id_of(task.id)))
    except (Conflict, NotAllowed, NotFound) as error:
        log.info("task %s was not claimed with others: %s", task.id, error)
        return False
    return True
