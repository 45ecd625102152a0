"""Rows of event subscriptions: which messages are waited for, under which key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from engine.store.tables import event_subscription
from engine.store.unit_of_work import UnitOfWork

_DELETE = delete(event_subscription).where(
    event_subscription.c.instance_id == bindparam("b_instance"),
    event_subscription.c.wait_key == bindparam("b_key"),
)


def add(
    uow: UnitOfWork,
    instance_id: str,
    wait_key: str,
    tenant: str,
    element_id: str,
    message_name: str,
    correlation_key: str | None,
    at: datetime,
) -> None:
    """Writes that an event waits for a message."""
    uow.insert(
        event_subscription,
        {
            "instance_id": instance_id,
            "wait_key": wait_key,
            "tenant": tenant,
            "element_id": element_id,
            "message_name": message_name,
            "correlation_key": correlation_key,
            "created_at": at,
        },
    )


def remove(uow: UnitOfWork, instance_id: str, wait_keys: Iterable[str]) -> None:
    """Deletes subscriptions of events that no longer wait."""
    places = [{"b_instance": instance_id, "b_key": key} for key in wait_keys]
    if places:
        uow.connection.execute(_DELETE, places)


def longest_waiting(
    uow: UnitOfWork, tenant: str, message_name: str, correlation_key: str | None
) -> tuple[str, str, str] | None:
    """(instance, wait key, element) of the event that waits longest for this message."""
    columns = event_subscription.c
    row = uow.connection.execute(
        select(columns.instance_id, columns.wait_key, columns.element_id)
        .where(
            columns.tenant == tenant,
            columns.message_name == message_name,
            columns.correlation_key == correlation_key,
        )
        .order_by(columns.created_at, columns.instance_id, columns.wait_key)
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1], row[2])
