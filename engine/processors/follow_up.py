"""The follow-up date of a user task: a moment before it is due at which somebody is reminded."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import feel
from engine.errors import StepFailed
from engine.expression_functions import functions_for
from engine.processors.due_moment import due_moment
from engine.processors.history import record
from engine.processors.instance import LiveInstance, live, load_instance
from engine.processors.jobs import add_job
from engine.processors.listeners import tell
from engine.processors.work import Work
from engine.store import instances, jobs, tasks
from engine.store.codec import load_json
from engine.store.instances import ACTIVE
from engine.store.jobs import FOLLOW_UP, JobRecord
from engine.store.tasks import GROUP, USER, TaskRecord

log = logging.getLogger(__name__)


def follow_up_moment(
    instance: LiveInstance,
    text: str | None,
    scope: int,
    element_id: str,
    begun: datetime,
    due_at: datetime | None,
) -> datetime | None:
    """The follow-up date of a task that was opened at `begun` and is due at `due_at`.

    Its text may call `due_date()`. Raises StepFailed.
    """
    if text is None:
        return None
    work = instance.work
    value: object = text
    if feel.may_hold_expression(text):
        own = functions_for(work.connection, instance.definition, work.zone, begun)
        local_due = None if due_at is None else due_at.astimezone(work.zone)
        try:
            value = feel.evaluate_text(
                text, instance.scopes.view(scope), {**own, "due_date": lambda: local_due}
            )
        except feel.ExpressionError as error:
            raise StepFailed(element_id, str(error)) from error
    return None if value is None else due_moment(instance, str(value), begun, element_id)


def arm_follow_up(instance: LiveInstance, task: TaskRecord) -> None:
    """Makes the job of a new task's follow-up date; one that has passed already reminds nobody."""
    if task.follow_up_at is not None and task.follow_up_at > instance.work.now:
        _add(instance, task)


def move_follow_up(work: Work, task: TaskRecord, due_at: datetime | None) -> datetime | None:
    """The follow-up date anew, for a task that is now due at `due_at`; its job follows.

    A reminder that was still to come and would lie in the past comes at once. Where the date can't
    be computed it stays, and the log says so.
    """
    if task.follow_up_expression is None:
        return task.follow_up_at
    row = instances.read(work.uow, task.instance_id)
    if row is None or row.state != ACTIVE:
        return task.follow_up_at
    definition = work.around.definitions.get(work.connection, row.definition_id)
    instance = live(work, row, definition)
    try:
        moment = follow_up_moment(
            instance,
            task.follow_up_expression,
            task.scope,
            task.element_id,
            task.created_at,
            due_at,
        )
    except StepFailed as error:
        log.warning("the follow-up date of task %s stays as it is: %s", task.id, error)
        return task.follow_up_at
    if moment == task.follow_up_at:
        return moment
    tasks.change(work.uow, task.id, {"follow_up_at": moment})
    task.follow_up_at = moment
    _move_job(instance, task)
    return moment


def follow_up(work: Work, job: JobRecord, _payload: Mapping[str, Any]) -> None:
    """The date has come: history gets `TaskFollowUpDue`, and the process's listener is told."""
    instance = load_instance(work, job.instance_id)
    if instance.record.state != ACTIVE:
        return
    task = tasks.open_at_token(work.uow, job.instance_id, int(str(job.wait_key)))
    if task is None:
        return
    record(
        work,
        instance.record,
        "TaskFollowUpDue",
        {"task": task.id, "element": task.element_id, "due_at": task.due_at},
    )
    topic = instance.definition.facts.follow_up_topic
    if topic is not None:
        told = {"user_task": _as_told(instance, task)}
        tell(instance, topic, task.element_id, told, wait_key=str(task.token), scope=task.scope)
    instance.save()


def _as_told(instance: LiveInstance, task: TaskRecord) -> dict[str, object]:
    """A task as its listener sees it."""
    candidates = load_json(task.candidates)
    return {
        "id": task.id,
        "element": task.element_id,
        "names": dict(instance.definition.names(task.element_id)),
        "assignee": task.assignee,
        "candidate_groups": candidates.get(GROUP, []),
        "candidate_users": candidates.get(USER, []),
        "created_at": task.created_at.isoformat(),
        "due_at": None if task.due_at is None else task.due_at.isoformat(),
    }


def _add(instance: LiveInstance, task: TaskRecord) -> None:
    add_job(
        instance,
        FOLLOW_UP,
        element_id=task.element_id,
        wait_key=str(task.token),
        scope=task.scope,
        due_at=task.follow_up_at,
    )


def _move_job(instance: LiveInstance, task: TaskRecord) -> None:
    work, moment = instance.work, task.follow_up_at
    pending = jobs.at_wait(work.uow, task.instance_id, str(task.token), FOLLOW_UP)
    if pending is None:
        arm_follow_up(instance, task)
    elif moment is None:
        jobs.remove(work.uow, pending.id)
    else:
        jobs.change(work.uow, pending.id, {"due_at": max(moment, work.now)})
        work.added_jobs = True
