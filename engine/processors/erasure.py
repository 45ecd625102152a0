"""Erasing the data of a case by law; the chain of its history stays whole."""

from __future__ import annotations

from collections.abc import Iterator

from engine.commands import ErasePayloads
from engine.errors import BadCommand
from engine.processors.history import record
from engine.processors.instance import load_instance
from engine.processors.work import Work
from engine.results import InstanceChanged
from engine.retention import ErasedInstance
from engine.store import documents, erasure, history, instances
from engine.store.codec import load_json
from engine.store.instances import ACTIVE, InstanceRecord

_COMPLETED = "ExternalTaskCompleted"


def erase_payloads(work: Work, command: ErasePayloads) -> InstanceChanged:
    """Erases what an ended instance and its child instances hold; see `ErasePayloads`.

    Raises NotFound, NotAllowed; BadCommand where one of them is active, or has work on its way.
    """
    work.require(work.around.settings.owners, "erase payloads")
    erased = load_instance(work, command.instance_id).record
    for row in _with_children(work, erased):
        _require_over(work, row)
        _erase(work, row, command)
    return InstanceChanged(erased.id, erased.state)


def _with_children(work: Work, row: InstanceRecord) -> Iterator[InstanceRecord]:
    yield row
    for child_id in instances.children(work.uow, row.id):
        yield from _with_children(work, load_instance(work, child_id).record)


def _require_over(work: Work, row: InstanceRecord) -> None:
    if row.state == ACTIVE:
        raise BadCommand(f"Expected process instance {row.id} to have ended, but it is active")
    if erasure.has_due_jobs(work.uow, row.id):
        raise BadCommand(
            f"Expected process instance {row.id} to be over, but it has jobs that are still to be "
            "done; try again when they are"
        )


def _erase(work: Work, row: InstanceRecord, command: ErasePayloads) -> None:
    told = _told(work, row, command)
    for erase in work.around.retention.erasures:
        erase(told)
    events = history.erase(work.uow, row.id)
    instances.erase_variables(work.uow, row.id)
    erasure.erase_tasks(work.uow, row.id)
    erasure.erase_jobs(work.uow, row.id, work.now, work.actor.user)
    erasure.erase_uploads(work.uow, row.id)
    gone = documents.erase(work.uow, row.id, signed=command.signed_documents)
    row.title = row.party = None
    record(
        work,
        row,
        history.ERASED,
        {"events": events, **gone, "reason": command.reason},
    )
    instances.save(work.uow, row)


def _told(work: Work, row: InstanceRecord, command: ErasePayloads) -> ErasedInstance:
    payloads = history.payloads(work.uow, row.id, _COMPLETED)
    return ErasedInstance(
        instance_id=row.id,
        process_id=row.process_id,
        business_key=row.business_key,
        party=row.party,
        jobs=frozenset(load_json(payload)["job"] for payload in payloads),
        signed=command.signed_documents,
        now=work.now,
        connection=work.connection,
    )
