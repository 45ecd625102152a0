"""Taking a task from the group's list, and giving it back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands import ClaimTask, UnclaimTask
from engine.errors import Conflict
from web.errors import Page, conflict_page
from web.presses import command_id, press


def claim(task_id: str) -> Response | Page:
    """Makes the person the assignee, and leads to the task."""
    try:
        press(ClaimTask(task_id, command_id=command_id()))
    except Conflict as error:
        return conflict_page(error, url_for("tasklist.task", task_id=task_id))
    flash(gettext("The task is now yours."))
    return redirect(url_for("tasklist.task", task_id=task_id))


def unclaim(task_id: str) -> Response | Page:
    """Gives the task back to its group, and leads to the list."""
    try:
        press(UnclaimTask(task_id, command_id=command_id()))
    except Conflict as error:
        return conflict_page(error, url_for("tasklist.task", task_id=task_id))
    flash(gettext("The task is back in the group's list."))
    return redirect(url_for("tasklist.show"))
