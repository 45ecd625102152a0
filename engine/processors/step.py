"""One step of an instance: tokens move to the next wait states, and the store learns all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from engine import feel
from engine.errors import StepFailed
from engine.processors.history import record
from engine.processors.instance import LiveInstance
from engine.processors.jobs import add_job
from engine.processors.waits import close_waits, open_waits
from engine.scopes import ROOT
from engine.spiff import Execution, Step, Transition
from engine.store import activities, incidents, tasks
from engine.store.instances import ACTIVE, CANCELLED, COMPLETED
from engine.store.jobs import CHILD_ENDED, MESSAGE

LABELS = ("unit", "party", "title")

Result = TypeVar("Result")


def take_step(
    instance: LiveInstance,
    act: Callable[[Execution], None] | None = None,
    *,
    ended_state: str = COMPLETED,
) -> Step:
    """Acts on the tokens, lets them run until they wait, and writes what came of it.

    Raises StepFailed (nothing of the transaction may then be kept), and whatever `act` raises.
    """
    work, execution = instance.work, instance.execution
    if act is not None:
        _failing_as_step(lambda: act(execution))
    step = _failing_as_step(lambda: execution.settle(work.around.settings.step_budget))
    _write_activities(instance, step.transitions)
    _set_status(instance, step.transitions)
    close_waits(instance, step)
    labels = _set_labels(instance)
    open_waits(instance, step)
    if labels:
        tasks.relabel(work.uow, instance.id, labels)
    _send_messages(instance, step)
    _raise_incidents(instance, step)
    _end(instance, step, ended_state)
    instance.record.token_state = None if _ended(instance) else execution.dump()
    _tell_history(instance, step)
    instance.save()
    return step


def _failing_as_step(action: Callable[[], Result]) -> Result:
    try:
        return action()
    except feel.ExpressionError as error:
        raise StepFailed(None, str(error)) from error


def _write_activities(instance: LiveInstance, transitions: Sequence[Transition]) -> None:
    work = instance.work
    ended: list[tuple[int, str]] = []
    for transition in transitions:
        if transition.kind == "started":
            activities.start(
                work.uow,
                instance.id,
                transition.token,
                transition.element_id,
                transition.body,
                transition.parent,
                transition.loop_counter,
                work.now,
            )
        else:
            ended.append((transition.token, transition.outcome or "completed"))
    activities.end(work.uow, instance.id, ended, work.now, work.actor.user)


def _set_status(instance: LiveInstance, transitions: Sequence[Transition]) -> None:
    for transition in transitions:
        if transition.kind == "started":
            status = instance.definition.element(transition.element_id).status
            if status is not None:
                instance.record.status = status


def _set_labels(instance: LiveInstance) -> dict[str, str | None]:
    """Evaluates the labels the process declares; returns those that changed."""
    changed: dict[str, str | None] = {}
    for name in LABELS:
        text = getattr(instance.definition.facts, name)
        if text is None:
            continue
        value = _label(instance, text)
        if value is not None and value != getattr(instance.record, name):
            setattr(instance.record, name, value)
            changed[name] = value
    return changed


def _label(instance: LiveInstance, text: str) -> str | None:
    """A label's value; None while a variable that it names is not set."""
    visible = instance.scopes.view(ROOT)
    for expression in feel.find_expressions(text):
        if any(visible.get(name) is None for name in expression.names):
            return None
    return instance.evaluate_text(text, ROOT, instance.definition.process_id)


def _send_messages(instance: LiveInstance, step: Step) -> None:
    for thrown in step.thrown:
        key = thrown.correlation_key
        add_job(
            instance,
            MESSAGE,
            element_id=thrown.element_id,
            payload={
                "message": thrown.message_name,
                "correlation_key": instance.record.business_key if key is None else key,
                "variables": dict(thrown.payload),
            },
        )


def _raise_incidents(instance: LiveInstance, step: Step) -> None:
    work = instance.work
    for element_id in step.deadlocks:
        incidents.raise_incident(
            work.uow,
            incidents.DEADLOCK,
            f"Expected a token to reach {element_id}, but nothing can: deadlock at {element_id}",
            work.now,
            tenant=instance.record.tenant,
            instance_id=instance.id,
            definition_id=instance.definition.id,
            element_id=element_id,
        )
    if instance.record.parent_instance_id is not None:
        return
    for error in step.uncaught_errors:
        incidents.raise_incident(
            work.uow,
            incidents.UNCAUGHT_ERROR,
            f"Expected error {error.code} of {error.element_id} to be caught, but nothing does: "
            f"{error.message}",
            work.now,
            tenant=instance.record.tenant,
            instance_id=instance.id,
            definition_id=instance.definition.id,
            element_id=error.element_id,
        )


def _ended(instance: LiveInstance) -> bool:
    return instance.record.state != ACTIVE


def _end(instance: LiveInstance, step: Step, ended_state: str) -> None:
    if not step.completed:
        return
    instance.record.state = ended_state
    instance.record.ended_at = instance.work.now
    if instance.record.parent_instance_id is None or ended_state == CANCELLED:
        return
    uncaught = step.uncaught_errors[0] if step.uncaught_errors else None
    add_job(
        instance,
        CHILD_ENDED,
        payload={
            "child": instance.id,
            "parent": instance.record.parent_instance_id,
            "token": instance.record.parent_token,
            "error": None
            if uncaught is None
            else {"code": uncaught.code, "message": uncaught.message},
        },
    )


def _tell_history(instance: LiveInstance, step: Step) -> None:
    begun = [[move.token, move.element_id] for move in step.transitions if move.kind == "started"]
    ended = [
        [move.token, move.element_id, move.outcome]
        for move in step.transitions
        if move.kind == "ended"
    ]
    if begun or ended:
        record(instance.work, instance.record, "TokensMoved", {"started": begun, "ended": ended})
    if _ended(instance):
        kind = "ProcessInstanceCompleted"
        if instance.record.state == CANCELLED:
            kind = "ProcessInstanceCancelled"
        record(instance.work, instance.record, kind, {"status": instance.record.status})
