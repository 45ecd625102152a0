"""Rows of activity instances: what was done, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select, update

from engine.store.ids import new_id
from engine.store.tables import activity_instance
from engine.store.unit_of_work import UnitOfWork

_END = (
    update(activity_instance)
    .where(
        activity_instance.c.instance_id == bindparam("b_instance"),
        activity_instance.c.token == bindparam("b_token"),
        activity_instance.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("n_at"), outcome=bindparam("n_outcome"), actor=bindparam("n_actor"))
)


_RUNNING = select(activity_instance.c.element_id).where(
    activity_instance.c.instance_id == bindparam("b_instance"),
    activity_instance.c.token == bindparam("b_token"),
    activity_instance.c.ended_at.is_(None),
)


def running_element(uow: UnitOfWork, instance_id: str, token: int) -> str | None:
    """The element that a token of an instance is at, None where it has left it."""
    places = {"b_instance": instance_id, "b_token": token}
    return uow.connection.execute(_RUNNING, places).scalar()


def start(
    uow: UnitOfWork,
    instance_id: str,
    token: int,
    element_id: str,
    body: bool,
    parent_token: int,
    loop_counter: int | None,
    at: datetime,
) -> None:
    """Writes that an activity began."""
    uow.insert(
        activity_instance,
        {
            "id": new_id(),
            "instance_id": instance_id,
            "token": token,
            "element_id": element_id,
            "body": body,
            "parent_token": parent_token,
            "loop_counter": loop_counter,
            "started_at": at,
            "ended_at": None,
            "outcome": None,
            "actor": None,
        },
    )


def end(
    uow: UnitOfWork,
    instance_id: str,
    outcomes: Iterable[tuple[int, str]],
    at: datetime,
    actor: str,
) -> None:
    """Writes that activities ended: (token, outcome) each, those begun in this step included."""
    begun = {
        row["token"]: row
        for row in uow.pending(activity_instance)
        if row["instance_id"] == instance_id
    }
    updates = []
    for token, outcome in outcomes:
        if token in begun:
            begun[token].update(ended_at=at, outcome=outcome, actor=actor)
        else:
            updates.append(
                {
                    "b_instance": instance_id,
                    "b_token": token,
                    "n_at": at,
                    "n_outcome": outcome,
                    "n_actor": actor,
                }
            )
    if updates:
        uow.connection.execute(_END, updates)
