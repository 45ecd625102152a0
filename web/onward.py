"""Where a person goes on after a press."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.queries.task_detail import TaskDetail
from engine.results import Completed
from web.answers import in_words
from web.context import actor, people, person, queries
from web.language import words
from web.statuses import goes_on_with_check, may_request_check


def place_of(instance_id: str) -> str:
    """The page that says where an instance stands, of those that are open to the person."""
    if _has_cabinet():
        return url_for("cabinet.application", instance_id=instance_id)
    return url_for("instances.show", instance_id=instance_id)


def begun_at(instance_id: str) -> str:
    """The page after the start: where a check is still to be asked for, that of the check."""
    if _has_cabinet() and may_request_check(queries().instance(actor(), instance_id).row):
        return url_for("cabinet.check", instance_id=instance_id)
    return place_of(instance_id)


def after_completion(done: Completed, task: TaskDetail, values: Mapping[str, object]) -> Response:
    """To the one task that follows for this person, else to where the matter stands.

    From the signed request for a check that is the page of the check. `values` are what was sent:
    where they decide on one of several ways, the page tells which.
    """
    flash(_told(task, values))
    if len(done.next_tasks) == 1:
        return redirect(url_for("tasklist.task", task_id=done.next_tasks[0]))
    if _has_asked_for_check(task):
        return redirect(url_for("cabinet.check", instance_id=done.instance_id))
    return redirect(place_of(done.instance_id))


def _told(task: TaskDetail, values: Mapping[str, object]) -> str:
    """What was done, and which way was taken: the answer to the one choice that is always asked."""
    name = words(task.names)
    fields = task.form.fields if task.form else ()
    choices = [each for each in fields if each.kind == "radio" and not each.show_if]
    if len(choices) != 1 or values.get(choices[0].name) is None:
        return gettext("Done: %(name)s.", name=name)
    answer = in_words(choices[0], values[choices[0].name])
    return gettext("Done: %(name)s. Chosen: %(answer)s.", name=name, answer=answer)


def _has_asked_for_check(task: TaskDetail) -> bool:
    """Whether a task that is completed now, and was signed, has asked for a check."""
    if task.signature is None or not _has_cabinet():
        return False
    row = queries().instance(actor(), task.instance_id).row
    return goes_on_with_check(row, task.status)


def _has_cabinet() -> bool:
    return "cabinet" in people().areas(person())
