"""What people do with tasks: claim, give back, assign, keep a draft, set a due date, complete."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands import (
    AssignTask,
    CheckTask,
    ClaimTask,
    CompleteTask,
    SaveTaskDraft,
    SetTaskDueDate,
    UnclaimTask,
)
from engine.errors import BadCommand, Conflict, DraftChanged, NotFound
from engine.processors.follow_up import move_follow_up
from engine.processors.history import record
from engine.processors.instance import LiveInstance, load_instance
from engine.processors.process_instance import offered_tasks
from engine.processors.signing import accept_signature
from engine.processors.step import take_step
from engine.processors.submission import check_form, require_names, run_check
from engine.processors.task_access import open_task, overseen_task, require_free
from engine.processors.work import Work
from engine.results import Completed, TaskChanged
from engine.store import incidents, instances, tasks
from engine.store.codec import dump_json
from engine.store.tasks import COMPLETED, TaskRecord


def claim_task(work: Work, command: ClaimTask) -> TaskChanged:
    """Makes the actor the assignee; claiming one's own task again changes nothing."""
    task = open_task(work, command.task_id, "claim")
    if task.assignee == work.actor.user:
        return TaskChanged(task.id, task.assignee, task.due_at)
    if task.assignee is not None:
        raise Conflict(
            f"Expected to claim user task {task.id}, but it is assigned to {task.assignee}",
            who=task.assignee,
        )
    return _assign(work, task, work.actor.user, "TaskClaimed")


def unclaim_task(work: Work, command: UnclaimTask) -> TaskChanged:
    """Gives a task back to its group: by its assignee, or by a supervisor or operator."""
    held = tasks.load(work.uow, command.task_id)
    if held is None or held.assignee in (None, work.actor.user):
        task = open_task(work, command.task_id, "give back")
    else:
        task = overseen_task(work, command.task_id, "give back")
    if task.assignee is None:
        return TaskChanged(task.id, None, task.due_at)
    return _assign(work, task, None, "TaskUnclaimed")


def assign_task(work: Work, command: AssignTask) -> TaskChanged:
    """Makes someone else the assignee: by a supervisor or an operator."""
    task = overseen_task(work, command.task_id, "assign")
    users = work.around.directory.users()
    if users is not None and command.user not in users:
        raise NotFound(f"Expected to assign to {command.user}, but there is no such user")
    return _assign(work, task, command.user, "TaskAssigned")


def set_task_due_date(work: Work, command: SetTaskDueDate) -> TaskChanged:
    """Sets or clears a due date: by a supervisor or an operator. It is then fixed by hand.

    A follow-up date that is computed from it moves with it.
    """
    if command.due_at is not None and command.due_at.tzinfo is None:
        raise BadCommand(f"Expected a due date with its time zone, but found {command.due_at}")
    task = overseen_task(work, command.task_id, "set the due date of")
    tasks.change(work.uow, task.id, {"due_at": command.due_at, "due_expression": None})
    move_follow_up(work, task, command.due_at)
    _tell(
        work,
        task,
        "TaskDueDateSet",
        {"before": task.due_at, "after": command.due_at, "reason": command.reason},
    )
    return TaskChanged(task.id, task.assignee, command.due_at)


def save_task_draft(work: Work, command: SaveTaskDraft) -> TaskChanged:
    """Keeps what was typed, unchecked but for being JSON of a sensible size.

    Raises NotFound, NotAllowed, BadCommand, Conflict, DraftChanged.
    """
    task = open_task(work, command.task_id, "save a draft of")
    require_free(work, task, "save a draft of")
    require_names(command.values)
    _require_own_draft(task, command, "save a draft of")
    version = task.draft_version + 1
    changed = {
        "draft": dump_json(dict(command.values)),
        "draft_version": version,
        "draft_at": work.now,
        "draft_by": work.actor.user,
        "draft_editor": command.editor,
    }
    tasks.change(work.uow, task.id, changed)
    return TaskChanged(task.id, task.assignee, task.due_at, version)


def check_task(work: Work, command: CheckTask) -> TaskChanged:
    """Asks form and completion check as `complete_task` does, then undoes what they wrote.

    Raises NotFound, NotAllowed, Conflict, InvalidSubmission, StepFailed.
    """
    task = open_task(work, command.task_id, "check")
    require_free(work, task, "check")
    instance = load_instance(work, task.instance_id)
    element = instance.definition.element(task.element_id)
    savepoint = work.connection.begin_nested()
    submitted = check_form(instance, element, command.values)
    run_check(instance, element, task.scope, submitted, task.token)
    savepoint.rollback()
    work.uow.discard()
    return TaskChanged(task.id, task.assignee, task.due_at, task.draft_version)


def complete_task(work: Work, command: CompleteTask) -> Completed:
    """Checks form, signature and completion check, then moves the token, all in one transaction.

    Raises NotFound, NotAllowed, Conflict (who and when), DraftChanged, InvalidSubmission,
    SignatureRefused, StepFailed.
    """
    task = open_task(work, command.task_id, "complete")
    require_free(work, task, "complete")
    _require_own_draft(task, command, "complete")
    instance = load_instance(work, task.instance_id)
    element = instance.definition.element(task.element_id)
    submitted = check_form(instance, element, command.values)
    evidence = accept_signature(instance, element, task, submitted, command)
    added = run_check(instance, element, task.scope, submitted, task.token)
    tasks.end(work.uow, task, COMPLETED, work.now, work.actor.user)
    record(
        work,
        instance.record,
        "TaskCompleted",
        {
            "task": task.id,
            "element": task.element_id,
            "token": task.token,
            "values": submitted,
            "added": added,
            "signature": evidence,
        },
    )
    _resolve_incidents(instance, task)
    take_step(instance, lambda execution: execution.complete(task.token, {**submitted, **added}))
    return Completed(task.id, instance.id, offered_tasks(work, instance.id))


def _require_own_draft(task: TaskRecord, command: SaveTaskDraft | CompleteTask, what: str) -> None:
    """Refuses to overwrite a draft that the sender has not seen, where it says which one it saw.

    One that the same editor saved, or that is the same, takes nothing from anybody: its answer may
    have been lost on the way.
    """
    if command.version in (None, task.draft_version) or task.draft is None:
        return
    if command.editor is not None and command.editor == task.draft_editor:
        return
    if task.draft == dump_json(dict(command.values)):
        return
    raise DraftChanged(
        f"Expected to {what} user task {task.id} with draft {command.version} of it, "
        f"but {task.draft_by} saved draft {task.draft_version}",
        version=task.draft_version,
        who=task.draft_by,
        when=task.draft_at,
    )


def _assign(work: Work, task: TaskRecord, user: str | None, kind: str) -> TaskChanged:
    tasks.change(work.uow, task.id, {"assignee": user})
    _tell(work, task, kind, {"before": task.assignee, "after": user})
    return TaskChanged(task.id, user, task.due_at)


def _tell(work: Work, task: TaskRecord, kind: str, payload: Mapping[str, object]) -> None:
    """Appends to the history of the task's instance; its tokens stay as they are."""
    row = instances.load(work.uow, task.instance_id)
    if row is None:
        raise NotFound(f"Expected process instance {task.instance_id}, but it does not exist")
    record(work, row, kind, {"task": task.id, "element": task.element_id, **payload})
    instances.save(work.uow, row)


def _resolve_incidents(instance: LiveInstance, task: TaskRecord) -> None:
    """A step that failed before at this task has now been carried out."""
    if instance.record.open_incidents:
        incidents.resolve(
            instance.work.uow,
            instance.work.now,
            instance.work.actor.user,
            instance_id=instance.id,
            wait_key=str(task.token),
        )
