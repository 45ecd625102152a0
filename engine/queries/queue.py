"""How many automatic steps of one kind are worked off before that of an instance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from engine.identity import Actor
from engine.queries.sight import instance_not_found, sees_instance
from engine.settings import EngineSettings
from engine.store.tables import job


def place_in_queue(
    connection: Connection,
    settings: EngineSettings,
    now: datetime,
    actor: Actor,
    instance_id: str,
    topic: str,
) -> int | None:
    """The place, from 1, of the instance's external task among all of the topic that are due.

    Counted are those that a worker has or would take now, in the order in which they fell due. One
    that is tried again later and one that waits for an operator keep nobody waiting, and have no
    place themselves. None where the instance has none that is due. Raises NotFound.
    """
    if not sees_instance(connection, actor, settings, instance_id):
        raise instance_not_found(instance_id)
    in_queue = and_(
        job.c.topic == topic,
        job.c.retries > 0,
        or_(job.c.due_at <= now, job.c.locked_until >= now),
    )
    own = connection.execute(
        select(job.c.id, job.c.due_at, job.c.tenant)
        .where(job.c.instance_id == instance_id, in_queue)
        .order_by(job.c.due_at, job.c.id)
        .limit(1)
    ).one_or_none()
    if own is None:
        return None
    earlier = or_(job.c.due_at < own.due_at, and_(job.c.due_at == own.due_at, job.c.id < own.id))
    before = select(func.count()).where(in_queue, job.c.tenant == own.tenant, earlier)
    return int(connection.execute(before).scalar_one()) + 1
