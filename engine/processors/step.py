"""One step of an instance: tokens move to the next wait states, and the store learns all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from engine import feel
from engine.errors import StepFailed
from engine.processors.history import record
from engine.processors.instance import LiveInstance
from engine.processors.jobs import add_job, tell_caller
from engine.processors.listeners import set_status
from engine.processors.waits import close_waits, open_waits
from engine.scopes import ROOT
from engine.spiff import Execution, Step, Transition
from engine.store import activities, incidents, tasks
from engine.store.instances import ACTIVE, CANCELLED, COMPLETED
from engine.store.jobs import MESSAGE

LABELS = ("unit", "party", "title")


def take_step(
    instance: LiveInstance,
    act: Callable[[Execution], None] | None = None,
    *,
    ended_state: str = COMPLETED,
    error: Mapping[str, object] | None = None,
) -> Step:
    """Acts on the tokens, lets them run until they wait, and writes what came of it.

    `error` is the BPMN error (code, message, values) that a called instance ends with. Raises
    StepFailed (nothing of the transaction may then be kept), and whatever `act` raises.
    """
    with _failing_as_step(instance):
        return _take_step(instance, act, ended_state, error)


def _take_step(
    instance: LiveInstance,
    act: Callable[[Execution], None] | None,
    ended_state: str,
    error: Mapping[str, object] | None,
) -> Step:
    work, execution = instance.work, instance.execution
    if act is not None:
        act(execution)
    step = execution.settle(work.around.settings.step_budget, error_ends=_is_called(instance))
    _write_activities(instance, step.transitions)
    set_status(instance, step.transitions)
    close_waits(instance, step)
    labels = _set_labels(instance)
    open_waits(instance, step)
    if labels:
        tasks.relabel(work.uow, instance.id, labels)
    _send_messages(instance, step)
    _raise_incidents(instance, step)
    _end(instance, step, ended_state, error)
    instance.record.token_state = None if _ended(instance) else execution.dump()
    _tell_history(instance, step)
    instance.save()
    return step


@contextmanager
def _failing_as_step(instance: LiveInstance) -> Iterator[None]:
    """Whatever fails inside is a StepFailed that names the instance."""
    try:
        yield
    except feel.ExpressionError as error:
        failure = StepFailed(None, str(error))
        failure.instance_id = instance.id
        raise failure from error
    except StepFailed as failure:
        failure.instance_id = instance.id
        raise


def _is_called(instance: LiveInstance) -> bool:
    return instance.record.parent_instance_id is not None


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
    if _is_called(instance):
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


def _end(
    instance: LiveInstance, step: Step, ended_state: str, error: Mapping[str, object] | None
) -> None:
    if not step.completed:
        return
    instance.record.state = ended_state
    instance.record.ended_at = instance.work.now
    if step.uncaught_errors:
        uncaught = step.uncaught_errors[0]
        error = {"code": uncaught.code, "message": uncaught.message, "values": {}}
    _settle_incidents_of_steps(instance)
    cancelled_by = instance.work.actor.user if ended_state == CANCELLED else None
    tell_caller(instance, {"error": error, "cancelled_by": cancelled_by})


def _settle_incidents_of_steps(instance: LiveInstance) -> None:
    """What could not go on in an instance that has ended needs nobody any more."""
    if not instance.record.open_incidents:
        return
    work = instance.work
    for kind in (incidents.FAILED_STEP, incidents.DEADLOCK):
        incidents.resolve(
            work.uow,
            work.now,
            work.actor.user,
            instance_id=instance.id,
            note="the instance has ended",
            kind=kind,
            job_id=None,
        )


def _tell_history(instance: LiveInstance, step: Step) -> None:
    instance.decisions.tell_history()
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
