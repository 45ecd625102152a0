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
from engine.processors.work import ExaminedSignature, Work
from engine.results import Prepared
from engine.signatures import Expectation
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

    Nothing is decided by it: `accept_signature` checks the nonce again, and that these bytes are
    those to be signed.
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
    """Accepts and keeps the signature where the diagram asks for one with these values.

    What costs time was found out before the transaction began (`Work.examined`). Returns what
    history keeps of it, None where none is asked for. Raises SignatureRefused.
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
    examined = _examined(work, reference["document"])
    evidence = examined.accept(_expected(instance, element, task))
    if documents.signature_known(work.uow, reference["document"], evidence.signature_sha256):
        raise SignatureRefused("nonce", _NONCE)
    signature_id = documents.add_signature(
        work.uow,
        instance_id=instance.id,
        task_id=task.id,
        document_id=reference["document"],
        signer=work.actor.user,
        cms=command.signature,
        evidence=dump_json(evidence.as_json()),
        at=work.now,
    )
    return {"signature": signature_id, **reference}


def _examined(work: Work, document_id: str) -> ExaminedSignature:
    """What was found of the signature, where it was about the bytes that are stored.

    Raises SignatureRefused.
    """
    if isinstance(work.examined, SignatureRefused):
        raise work.examined
    stored = documents.digest(work.uow, document_id)
    if stored is None:
        raise BadCommand(f"Expected document {document_id}, but it is gone")
    if work.examined is None or work.examined.evidence.content_sha256 != stored:
        raise SignatureRefused("nonce", _NONCE)
    return work.examined


def _expected(instance: LiveInstance, element: ElementFacts, task: TaskRecord) -> Expectation:
    """Who must have signed: the person at hand, for the party of the instance where they sign for
    it, else for one of their own offices; a representative with whichever key of theirs."""
    actor, party = instance.work.actor, instance.record.party
    text = element.signature_representative
    named = None if text is None else instance.evaluate(text, task.scope, element.id)
    if actor.iin is not None and named == actor.iin:
        return Expectation.of_person(actor.iin)
    if party is not None and party in (*actor.bins, actor.iin):
        return Expectation(iin=actor.iin or "", bins=frozenset({party}))
    return Expectation(iin=actor.iin or "", bins=actor.bins)


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
