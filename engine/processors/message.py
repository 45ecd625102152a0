"""Messages: each reaches exactly one waiting event, or starts one instance."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands import CorrelateMessage
from engine.definitions import Definition
from engine.errors import NotFound
from engine.processors.history import record
from engine.processors.instance import LiveInstance, load_instance
from engine.processors.process_instance import begin, new_instance
from engine.processors.step import take_step
from engine.processors.submission import require_names, run_check
from engine.processors.work import Work
from engine.results import Correlated
from engine.scopes import ROOT
from engine.store import deployments, subscriptions
from engine.store.codec import load_json
from engine.store.database import TransactionConflict
from engine.store.instances import ACTIVE
from engine.visibility import may_see_instance


def correlate_message(work: Work, command: CorrelateMessage) -> Correlated:
    """A message from outside: by the system, an operator, or who may send it to what waits for it.

    Raises NotFound, NotAllowed, InvalidSubmission (the check of what waits refuses).
    """
    require_names(command.payload)
    if not _is_sender(work, command):
        work.require(work.around.settings.operators, f"send message {command.message_name}")
    return deliver(
        work,
        work.actor.tenant,
        command.message_name,
        command.correlation_key,
        command.payload,
    )


def _is_sender(work: Work, command: CorrelateMessage) -> bool:
    """Whether what waits for the message takes it by hand from a group of the actor, and is of an
    instance that the actor sees."""
    waiting = subscriptions.longest_waiting(
        work.uow, work.actor.tenant, command.message_name, command.correlation_key
    )
    if waiting is None:
        return False
    instance = load_instance(work, waiting[0])
    senders = instance.definition.element(waiting[2]).sender_groups
    return not work.actor.groups.isdisjoint(senders) and may_see_instance(
        work.actor, instance.record
    )


def deliver(
    work: Work,
    tenant: str,
    message_name: str,
    correlation_key: str | None,
    payload: Mapping[str, object],
) -> Correlated:
    """Gives the message to the event that waits longest for it, else starts an instance with it.

    The check that the event names runs first, and sees the payload as what was submitted.
    Raises NotFound where nothing waits for it and nothing is started by it, InvalidSubmission where
    the check refuses it.
    """
    waiting = subscriptions.longest_waiting(work.uow, tenant, message_name, correlation_key)
    if waiting is not None:
        instance_id, wait_key, element_id = waiting
        instance = load_instance(work, instance_id)
        if instance.record.state != ACTIVE or not instance.execution.has_wait(wait_key):
            raise TransactionConflict(f"{element_id} of {instance_id} no longer waits")
        payload = _checked(instance, element_id, payload)
        record(
            work,
            instance.record,
            "MessageReceived",
            {"message": message_name, "element": element_id, "payload": dict(payload)},
        )
        take_step(instance, lambda execution: execution.trigger(wait_key, payload))
        return Correlated(instance_id, started=False)
    found = _started_by(work, tenant, message_name)
    if found is None:
        raise NotFound(
            f"Expected something to wait for message {message_name} with key {correlation_key}, "
            "but nothing does"
        )
    definition, start_event = found
    declares_one = definition.facts.business_key is not None
    started = new_instance(work, definition, None if declares_one else correlation_key)
    begin(started, {}, start_event=start_event, payload=_checked(started, start_event, payload))
    return Correlated(started.id, started=True)


def _checked(
    instance: LiveInstance, element_id: str, payload: Mapping[str, object]
) -> Mapping[str, object]:
    """The payload, with what the check of the event adds."""
    element = instance.definition.element(element_id)
    return {**payload, **run_check(instance, element, ROOT, payload)}


def _started_by(work: Work, tenant: str, message_name: str) -> tuple[Definition, str] | None:
    """The newest version of a process that begins with this message, and its start event."""
    for row in deployments.newest_of_each(work.connection, tenant):
        for element_id, name in load_json(row.message_starts):
            if name == message_name:
                return work.around.definitions.of(work.connection, row), element_id
    return None
