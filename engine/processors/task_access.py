"""Who may touch a task now."""

from __future__ import annotations

from engine.errors import Conflict, NotAllowed, NotFound
from engine.processors.work import Work
from engine.store import tasks
from engine.store.tasks import OPEN, TaskRecord
from engine.visibility import may_work_on


def open_task(work: Work, task_id: str, verb: str, *, any_role: bool = False) -> TaskRecord:
    """An open task that the actor may work on.

    Raises NotFound, NotAllowed (someone else's), Conflict (ended meanwhile, with who and when).
    """
    task = tasks.load(work.uow, task_id)
    if task is None or (task.tenant != work.actor.tenant and not work.actor.is_system):
        raise NotFound(f"Expected to {verb} user task {task_id}, but it does not exist")
    if not any_role and not may_work_on(work.actor, task):
        raise NotAllowed(
            f"Expected to {verb} user task {task_id}, but it is not {work.actor.user}'s to do"
        )
    if task.state != OPEN:
        raise Conflict(
            f"Expected to {verb} user task {task_id}, but {task.ended_by} "
            f"{task.state} it at {task.ended_at}",
            who=task.ended_by,
            when=task.ended_at,
        )
    return task


def require_free(work: Work, task: TaskRecord, verb: str) -> None:
    """Raises NotAllowed where a colleague has claimed the task."""
    if task.assignee not in (None, work.actor.user) and not work.actor.is_system:
        raise NotAllowed(
            f"Expected to {verb} user task {task.id}, but it is assigned to {task.assignee}"
        )
