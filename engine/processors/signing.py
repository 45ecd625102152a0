"""Signatures: what is signed is a stored document, prepared with a one-time nonce."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from engine.commands import CompleteTask, PrepareSignature
from engine.diagram import ElementFacts
from engine.errors import BadCommand, SignatureRefused
from engine.identity import Actor
from engine.processors.instance import LiveInstance, load_instance
from engine.processors.task_access import open_task
from engine.processors.work import Work
from engine.results import Prepared
from engine.store import documents
from engine.store.codec import dump_json
from engine.store.documents import NonceRecord
from engine.store.tasks import TaskRecord
from engine.store.unit_of_work import UnitOfWork

_MISSING = {
    "kk": "Бұл қадамға ЭЦҚ қол қою қажет.",
    "ru": "На этом шаге нужна подпись ЭЦП.",
    "en": "This step needs a digital signature.",
}
_NONCE = {
    "kk": "Қол қою мерзімі өтті немесе ол бұрын жіберілген. Құжатты қайта ашып, қол қойыңыз.",
    "ru": "Срок подписания истёк или подпись уже отправлялась. "
    "Откройте документ и подпишите снова.",
    "en": "The time to sign is over or the signature was sent before. "
    "Open the document and sign again.",
}


def prepare_signature(work: Work, command: PrepareSignature) -> Prepared:
    """Names the document a task's signature must cover, and gives a nonce for one signature.

    Raises NotFound, NotAllowed, Conflict; BadCommand where the task asks for no signature.
    """
    task = open_task(work, command.task_id, "sign")
    instance = load_instance(work, task.instance_id)
    element = instance.definition.element(task.element_id)
    reference = _document(instance, element, task)
    if reference is None:
        raise BadCommand(f"Expected user task {task.id} to be signed, but it asks for no signature")
    expires_at = work.now + work.around.settings.nonce_lifetime
    nonce = secrets.token_urlsafe(24)
    documents.add_nonce(
        work.uow,
        NonceRecord(nonce, task.id, work.actor.user, reference["document"], expires_at, None),
    )
    return Prepared(
        document_id=reference["document"],
        name=reference["name"],
        media_type=reference["media_type"],
        sha256=reference["sha256"],
        nonce=nonce,
        expires_at=expires_at,
    )


def prepared_content(
    uow: UnitOfWork, command: CompleteTask, actor: Actor, now: datetime
) -> bytes | None:
    """The bytes that a command's nonce was given out for; None where it is none of the actor's.

    Nothing is decided by it: `accept_signature` checks the nonce again.
    """
    given = None if command.nonce is None else documents.nonce(uow, command.nonce, lock=False)
    if given is None or not _holds(given, command, actor, now):
        return None
    return documents.content(uow, given.document_id)


def accept_signature(
    instance: LiveInstance,
    element: ElementFacts,
    task: TaskRecord,
    submitted: Mapping[str, object],
    command: CompleteTask,
) -> Mapping[str, object] | None:
    """Verifies and keeps the signature where the diagram asks for one with these values.

    Returns what history keeps of it, None where none is asked for. Raises SignatureRefused.
    """
    work = instance.work
    reference = _document(instance, element, task)
    if reference is None or not _required(instance, element, task, submitted):
        return None
    if command.signature is None:
        raise SignatureRefused("presence", _MISSING)
    if work.around.signatures is None:
        raise BadCommand("Expected to verify a signature, but no trust store is configured")
    _use_nonce(work, command, task, reference["document"])
    if documents.cms_known(work.uow, reference["document"], command.signature):
        raise SignatureRefused("nonce", _NONCE)
    work.uow.flush()
    content = documents.content(work.uow, reference["document"])
    if content is None:
        raise BadCommand(f"Expected document {reference['document']}, but it is gone")
    evidence = work.around.signatures.verify(
        command.signature, content, work.actor, instance.record.party, work.now, work.asked
    )
    made = evidence.get("signature_sha256")
    if made and documents.signature_known(work.uow, reference["document"], made):
        raise SignatureRefused("nonce", _NONCE)
    signature_id = documents.add_signature(
        work.uow,
        instance_id=instance.id,
        task_id=task.id,
        document_id=reference["document"],
        signer=work.actor.user,
        cms=command.signature,
        evidence=dump_json(evidence),
        at=work.now,
    )
    return {"signature": signature_id, **reference}


def _document(
    instance: LiveInstance, element: ElementFacts, task: TaskRecord
) -> Mapping[str, str] | None:
    """The reference of the document to be signed; None where nothing is signed here."""
    if element.signature_document is None:
        return None
    reference = instance.evaluate(element.signature_document, task.scope, element.id)
    if not isinstance(reference, Mapping) or "document" not in reference:
        raise BadCommand(
            f"Expected {element.signature_document} to be a document, but found {reference!r}"
        )
    return reference


def _required(
    instance: LiveInstance,
    element: ElementFacts,
    task: TaskRecord,
    submitted: Mapping[str, object],
) -> bool:
    text = element.signature_required
    return text is not None and bool(instance.evaluate(text, task.scope, element.id, submitted))


def _use_nonce(work: Work, command: CompleteTask, task: TaskRecord, document_id: str) -> None:
    given = None if command.nonce is None else documents.nonce(work.uow, command.nonce)
    if (
        given is None
        or not _holds(given, command, work.actor, work.now)
        or (given.task_id, given.document_id) != (task.id, document_id)
    ):
        raise SignatureRefused("nonce", _NONCE)
    documents.use_nonce(work.uow, given.nonce, work.now)


def _holds(given: NonceRecord, command: CompleteTask, actor: Actor, now: datetime) -> bool:
    """Whether a nonce is this person's for this task, not used and not expired."""
    return (
        given.used_at is None
        and given.expires_at >= now
        and (given.task_id, given.signer) == (command.task_id, actor.user)
    )
