"""Signing: the bytes are stored, what is signed is exactly them, and the task is completed."""

from __future__ import annotations

import base64

from flask import jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from engine.commands import CompleteTask, PrepareSignature
from engine.errors import Conflict, InvalidSubmission, SignatureRefused
from engine.queries.task_detail import TaskDetail
from engine.results import Completed, Prepared
from web.context import actor, person, queries, surroundings
from web.errors import Page, conflict_page
from web.form_view import submitted
from web.language import words
from web.onward import after_completion, place_of
from web.presses import command_id, press
from web.signing.given import given_signature
from web.signing.ways import signed_for
from web.tasklist.task import page


def prepare(task_id: str) -> Response:
    """The bytes that NCALayer is to sign, as base64, and a nonce for this one signature."""
    prepared: Prepared = press(PrepareSignature(task_id))
    document = queries().document(actor(), prepared.document_id)
    return jsonify(
        nonce=prepared.nonce,
        sha256=prepared.sha256,
        data=base64.b64encode(document.content).decode(),
    )


def back(task_id: str) -> Response:
    """The address of a press, loaded anew: after signing in again, say."""
    return redirect(url_for("tasklist.task", task_id=task_id))


def sign(task_id: str) -> Response | str | Page:
    """Completes the task with a signature over its document.

    The form's `way` says how it was made: "ncalayer" brings `cms` and its `nonce`, "file" brings
    `cms` or a file; without one it is made here, with the person's demo key.
    """
    way = request.form.get("way", "demo")
    if way == "demo" and surroundings().signer is None:
        raise Forbidden
    task = queries().task(actor(), task_id)
    values = submitted(task.form)
    try:
        done = _complete(task, values, way)
    except InvalidSubmission as error:
        return page(task, values, error.fields), 422
    except SignatureRefused as error:
        refusal = gettext("The signature was not accepted") + ": " + words(error.messages)
        return page(task, values, {"": {"": refusal}}, signing=True), 422
    except Conflict as error:
        return conflict_page(error, place_of(task.instance_id))
    return after_completion(done, task, values)


def _complete(task: TaskDetail, values: dict[str, object], way: str) -> Completed:
    if way == "ncalayer":
        signature, nonce = given_signature(), request.form.get("nonce")
    elif way == "file":
        # Made elsewhere, maybe hours ago: the nonce is for this press. That the same signature is
        # not taken twice is the engine's to see.
        signature, nonce = given_signature(), _prepared(task).nonce
    else:
        prepared = _prepared(task)
        signature, nonce = _signed_here(task, prepared), prepared.nonce
    done: Completed = press(
        CompleteTask(
            task.id,
            values,
            signature=signature,
            nonce=nonce,
            command_id=command_id(),
        )
    )
    return done


def _prepared(task: TaskDetail) -> Prepared:
    prepared: Prepared = press(PrepareSignature(task.id))
    return prepared


def _signed_here(task: TaskDetail, prepared: Prepared) -> bytes:
    signer = surroundings().signer
    if signer is None:
        raise Forbidden
    who = person()
    as_representative = task.signature is not None and task.signature.as_representative
    return signer.sign(
        queries().document(actor(), prepared.document_id).content,
        iin=who.iin or "",
        bin=None if as_representative else signed_for(task.party),
        name=who.names.get("ru") or who.id,
    )
