"""Values that come from outside: checked by the form and by the application before they count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.completion_check import Check, Completion, ports_within
from engine.diagram import ElementFacts
from engine.errors import BadCommand, DecisionFailed, InvalidSubmission, StepFailed
from engine.external_task import Document
from engine.forms import check_submission
from engine.processors.instance import LiveInstance
from engine.processors.upload import keep_uploads
from engine.processors.work import Work
from engine.remarks import form_with_remarks, remarks_at
from engine.scopes import ROOT
from engine.store import documents, locks
from engine.store.codec import dump_json, load_json
from engine.store.documents import NewDocument

_NAME = re.compile(r"[^\W\d]\w*")
MAX_NAME = 255
MAX_SUBMISSION = 1024 * 1024


def require_names(values: Mapping[str, object]) -> None:
    """Raises BadCommand unless every name is an identifier and every value is JSON."""
    for name in values:
        if not _NAME.fullmatch(name) or len(name) > MAX_NAME:
            raise BadCommand(f"Expected a variable's name, but found {name[:MAX_NAME]!r}")
    try:
        size = len(dump_json(dict(values)))
    except (TypeError, ValueError) as error:
        raise BadCommand(f"Expected JSON values: {error}") from error
    if size > MAX_SUBMISSION:
        raise BadCommand(f"Expected at most {MAX_SUBMISSION} bytes of values, but found {size}")


def check_form(
    instance: LiveInstance, element: ElementFacts, values: Mapping[str, object]
) -> dict[str, object]:
    """The values by the element's form; fields that were left out are null.

    Raises InvalidSubmission with a sentence a field in each language.
    """
    require_names(values)
    form = instance.definition.form(element.id)
    if form is None:
        _require_new_names(instance, element, values)
        return dict(values)
    work = instance.work
    now = work.now.astimezone(work.zone)
    remarks = remarks_at(element, instance.scopes)
    form = form_with_remarks(form, remarks, instance.scopes, now, work.options) or form
    errors = check_submission(form, values, now, work.options)
    if errors:
        raise InvalidSubmission({error.field: error.messages for error in errors})
    asked = (field.name for field in form.fields if not field.read_only)
    complete: dict[str, object] = dict.fromkeys(asked)
    complete.update({name: each for name, each in values.items() if name not in form.closed})
    return keep_uploads(instance, element, form, complete)


def _require_new_names(
    instance: LiveInstance, element: ElementFacts, values: Mapping[str, object]
) -> None:
    """Raises BadCommand where a task that is signed, and has no form, would change what is known.

    What was signed could otherwise be another thing a moment later.
    """
    if element.signature_document is None:
        return
    changed = sorted(set(values) & set(instance.scopes.view(ROOT)))
    if changed:
        raise BadCommand(
            f"Expected {element.id} to be signed as it is, but {', '.join(changed)} would change"
        )


def accept_submission(
    instance: LiveInstance, element: ElementFacts, scope: int, values: Mapping[str, object]
) -> dict[str, object]:
    """Form, then the application's completion check; returns what is to be set."""
    submitted = check_form(instance, element, values)
    return {**submitted, **run_check(instance, element, scope, submitted)}


def run_check(
    instance: LiveInstance,
    element: ElementFacts,
    scope: int,
    submitted: Mapping[str, object],
    token: int | None = None,
) -> Mapping[str, object]:
    """Runs the completion check that the element names; returns what it adds.

    `token` is the one that is completed, None at a start event.
    """
    return run_named_check(instance, element.check, element.id, scope, submitted, token)


def run_named_check(
    instance: LiveInstance,
    name: str | None,
    place: str,
    scope: int,
    submitted: Mapping[str, object],
    token: int | None = None,
) -> Mapping[str, object]:
    """Runs a completion check in the command's transaction; None is none. `place` is an id.

    The checks of one process application run one at a time: what one reads, no other changes
    meanwhile. Raises what the check raises (CompletionRefused), StepFailed where it is not
    registered.
    """
    if name is None:
        return {}
    work, row = instance.work, instance.record
    check = work.around.checks.get(name)
    if check is None:
        raise StepFailed(place, f"Expected a completion check {name}, but it is gone")
    locks.hold(work.uow, f"checks of {name.partition('.')[0]}")
    work.uow.flush()
    given = _run(
        check,
        Completion(
            element_id=place,
            instance_id=instance.id,
            process_id=row.process_id,
            business_key=row.business_key,
            status=row.status,
            user=work.actor.user,
            groups=work.actor.groups,
            iin=work.actor.iin,
            variables=dict(instance.scopes.view(scope, submitted)),
            submitted=submitted,
            now=work.now,
            today=work.today,
            unit=row.unit,
            party=row.party,
            connection=work.connection,
            ports=ports_within(work.around.ports, work.connection),
            decisions=instance.decisions.ask_at(place, token),
        ),
    )
    return store_documents(instance, place, given or {})


def _run(check: Check, completion: Completion) -> Mapping[str, object] | None:
    """Raises StepFailed where a decision that the check asks for can't be made."""
    try:
        return check(completion)
    except DecisionFailed as failure:
        raise StepFailed(completion.element_id, str(failure)) from failure


def store_documents(
    instance: LiveInstance, place: str, values: Mapping[str, object]
) -> dict[str, object]:
    """The values with each Document stored and replaced by its reference.

    `place` is the id of the element that they come from.
    """
    work = instance.work
    stored: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Document):
            new = NewDocument(
                instance_id=instance.id,
                tenant=instance.record.tenant,
                name=value.name,
                media_type=value.media_type,
                content=value.content,
                kind=value.kind or name,
                element_id=place,
            )
            stored[name] = documents.add(work.uow, new, work.now)
        else:
            stored[name] = value
    require_names(stored)
    return stored


def plain(work: Work, values: Mapping[str, object]) -> Any:
    """A copy of JSON values that shares nothing with the caller's."""
    return load_json(dump_json(dict(values)))
