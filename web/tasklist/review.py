"""Check your answers: what was filled in, in words, before it is sent.

The answers are kept as a draft first, so that one may go back, or come again tomorrow. The page
posts them to the task as the form itself does: what was read is what is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands import CheckTask
from engine.forms import Form, has_nothing_below
from engine.queries.task_detail import TaskDetail
from web.answers import in_words, posted_values
from web.context import actor, options, person, queries
from web.form_view import problems
from web.language import language
from web.onward import place_of
from web.presses import command_id, press
from web.tasklist import drafts

SEND = "send"
"""The press of the page that sends the answers."""


@dataclass(frozen=True)
class Answer:
    """One answer in words, with the address of its field; `posted` is how it is sent."""

    name: str
    label: str
    words: str
    change: str
    posted: tuple[str, ...]


def is_asked(task: TaskDetail) -> bool:
    """Whether the answers are read over before they are sent.

    Not where they are signed: there the document is read over; nor where no field is open.
    """
    form = task.form
    return form is not None and form.is_reviewed and not form.is_closed and task.signature is None


def begin(task: TaskDetail, values: Mapping[str, object]) -> Response:
    """Keeps the answers that nothing would refuse, and leads to the page.

    Raises what would refuse them when they are sent (InvalidSubmission, StepFailed), Conflict.
    """
    press(CheckTask(task.id, values))
    press(drafts.saving(task, values, command_id()))
    return redirect(url_for("tasklist.review", task_id=task.id))


def show(task_id: str) -> Response | str:
    """The answers that were kept; without any, or with wrong ones, back to the form."""
    task = queries().task(actor(), task_id)
    form, back = task.form, url_for("tasklist.task", task_id=task_id)
    if task.state != "open" or form is None or not is_asked(task) or not task.has_draft:
        return redirect(back)
    given = {
        name: value
        for name, value in task.values.items()
        if (field := form.field(name)) is None or not field.read_only
    }
    mine = task.offered and task.assignee in (None, person().id)
    if not mine or problems(form, given):
        return redirect(back)
    return render_template(
        "tasklist/review.html",
        task=task,
        title=form.title(language()),
        answers=list(_answers(form, given, back)),
        back=back,
        place=place_of(task.instance_id),
        held=drafts.held(task, None),
        send=SEND,
        send_label=form.send_label(language()),
    )


def _answers(form: Form, given: Mapping[str, object], back: str) -> Iterator[Answer]:
    for field in form.shown_fields(given):
        if field.read_only or has_nothing_below(field, given, options()):
            continue
        value = given.get(field.name)
        is_empty = value is None or value in ("", [])
        yield Answer(
            name=field.name,
            label=field.label(language()),
            words=gettext("Not answered") if is_empty else in_words(field, value),
            change=f"{back}#field-{field.name}",
            posted=posted_values(field, value),
        )
