"""Messages: each reaches exactly one waiting event, or starts one instance."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands import CorrelateMessage
from engine.definitions import Definition
from engine.errors import NotFound
from engine.processors.history import record
from engine.processors.instance import load_instance
from engine.processors.process_instance import begin, new_instance
from engine.processors.step import take_step
from engine.processors.submission import require_names
from engine.processors.work import Work
from engine.results import Correlated
from engine.store import deployments, subscriptions
from engine.store.codec import load_json
from engine.store.database import TransactionConflict
from engine.store.instances import ACTIVE


def correlate_message(work: Work, command: CorrelateMessage) -> Correlated:
    """A message from outside, by the system or an operator. Raises NotFound, NotAllowed."""
    work.require(work.around.settings.operators, "send messages")
    require_names(command.payload)
    return deliver(
        work,
        work.actor.tenant,
        command.message_name,
        command.correlation_key,
        command.payload,
    )


def deliver(
    work: Work,
    tenant: str,
    message_name: str,
    correlation_key: str | None,
    payload: Mapping[str, object],
) -> Correlated:
    """Gives the message to the event that waits longest for it, else starts an instance with it.

    Raises NotFound where nothing waits for it and nothing is started by it.
    """
    waiting = subscriptions.longest_waiting(work.uow, tenant, message_name, correlation_key)
    if waiting is not None:
        instance_id, wait_key, element_id = waiting
        instance = load_instance(work, instance_id)
        if instance.record.state != ACTIVE or not instance.execution.has_wait(wait_key):
            raise TransactionConflict(f"{element_id} of {instance_id} no longer waits")
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
    begin(started, {}, start_event=start_event, payload=payload)
    return Correlated(started.id, started=True)


def _started_by(work: Work, tenant: str, message_name: str) -> tuple[Definition, str] | None:
    """The newest version of a process that begins with this message, and its start event."""
    for row in deployments.newest_of_each(work.connection, tenant):
        for element_id, name in load_json(row.message_starts):
            if name == message_name:
                return work.around.definitions.of(work.connection, row), element_id
    return None
