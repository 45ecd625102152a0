"""How many tasks of one kind stand before tasks in the lists of their units."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, func, select

from engine.identity import Actor
from engine.queries.sight import OPEN_TASK, of_instances
from engine.settings import EngineSettings
from engine.store.tables import process_instance, task_candidate, user_task
from engine.store.tasks import GROUP

_candidate, _task = task_candidate.c, user_task.c
_other = task_candidate.alias("other")
_other_task = user_task.alias("other_task")


def places_in_list(
    connection: Connection, settings: EngineSettings, actor: Actor, task_ids: Collection[str]
) -> dict[str, int]:
    """The place, from 1, of each open task among those of its element in its unit, oldest first.

    Left out: tasks that are offered to no group, and those of instances the actor does not see.
    Offered to several groups, a task stands in the list of the first by name.
    """
    before = and_(
        _other.c.tenant == _candidate.tenant,
        _other.c.kind == GROUP,
        _other.c.name == _candidate.name,
        _other.c.claimed.in_((False, True)),
        _other.c.unit == _candidate.unit,
        _other.c.task_id < _candidate.task_id,
    )
    rows = connection.execute(
        select(_task.id, _candidate.name, func.count(_other_task.c.id).label("before"))
        .join(process_instance, process_instance.c.id == _task.instance_id)
        .join(task_candidate, and_(_candidate.task_id == _task.id, _candidate.kind == GROUP))
        .join(_other, before, isouter=True)
        .join(
            _other_task,
            and_(
                _other_task.c.id == _other.c.task_id,
                _other_task.c.element_id == _task.element_id,
            ),
            isouter=True,
        )
        .where(_task.id.in_(task_ids), OPEN_TASK, of_instances(actor, settings))
        .group_by(_task.id, _candidate.name)
        .order_by(_task.id, _candidate.name.desc())
    )
    return {row.id: row.before + 1 for row in rows}
