"""Starting an application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.commands import StartProcessInstance
from engine.errors import InvalidSubmission, NotFound
from engine.forms import Form, Texts
from engine.queries.dated_tables import Windows
from engine.queries.startable import StartableProcess
from web.auth import require_area
from web.cabinet.enterprises import offering_own
from web.cabinet.lock_outs import lock_outs
from web.context import actor, people, person, queries
from web.errors import stale_page
from web.form_view import problems, submitted, view_of
from web.language import change_as_pressed
from web.onward import begun_at
from web.presses import command_id, press
from web.uploads import take_files


def show(process_id: str) -> str:
    """The start form; outside the windows when the process may be started the next one instead."""
    require_area("cabinet", "tasks")
    process = _process(process_id)
    closed = _closed(process_id)
    if closed is not None:
        return _page(process, windows=closed)
    if _has_no_enterprise():
        return _page(process, without_enterprise=True)
    return _page(process, form=view_of(offering_own(process.form), {}))


def begin(process_id: str) -> Response | tuple[str, int]:
    """Starts the process; leads to its first task, its check, or to where it stands.

    The page in another language (`lang`), with what was typed, starts nothing.
    """
    require_area("cabinet", "tasks")
    process = _process(process_id)
    form = offering_own(process.form)
    values = submitted(process.form)
    refused = take_files(process.form, values, process_id=process_id)
    if change_as_pressed():
        shown = view_of(form, values, refused)
        return _page(process, form=shown), 422 if refused else 200
    if refused:
        others = _in_words_of(form, values, problems(process.form, values))
        errors = {**others, **refused}
        return _page(process, form=view_of(form, values, errors)), 422
    try:
        started = press(StartProcessInstance(process_id, values, command_id=command_id()))
    except InvalidSubmission as error:
        errors = _in_words_of(form, values, error.fields)
        return _page(process, form=view_of(form, values, errors)), 422
    if len(started.open_tasks) == 1:
        return redirect(url_for("tasklist.task", task_id=started.open_tasks[0]))
    return redirect(begun_at(started.instance_id))


def _in_words_of(
    form: Form | None, values: Mapping[str, object], errors: Mapping[str, Texts]
) -> dict[str, Texts]:
    """What is wrong; of what was left blank in the words of the form that is shown, where an
    enterprise is chosen and not typed."""
    shown = problems(form, values)
    return {
        name: shown.get(name, texts) if not values.get(name) else texts
        for name, texts in errors.items()
    }


def redrawn(process_id: str) -> str:
    """The form with what was typed, of a press that did not count: another session's."""
    process = _process(process_id)
    values = submitted(process.form)
    return _page(process, form=view_of(offering_own(process.form), values, stale_page()))


def _page(process: StartableProcess, **shown: Any) -> str:
    """The page of the start; staff, who have no cabinet, file for others at the counter.

    What would refuse the application is said before it is sent: lock-outs, and closed windows.
    """
    return render_template(
        "cabinet/start.html",
        process=process,
        at_counter="cabinet" not in people().areas(person()),
        lock_outs=lock_outs(),
        windows_now=queries().windows(actor()).get(process.process_id),
        **shown,
    )


def _has_no_enterprise() -> bool:
    return person().parties is not None and not person().parties


def _closed(process_id: str) -> Windows | None:
    """The windows of a process that none of is open; None where it may be started."""
    windows = queries().windows(actor()).get(process_id)
    return windows if windows is not None and not windows.open else None


def _process(process_id: str) -> StartableProcess:
    """The process, if this person may start it. Raises NotFound."""
    for process in queries().startable_processes(actor()):
        if process.process_id == process_id:
            return process
    raise NotFound(f"Expected a process {process_id} that may be started, but there is none")
