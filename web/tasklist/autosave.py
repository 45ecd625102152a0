"""What was typed is kept every few seconds, by the page itself; the answer is a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from flask import jsonify
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from engine.commands import SaveTaskDraft
from engine.errors import Conflict
from engine.queries.task_detail import TaskDetail
from web.context import now
from web.formats import local
from web.presses import command_id, press

AUTOSAVE = "autosave"
"""The press of a page that keeps what was typed by itself."""


def keep(task: TaskDetail, values: Mapping[str, object]) -> Response:
    """Saves the draft. 409 where the task is another's now, or is done."""
    try:
        press(SaveTaskDraft(task.id, values, command_id=command_id()))
    except Conflict:
        refused = jsonify(
            text=gettext(
                "Not saved: this task has changed meanwhile, perhaps in another tab. "
                "Load the page again; copy what you need first."
            )
        )
        refused.status_code = 409
        return refused
    time = format_time(local(now()), "HH:mm", rebase=False)
    return jsonify(text=gettext("Saved at %(time)s", time=time))
