"""Who may touch a task now.

Whoever does not even see the case is told that there is no such task.
"""

from __future__ import annotations

from engine.errors import AssignedToAnother, Conflict, NotAllowed, NotFound
from engine.processors.work import Work
from engine.store import instances, tasks
from engine.store.tasks import OPEN, TaskRecord
from engine.visibility import labels_allow, may_see_instance, may_work_on


def open_task(work: Work, task_id: str, verb: str) -> TaskRecord:
    """An open task that the actor may work on.

    Raises NotFound, NotAllowed (someone else's), Conflict (ended meanwhile, with who and when).
    """
    task = _known_task(work, task_id, verb)
    if not may_work_on(work.actor, task):
        _require_sight(work, task, verb)
        raise NotAllowed(
            f"Expected to {verb} user task {task_id}, but it is not {work.actor.user}'s to do"
        )
    return _still_open(task, verb)


def overseen_task(work: Work, task_id: str, verb: str) -> TaskRecord:
    """An open task that the actor oversees: a supervisor within their labels, an operator any.

    Raises NotFound, NotAllowed, Conflict.
    """
    settings, actor = work.around.settings, work.actor
    work.require(settings.supervisors | settings.operators, f"{verb} others' tasks")
    task = _known_task(work, task_id, verb)
    sees_all = actor.is_system or bool(actor.groups & settings.operators)
    if not (sees_all or labels_allow(actor, task.tenant, task.unit, task.party)):
        _require_sight(work, task, verb)
        raise NotAllowed(
            f"Expected to {verb} user task {task_id}, "
            f"but it is of {task.unit or task.party}, not of {actor.user}'s"
        )
    return _still_open(task, verb)


def _known_task(work: Work, task_id: str, verb: str) -> TaskRecord:
    task = tasks.load(work.uow, task_id)
    if task is None or (task.tenant != work.actor.tenant and not work.actor.is_system):
        raise _not_found(task_id, verb)
    return task


def _require_sight(work: Work, task: TaskRecord, verb: str) -> None:
    """Raises NotFound where the actor does not see the task's instance."""
    settings, actor = work.around.settings, work.actor
    if actor.groups & (settings.operators | settings.owners):
        return
    instance = instances.read(work.uow, task.instance_id)
    if instance is None or not may_see_instance(actor, instance):
        raise _not_found(task.id, verb)


def _not_found(task_id: str, verb: str) -> NotFound:
    return NotFound(f"Expected to {verb} user task {task_id}, but it does not exist")


def _still_open(task: TaskRecord, verb: str) -> TaskRecord:
    if task.state != OPEN:
        raise Conflict(
            f"Expected to {verb} user task {task.id}, but {task.ended_by} "
            f"{task.state} it at {task.ended_at}",
            who=task.ended_by,
            when=task.ended_at,
        )
    return task


def require_free(work: Work, task: TaskRecord, verb: str) -> None:
    """Raises AssignedToAnother where a colleague has claimed the task."""
    if task.assignee not in (None, work.actor.user) and not work.actor.is_system:
        raise AssignedToAnother(
            f"Expected to {verb} user task {task.id}, but it is assigned to {task.assignee}",
            who=str(task.assignee),
        )
