"""Starting an application."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.commands import StartProcessInstance
from engine.errors import InvalidSubmission, NotFound
from engine.queries.startable import StartableProcess
from web.auth import require_area
from web.cabinet.enterprises import offering_own
from web.context import actor, queries
from web.form_view import submitted, view_of
from web.presses import command_id, press


def show(process_id: str) -> str:
    """The start form."""
    require_area("cabinet")
    process = _process(process_id)
    form = view_of(offering_own(process.form), {})
    return render_template("cabinet/start.html", process=process, form=form)


def begin(process_id: str) -> Response | tuple[str, int]:
    """Starts the process; leads to its first task, or to where it stands."""
    require_area("cabinet")
    process = _process(process_id)
    values = submitted(process.form)
    try:
        started = press(StartProcessInstance(process_id, values, command_id=command_id()))
    except InvalidSubmission as error:
        form = view_of(offering_own(process.form), values, error.fields)
        return render_template("cabinet/start.html", process=process, form=form), 422
    if len(started.open_tasks) == 1:
        return redirect(url_for("tasklist.task", task_id=started.open_tasks[0]))
    return redirect(url_for("cabinet.application", instance_id=started.instance_id))


def _process(process_id: str) -> StartableProcess:
    """The process, if this person may start it. Raises NotFound."""
    for process in queries().startable_processes(actor()):
        if process.process_id == process_id:
            return process
    raise NotFound(f"Expected a process {process_id} that may be started, but there is none")
