"""Who sees what, as conditions of SQL: the same rules as `engine.visibility`.

Tenant, units and parties of the actor are matched with the labels of an instance. Operators and
process owners see every instance of their tenant, the system sees all.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    true,
)

from engine.errors import NotFound
from engine.identity import Actor
from engine.settings import EngineSettings
from engine.store.tables import process_instance, task_candidate, user_task
from engine.store.tasks import EVERYONE, GROUP, USER

OPEN_TASK: ColumnElement[bool] = user_task.c.state == literal_column("'open'")
"""Written out, not bound: only so are the indexes of open tasks used."""

ACTORS = 512
"""Actors whose conditions and selects are kept: to build one costs more than to execute it."""


def is_operator(actor: Actor, settings: EngineSettings) -> bool:
    """Whether the actor handles incidents or owns processes: sees every instance of the tenant."""
    return actor.is_system or bool(actor.groups & (settings.operators | settings.owners))


def may_retry(actor: Actor, settings: EngineSettings) -> bool:
    """Whether the actor may have jobs tried again and settle incidents: operators alone."""
    return actor.is_system or bool(actor.groups & settings.operators)


def of_tenant(column: ColumnElement[str], actor: Actor) -> ColumnElement[bool]:
    """Rows of the actor's tenant; of every tenant for the system."""
    return true() if actor.is_system else column == actor.tenant


def labels_of(own: frozenset[str]) -> list[str]:
    """The labels that an actor's units or parties take in."""
    return sorted({*own, EVERYONE})


def of_labels(
    unit: ColumnElement[str | None], party: ColumnElement[str | None], actor: Actor
) -> ColumnElement[bool]:
    """Rows whose unit and party are the actor's; None means every one, empty means none."""
    conditions: list[ColumnElement[bool]] = []
    if actor.units is not None:
        conditions.append(unit.in_(labels_of(actor.units)))
    if actor.parties is not None:
        conditions.append(party.in_(labels_of(actor.parties)))
    return and_(true(), *conditions)


@lru_cache(maxsize=ACTORS)
def of_instances(actor: Actor, settings: EngineSettings) -> ColumnElement[bool]:
    """Instances that the actor sees: by labels, or because they started them."""
    columns = process_instance.c
    tenant = of_tenant(columns.tenant, actor)
    if is_operator(actor, settings):
        return tenant
    labels = of_labels(columns.unit, columns.party, actor)
    return and_(tenant, or_(labels, columns.started_by == actor.user))


@lru_cache(maxsize=ACTORS)
def of_one_instance(actor: Actor, settings: EngineSettings) -> ColumnElement[bool]:
    """The same for an instance asked for by its id: also one with an open task of their own."""
    columns = process_instance.c
    if is_operator(actor, settings):
        return of_instances(actor, settings)
    own = exists(
        select(user_task.c.id).where(
            user_task.c.instance_id == columns.id,
            OPEN_TASK,
            user_task.c.assignee == actor.user,
        )
    )
    by_name = and_(task_candidate.c.kind == USER, task_candidate.c.name == actor.user)
    by_role = and_(
        task_candidate.c.kind == GROUP,
        task_candidate.c.name.in_(sorted(actor.groups)),
        of_labels(task_candidate.c.unit, task_candidate.c.party, actor),
    )
    offered = exists(
        select(task_candidate.c.task_id).where(
            task_candidate.c.instance_id == columns.id, or_(by_name, by_role)
        )
    )
    return or_(
        of_instances(actor, settings),
        and_(of_tenant(columns.tenant, actor), or_(own, offered)),
    )


def sees_instance(
    connection: Connection, actor: Actor, settings: EngineSettings, instance_id: str
) -> bool:
    """Whether the actor may see this instance."""
    found = connection.execute(_one_instance(actor, settings), {"instance_id": instance_id})
    return found.scalar() is not None


@lru_cache(maxsize=ACTORS)
def _one_instance(actor: Actor, settings: EngineSettings) -> Select[str]:
    columns = process_instance.c
    return select(columns.id).where(
        columns.id == bindparam("instance_id"), of_one_instance(actor, settings)
    )


def instance_not_found(instance_id: str) -> NotFound:
    """The error for an instance that does not exist, or not for this actor."""
    return NotFound(f"Expected process instance {instance_id}, but it does not exist")
