"""One task: what it is about, its form, and completing it."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands import CompleteTask
from engine.errors import Conflict, DraftChanged, InvalidSubmission, SignatureRefused, StepFailed
from engine.queries.task_detail import TaskDetail
from web.answers import facts_of
from web.cabinet.account_form import offered_values
from web.changes import Change, changes_since
from web.chosen import chosen_in_address
from web.context import actor, people, person, queries
from web.contracts import contract_in, documents_for
from web.earlier_answers import earlier_answers
from web.errors import Page, conflict_page, stale_page
from web.form_view import FormView, chosen_field, problems, submitted, view_of
from web.language import change_as_pressed, language, words
from web.onward import after_completion, place_of
from web.presses import command_id, command_id_of, press
from web.signing.ways import Ways, offered
from web.task_words import intro_of, shown_above
from web.tasklist import autosave, drafts, review
from web.uploads import take_files
from web.vacancies import vacancy_in

Texts = Mapping[str, str]

UNCHANGED = "unchanged"
"""The press that goes on to sign although nothing was changed."""

_DRAFTS = ("draft", "elsewhere")
_KEEPING = (*_DRAFTS, autosave.AUTOSAVE)
"""The presses that keep what was typed, unchecked."""

_log = logging.getLogger(__name__)

_NOT_GONE_ON: Texts = {
    "kk": "Процесс жалғаса алмады, ештеңе орындалмады. Операторға хабарланды, ол себебін көреді.",
    "ru": "Процесс не смог пойти дальше, ничего не сделано. Оператору сообщено, он видит причину.",
    "en": "The process could not go on, and nothing was done. The operator has been told and "
    "sees what is wrong.",
}


def show(task_id: str) -> str | Page:
    """The task with its form; an ended task says who ended it and leads onward."""
    task = queries().task(actor(), task_id)
    if task.state != "open":
        return _ended(task)
    return page(task, {**offered_values(task), **chosen_in_address(task)})


def complete(task_id: str) -> Response | str | Page:
    """Completes the task, or keeps what was typed as a draft (`press` is "draft").

    Where the answers are read over first, only the press of that page completes.
    """
    task = queries().task(actor(), task_id)
    values = submitted(task.form)
    try:
        refused = take_files(task.form, values, task_id=task_id)
    except Conflict as error:
        return conflict_page(error, place_of(task.instance_id))
    if refused:
        keeps = chosen_field() is not None or request.form.get("press") in _KEEPING
        others = {} if keeps else problems(task.form, values)
        return page(task, values, {**others, **refused}), 422
    if chosen_field() is not None:
        return page(task, values)
    if request.form.get("press") in _DRAFTS:
        return _save_draft(task, values)
    if request.form.get("press") == autosave.AUTOSAVE:
        return autosave.keep(task, values)
    try:
        if review.is_asked(task) and request.form.get("press") != review.SEND:
            return _review(task, values)
        done = press(
            CompleteTask(
                task_id,
                values,
                version=drafts.version(),
                editor=drafts.editor(),
                command_id=command_id(),
            )
        )
    except InvalidSubmission as error:
        return page(task, values, error.fields), 422
    except SignatureRefused as error:
        if error.check != "presence":
            raise
        return _to_be_signed(task, values)
    except DraftChanged as error:
        return _saved_elsewhere(task, values, error)
    except Conflict as error:
        return conflict_page(error, place_of(task.instance_id))
    except StepFailed as error:
        _log.error("step failed, incident %s: %s", error.incident_id, error)
        return page(task, values, {"": _NOT_GONE_ON}), 500
    return after_completion(done, task, values)


def redrawn(task_id: str) -> str:
    """The page with what was typed, of a press that did not count: another session's."""
    task = queries().task(actor(), task_id)
    if task.state != "open":
        raise Conflict("", who=task.ended_by, when=task.ended_at)
    return page(task, submitted(task.form), errors=stale_page())


def _to_be_signed(task: TaskDetail, values: Mapping[str, object]) -> str:
    """What was filled in is a draft now, whatever becomes of the signature.

    Where nothing is other than before, that is asked about first.
    """
    if task.form is not None and task.form.fields:
        press(drafts.saving(task, values, command_id_of("to be signed")))
    if _changes(task) == [] and request.form.get("press") != UNCHANGED:
        return page(task, values, asks_unchanged=True)
    return page(task, values, signing=True)


def _changes(task: TaskDetail) -> list[Change] | None:
    fields = queries().fields(actor(), task.definition_id)
    return changes_since(task.earlier, fields.values(), task.variables, language())


def page(
    task: TaskDetail,
    values: Mapping[str, object],
    errors: Mapping[str, Texts] | None = None,
    *,
    signing: bool = False,
    asks_unchanged: bool = False,
    elsewhere: drafts.Elsewhere | None = None,
) -> str:
    """The page of an open task. `signing`: the form is filled in, the signature is still to come.

    `asks_unchanged`: whether it is to be signed although nothing was changed.

    Raises NotFound where the instance is not to be seen.
    """
    instance = queries().instance(actor(), task.instance_id)
    fields = queries().fields(actor(), task.definition_id)
    staff = "tasks" in people().areas(person())
    asked = {each.name for each in task.form.fields} if task.form else set()
    signing = signing or (task.signature is not None and not asked)
    read_above = {each.name for shown in task.shows for each in shown.form.fields}
    known = [each for name, each in fields.items() if name not in asked | read_above]
    contract = contract_in(instance)
    return render_template(
        "tasklist/task.html",
        task=task,
        instance=instance,
        place=place_of(task.instance_id),
        form=_form_view(task, {**_only_shown(task), **values}, errors),
        facts=facts_of(known, task.variables),
        contract=contract,
        documents_shown=documents_for(instance, contract, staff=staff),
        vacancy=vacancy_in(instance, with_monitorings=staff),
        intro=intro_of(task),
        shown=shown_above(task, fields),
        earlier_answers=earlier_answers(task, instance),
        nothing_open=task.form is not None and task.form.is_closed,
        asks_unchanged=UNCHANGED if asks_unchanged else None,
        elsewhere=elsewhere,
        held=drafts.held(task, elsewhere) if asked else {},
        signing=_ways(task) if signing else None,
        changes=_changes(task),
        reviewed=review.is_asked(task),
        mine=task.assignee == person().id,
        may_work=task.offered and task.assignee in (None, person().id),
        may_claim=task.offered and task.assignee is None and staff,
        staff=staff,
    )


def _ways(task: TaskDetail) -> Ways:
    as_representative = task.signature is not None and task.signature.as_representative
    return offered(task.party, as_representative=as_representative)


def _form_view(
    task: TaskDetail, values: Mapping[str, object], errors: Mapping[str, Texts] | None
) -> FormView:
    fields = task.form.fields if task.form else ()
    asks = task.state == "open" and any(field.decision for field in fields)
    decisions = queries().form_decisions(actor(), task.id, values) if asks else {}
    return view_of(
        task.form, values, errors, chosen=chosen_field(), decisions=decisions, remarks=task.remarks
    )


def _review(task: TaskDetail, values: Mapping[str, object]) -> Response | str | Page:
    if task.state != "open":
        return _ended(task)
    return review.begin(task, values)


def _only_shown(task: TaskDetail) -> Mapping[str, object]:
    """The values of fields that no one may change, which a browser does not send back."""
    fields = task.form.fields if task.form else ()
    return {
        field.name: task.values[field.name]
        for field in fields
        if field.read_only and field.name in task.values
    }


def _save_draft(task: TaskDetail, values: Mapping[str, object]) -> Response | Page:
    try:
        press(drafts.saving(task, values, command_id()))
    except DraftChanged as error:
        return _saved_elsewhere(task, values, error)
    except Conflict as error:
        return conflict_page(error, place_of(task.instance_id))
    if not change_as_pressed():
        if request.form["press"] == "elsewhere":
            return redirect(url_for("signing.elsewhere", task_id=task.id))
        flash(gettext("Saved. You can go on later."))
    return redirect(url_for("tasklist.task", task_id=task.id))


def _saved_elsewhere(task: TaskDetail, values: Mapping[str, object], changed: DraftChanged) -> Page:
    """The page with what was typed, and beside it what was saved elsewhere meanwhile."""
    now_kept = queries().task(actor(), task.id)
    elsewhere = drafts.saved_elsewhere(now_kept, values, changed)
    return page(now_kept, values, elsewhere=elsewhere), 409


def _ended(task: TaskDetail) -> Page:
    completed = task.state == "completed"
    return conflict_page(
        Conflict("", who=task.ended_by, when=task.ended_at),
        place_of(task.instance_id),
        title=gettext("This task is completed") if completed else gettext("This task is gone"),
        text=words(task.names),
    )
