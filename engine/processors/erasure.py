"""Erasing payloads by law; the chain stays whole."""

from __future__ import annotations

from engine.commands import ErasePayloads
from engine.errors import BadCommand
from engine.processors.history import record
from engine.processors.instance import load_instance
from engine.processors.work import Work
from engine.results import InstanceChanged
from engine.store import history, instances
from engine.store.instances import ACTIVE


def erase_payloads(work: Work, command: ErasePayloads) -> InstanceChanged:
    """Erases the payloads of an ended instance's history and its variables."""
    work.require(work.around.settings.owners, "erase payloads")
    instance = load_instance(work, command.instance_id)
    if instance.record.state == ACTIVE:
        raise BadCommand(f"Expected process instance {instance.id} to have ended, but it is active")
    erased = history.erase(work.uow, instance.id)
    instances.erase_variables(work.uow, instance.id)
    record(work, instance.record, "PayloadsErased", {"events": erased, "reason": command.reason})
    instances.save(work.uow, instance.record)
    return InstanceChanged(instance.id, instance.record.state)
