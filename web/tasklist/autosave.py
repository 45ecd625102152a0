"""What was typed is kept every few seconds, by the page itself; the answer is a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from flask import jsonify, render_template
from flask_babel import format_time, gettext
from werkzeug.wrappers import Response

from engine.errors import Conflict, DraftChanged
from engine.queries.task_detail import TaskDetail
from engine.results import TaskChanged
from web.context import actor, now, queries
from web.formats import local
from web.presses import command_id, press
from web.tasklist import drafts

AUTOSAVE = "autosave"
"""The press of a page that keeps what was typed by itself."""


def keep(task: TaskDetail, values: Mapping[str, object]) -> Response:
    """Saves the draft, and says which version it is now.

    409 where the task is another's now, or is done; or where other answers were saved elsewhere:
    then with a `panel` that says what and by whom, and lets one choose.
    """
    try:
        saved: TaskChanged | None = press(drafts.saving(task, values, command_id()))
    except DraftChanged as changed:
        return _saved_elsewhere(task, values, changed)
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
    version = saved.draft_version if saved is not None else None
    return jsonify(text=gettext("Saved at %(time)s", time=time), version=version)


def _saved_elsewhere(
    task: TaskDetail, values: Mapping[str, object], changed: DraftChanged
) -> Response:
    now_kept = queries().task(actor(), task.id)
    panel = render_template(
        "tasklist/elsewhere_panel.html",
        task=now_kept,
        elsewhere=drafts.saved_elsewhere(now_kept, values, changed),
        by_itself=True,
    )
    text = gettext("Not saved: other answers were saved meanwhile. Choose which ones to keep.")
    refused = jsonify(text=text, panel=panel)
    refused.status_code = 409
    return refused
