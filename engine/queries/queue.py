"""How many automatic steps of one kind are worked off before that of an instance."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, or_, select

from engine.identity import Actor
from engine.queries.sight import instance_not_found, sees_instance
from engine.settings import EngineSettings
from engine.store.tables import job


def place_in_queue(
    connection: Connection,
    settings: EngineSettings,
    actor: Actor,
    instance_id: str,
    topic: str,
) -> int | None:
    """The place, from 1, of the instance's external task among all of the topic that wait.

    They wait in the order in which they were begun, those that are being tried again among them;
    those that wait for an operator keep nobody waiting and are not counted. None where the
    instance has none that waits. Raises NotFound.
    """
    if not sees_instance(connection, actor, settings, instance_id):
        raise instance_not_found(instance_id)
    own = connection.execute(
        select(job.c.id, job.c.created_at, job.c.tenant)
        .where(job.c.instance_id == instance_id, job.c.topic == topic, job.c.retries > 0)
        .order_by(job.c.created_at, job.c.id)
        .limit(1)
    ).one_or_none()
    if own is None:
        return None
    earlier = or_(
        job.c.created_at < own.created_at,
        and_(job.c.created_at == own.created_at, job.c.id < own.id),
    )
    before = select(func.count()).where(
        job.c.topic == topic, job.c.tenant == own.tenant, job.c.retries > 0, earlier
    )
    return int(connection.execute(before).scalar_one()) + 1
