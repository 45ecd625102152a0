"""Rows for what an instance waits for: tasks, jobs, timers, subscriptions, child instances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine import feel
from engine.calendar import next_of_cycle
from engine.diagram import ElementFacts
from engine.errors import StepFailed
from engine.processors.due_moment import due_moment
from engine.processors.follow_up import arm_follow_up, follow_up_moment
from engine.processors.history import record
from engine.processors.instance import LiveInstance
from engine.processors.job_failure import fail_job
from engine.processors.jobs import add_job
from engine.remarks import remarks_at
from engine.spiff import (
    CallActivityWait,
    DecisionWait,
    ExternalTaskWait,
    MessageWait,
    Step,
    TimerWait,
    Transition,
    UserTaskWait,
)
from engine.store import incidents, jobs, subscriptions, tasks
from engine.store.codec import dump_json
from engine.store.ids import new_id
from engine.store.jobs import CANCEL_CHILD, DECISION, EXTERNAL_TASK, START_CHILD, TIMER
from engine.store.tasks import EVERYONE, GROUP, OPEN, USER, TaskRecord


def open_waits(instance: LiveInstance, step: Step) -> None:
    """Writes a row for each new wait of a step."""
    for wait in step.opened:
        element = instance.definition.element(wait.element_id)
        if isinstance(wait, UserTaskWait):
            _open_task(instance, wait, element)
        elif isinstance(wait, ExternalTaskWait):
            _open_external_task(instance, wait, element)
        elif isinstance(wait, CallActivityWait):
            add_job(
                instance,
                START_CHILD,
                element_id=wait.element_id,
                wait_key=wait.key,
                scope=wait.scope,
                payload={"token": wait.token},
            )
        elif isinstance(wait, DecisionWait):
            _open_decision(instance, wait)
        elif isinstance(wait, TimerWait):
            _open_timer(instance, wait)
        elif isinstance(wait, MessageWait):
            key = wait.correlation_key
            subscriptions.add(
                instance.work.uow,
                instance.id,
                wait.key,
                instance.record.tenant,
                wait.element_id,
                wait.message_name,
                instance.record.business_key if key is None else key,
                instance.work.now,
            )


def close_waits(instance: LiveInstance, step: Step) -> None:
    """Removes the rows of waits that are over; open tasks of cancelled tokens are cancelled."""
    if not step.closed:
        return
    work = instance.work
    moved = {str(move.token): move for move in step.transitions if move.kind == "ended"}
    task_tokens, job_keys, message_keys = [], [], []
    for key in step.closed:
        move = moved.get(key)
        cancelled = move is not None and move.outcome == "cancelled"
        element = _element_behind(instance, key, move)
        if element is None:
            job_keys.append(key)
            message_keys.append(key)
        elif element.type == "userTask":
            if cancelled:
                task_tokens.append(int(key))
            if element.follow_up_date is not None:
                job_keys.append(key)
        elif element.catches_message:
            message_keys.append(key)
        else:
            job_keys.append(key)
            if element.type == "callActivity" and cancelled:
                add_job(instance, CANCEL_CHILD, element_id=element.id, payload={"token": int(key)})
    tasks.cancel_by_token(work.uow, instance.id, task_tokens, work.now, work.actor.user)
    jobs.remove_by_wait(work.uow, instance.id, job_keys)
    subscriptions.remove(work.uow, instance.id, message_keys)
    if instance.record.open_incidents:
        for key in step.closed:
            incidents.resolve(
                work.uow, work.now, work.actor.user, instance_id=instance.id, wait_key=key
            )


def _element_behind(
    instance: LiveInstance, key: str, move: Transition | None
) -> ElementFacts | None:
    """The element of a wait; None for a boundary event that did not occur (timer or message)."""
    if move is not None:
        return instance.definition.element(move.element_id)
    _scope, is_start, start_event = key.partition(":")
    return instance.definition.element(start_event) if is_start else None


def _open_task(instance: LiveInstance, wait: UserTaskWait, element: ElementFacts) -> None:
    work, row = instance.work, instance.record

    def text(value: str | None) -> str | None:
        return instance.evaluate_text(value, wait.scope, element.id)

    def names(values: tuple[str, ...]) -> list[str]:
        found = (instance.evaluate(value, wait.scope, element.id) for value in values)
        return [name for value in found for name in _listed(value)]

    assignee = text(element.assignee)
    candidates = {
        GROUP: names(element.candidate_groups),
        USER: names(element.candidate_users),
    }
    due = text(element.due_date)
    due_at = None if due is None else due_moment(instance, due, work.now, element.id)
    task = TaskRecord(
        id=new_id(),
        instance_id=instance.id,
        definition_id=instance.definition.id,
        process_id=row.process_id,
        tenant=row.tenant,
        element_id=element.id,
        token=wait.token,
        scope=wait.scope,
        loop_counter=wait.loop_counter,
        business_key=row.business_key,
        title=row.title,
        unit=_task_label(row.unit, instance.definition.facts.unit),
        party=_task_label(row.party, instance.definition.facts.party),
        assignee=assignee,
        candidates=dump_json(candidates),
        priority=_priority(text(element.priority), element.id),
        created_at=work.now,
        due_at=due_at,
        due_expression=_if_computed(element.due_date),
        follow_up_at=follow_up_moment(
            instance, element.follow_up_date, wait.scope, element.id, work.now, due_at
        ),
        follow_up_expression=_if_computed(element.follow_up_date),
        state=OPEN,
        ended_at=None,
        ended_by=None,
        draft=None,
    )
    remarks_at(element, instance.scopes)  # what can't be read stops the step, and not the person
    tasks.add(work.uow, task)
    arm_follow_up(instance, task)
    record(
        work,
        row,
        "TaskCreated",
        {"task": task.id, "element": element.id, "token": wait.token, "due_at": task.due_at},
    )


def _listed(value: object) -> list[str]:
    """Names from a list, or from text with commas between them, as Camunda reads them."""
    if isinstance(value, str):
        value = value.split(",")
    elif not isinstance(value, Sequence):
        value = [value]
    names = (str(each).strip() for each in value if each is not None)
    return [name for name in names if name]


def _task_label(label: str | None, declared: str | None) -> str | None:
    """A task's unit or party. One that is declared and not known yet keeps others away."""
    return EVERYONE if label is None and declared is None else label


def _if_computed(text: str | None) -> str | None:
    """The text where it is an expression: only such due dates can be computed anew."""
    return text if text is not None and feel.may_hold_expression(text) else None


def _priority(text: str | None, element_id: str) -> int:
    if text is None:
        return 0
    try:
        return int(text)
    except ValueError:
        raise StepFailed(
            element_id, f"Expected a whole number as priority, but found {text!r}"
        ) from None


def _open_external_task(
    instance: LiveInstance, wait: ExternalTaskWait, element: ElementFacts
) -> None:
    add_job(
        instance,
        EXTERNAL_TASK,
        element_id=element.id,
        wait_key=wait.key,
        scope=wait.scope,
        topic=instance.evaluate_text(element.topic, wait.scope, element.id),
        priority=_priority(
            instance.evaluate_text(element.priority, wait.scope, element.id), element.id
        ),
        payload={"token": wait.token},
    )


def _open_decision(instance: LiveInstance, wait: DecisionWait) -> None:
    """A decision that could not be made is an incident at once; its retry makes it anew."""
    job = add_job(
        instance,
        DECISION,
        element_id=wait.element_id,
        wait_key=wait.key,
        scope=wait.scope,
        payload={"token": wait.token},
    )
    instance.work.uow.flush()
    fail_job(instance.work, job, wait.reason, retries=0, kind=incidents.FAILED_STEP)


def _open_timer(instance: LiveInstance, wait: TimerWait) -> None:
    text = wait.value if wait.timer != "cycle" else wait.interval
    if text is None:
        raise StepFailed(wait.element_id, "Expected an interval of the cycle, but found none")
    add_job(
        instance,
        TIMER,
        element_id=wait.element_id,
        wait_key=wait.key,
        scope=wait.scope,
        payload={"token": wait.token},
        due_at=_timer_due(instance, wait, text),
        due_expression=_if_computed(wait.expression),
    )


def _timer_due(instance: LiveInstance, wait: TimerWait, text: str) -> datetime:
    """When a timer is due; one that is armed again keeps the rhythm of the one before."""
    work = instance.work
    if not wait.previous or work.job is None:
        return due_moment(instance, text, work.now, wait.element_id)
    try:
        return next_of_cycle(work.job.due_at, text, work.now, work.zone)
    except ValueError as error:
        raise StepFailed(wait.element_id, str(error)) from error
