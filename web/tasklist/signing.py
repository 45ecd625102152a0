"""Signing: the bytes are stored, what is signed is exactly them, and the task is completed."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from engine.commands import CompleteTask, PrepareSignature
from engine.errors import Conflict, InvalidSubmission, SignatureRefused
from engine.queries.task_detail import TaskDetail
from engine.results import Completed, Prepared
from web.context import DemoSigner, actor, person, queries, surroundings
from web.errors import Page, conflict_page
from web.form_view import submitted
from web.language import words
from web.onward import after_completion, place_of
from web.presses import command_id, press
from web.tasklist.task import page


def sign(task_id: str) -> Response | str | Page:
    """Signs the task's document with the person's demo key and completes the task."""
    signer = surroundings().signer
    if signer is None:
        raise Forbidden
    task = queries().task(actor(), task_id)
    values = submitted(task.form)
    try:
        done = _sign_and_complete(task, values, signer)
    except InvalidSubmission as error:
        return page(task, values, error.fields), 422
    except SignatureRefused as error:
        refusal = gettext("The signature was not accepted") + ": " + words(error.messages)
        return page(task, values, {"": {"": refusal}}, signing=True), 422
    except Conflict as error:
        return conflict_page(error, place_of(task.instance_id))
    return after_completion(done, task)


def _sign_and_complete(
    task: TaskDetail, values: dict[str, object], signer: DemoSigner
) -> Completed:
    prepared: Prepared = press(PrepareSignature(task.id))
    document = queries().document(actor(), prepared.document_id)
    who = person()
    signature = signer.sign(
        document.content,
        iin=who.iin or "",
        bin=_signed_for(task.party),
        name=who.names.get("ru") or who.id,
    )
    done: Completed = press(
        CompleteTask(
            task.id,
            values,
            signature=signature,
            nonce=prepared.nonce,
            command_id=command_id(),
        )
    )
    return done


def _signed_for(party: str | None) -> str | None:
    """The BIN in the certificate: of the enterprise concerned, else of the person's own office."""
    own = person().bins
    if party in own:
        return party
    return next(iter(sorted(own)), None) if len(own) == 1 else None
