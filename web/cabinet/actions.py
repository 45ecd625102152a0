"""What the status of a case allows its enterprise: offered in its row, and carried out.

The process application says which actions a status allows (`statuses.json`) and how each is done
(`actions.json`): at one of its tasks, or by a message. What is not allowed is refused here, and
what the diagram does not take is refused by the engine.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands import CompleteTask, CorrelateMessage
from engine.errors import Conflict, InvalidSubmission, NotAllowed, NotFound
from engine.queries.application_data import Action, ActionTask
from engine.queries.instance_list import InstanceRow
from engine.results import Completed
from web.auth import require_area
from web.cabinet.tasks import asked_of
from web.chosen import in_address
from web.context import actor, queries
from web.errors import Page, conflict_page
from web.language import words
from web.onward import after_completion, place_of
from web.presses import command_id, press
from web.statuses import REQUEST_CHECK, may_request_check, status_of

VIEW, ACTIVE = "view", "active"


@dataclass(frozen=True)
class Way:
    """How an action is done now: at a task, or by a message; neither where nothing is open."""

    task: ActionTask | None = None
    task_id: str | None = None
    message: str | None = None

    @property
    def is_page(self) -> bool:
        """Whether it is done on the page of the task."""
        return self.task_id is not None and not (self.task and self.task.values)


def offered(row: InstanceRow) -> list[Action]:
    """What the status of a case allows, in the order in which the status names it.

    A case that has ended can only be looked at.
    """
    status = status_of(row)
    known = queries().actions(actor(), row.process_id, row.version)
    codes = status.allows if status is not None and row.state == ACTIVE else (VIEW,)
    return [known[code] for code in codes if code in known]


def show(instance_id: str, action: str) -> Response | str | Page:
    """Leads to the page where the action is done; asks before one that is done at once."""
    require_area("cabinet")
    row = queries().instance(actor(), instance_id).row
    found = _allowed(row, action)
    if found is None:
        return refused(row, action)
    if found.code == VIEW:
        return redirect(place_of(row.id))
    if found.code == REQUEST_CHECK and may_request_check(row):
        return redirect(url_for("cabinet.check", instance_id=row.id))
    way = _way(row, found)
    if way.is_page:
        if way.task is not None and way.task.is_first:
            flash(gettext("This step comes first. After it you go on to what you chose."))
        chosen = in_address(way.task.chosen if way.task is not None else {})
        return redirect(url_for("tasklist.task", task_id=way.task_id, chosen=chosen))
    if way.task_id is None and way.message is None:
        return _not_yet(row, found)
    return render_template("cabinet/action.html", row=row, action=found, status=status_of(row))


def carry_out(instance_id: str, action: str) -> Response | str | Page:
    """Carries out an action that is one press: a message, or a task with values that it names."""
    require_area("cabinet")
    row = queries().instance(actor(), instance_id).row
    found = _allowed(row, action)
    if found is None:
        return refused(row, action)
    way = _way(row, found)
    if way.message is not None:
        return _send(row, found, way.message)
    if way.is_page or way.task_id is None or way.task is None:
        return redirect(url_for("cabinet.action", instance_id=row.id, action=action))
    return _complete(row, way.task_id, way.task)


def refused(row: InstanceRow, action: str) -> Page:
    """The page that says that the status does not allow it, and what it allows."""
    status = status_of(row)
    known = queries().actions(actor(), row.process_id, row.version)
    if action not in known:
        raise NotFound(f"Expected an action of {row.process_id}, but found {action}")
    return conflict_page(
        Conflict(""),
        place_of(row.id),
        title=gettext("“%(action)s” is not possible now", action=words(known[action].names)),
        text=gettext(
            "The status of the application is “%(status)s”. It allows: %(actions)s. "
            "Nothing was done.",
            status=words(status.names) if status else "",
            actions=", ".join(words(each.names) for each in offered(row)),
        ),
    )


def _allowed(row: InstanceRow, action: str) -> Action | None:
    return next((each for each in offered(row) if each.code == action), None)


def _way(row: InstanceRow, action: Action) -> Way:
    if action.message is not None:
        return Way(message=action.message)
    for task in action.tasks:
        case = row if task.process_id in (None, row.process_id) else _other_case(row, task)
        waiting = case.waiting_for if case is not None else ()
        for each in asked_of(actor().groups, actor().user, waiting):
            if each.element_id == task.element_id:
                return Way(task, each.task_id)
    return Way()


def _other_case(row: InstanceRow, task: ActionTask) -> InstanceRow | None:
    """The case of another process that holds this one: the contract of an application, say."""
    if row.party is None or row.business_key is None:
        return None
    found = queries().case_holding(actor(), row.party, task.holding, row.business_key)
    return found if found is not None and found.process_id == task.process_id else None


def _send(row: InstanceRow, action: Action, message: str) -> Response | Page:
    try:
        press(CorrelateMessage(message, row.business_key, command_id=command_id()))
    except (NotFound, NotAllowed, InvalidSubmission):
        return refused(queries().instance(actor(), row.id).row, action.code)
    flash(gettext("Done: %(name)s.", name=words(action.names)))
    return redirect(place_of(row.id))


def _complete(row: InstanceRow, task_id: str, task: ActionTask) -> Response | Page:
    detail = queries().task(actor(), task_id)
    try:
        done: Completed = press(CompleteTask(task_id, task.values, command_id=command_id()))
    except Conflict as error:
        return conflict_page(error, place_of(row.id))
    return after_completion(done, detail, task.values)


def _not_yet(row: InstanceRow, action: Action) -> Page:
    return conflict_page(
        Conflict(""),
        place_of(row.id),
        title=gettext("“%(action)s” is not possible yet", action=words(action.names)),
        text=gettext("An automatic step is going on. Try again when it is done."),
    )
