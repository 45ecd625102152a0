"""Where a person goes on after a press."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.queries.task_detail import TaskDetail
from engine.results import Completed
from web.context import people, person
from web.language import words


def place_of(instance_id: str) -> str:
    """The page that says where an instance stands, of those that are open to the person."""
    areas = people().areas(person())
    if "cabinet" in areas:
        return url_for("cabinet.application", instance_id=instance_id)
    return url_for("instances.show", instance_id=instance_id)


def after_completion(done: Completed, task: TaskDetail) -> Response:
    """To the one task that follows for this person, else to where the matter stands."""
    flash(gettext("Done: %(name)s.", name=words(task.names)))
    if len(done.next_tasks) == 1:
        return redirect(url_for("tasklist.task", task_id=done.next_tasks[0]))
    return redirect(place_of(done.instance_id))
