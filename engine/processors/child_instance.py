"""Call activities: a child instance of its own, spoken to by jobs, so nobody locks two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definitions import Definition
from engine.diagram import ElementFacts, VariableMapping
from engine.errors import BadCommand, StepFailed
from engine.processors.history import record
from engine.processors.instance import (
    BUSINESS_KEY,
    LiveInstance,
    load_instance,
    read_instance,
)
from engine.processors.job_failure import fail_job
from engine.processors.jobs import add_job
from engine.processors.process_instance import begin, cancel, new_instance
from engine.processors.step import take_step
from engine.processors.work import Work
from engine.scopes import ROOT
from engine.store import deployments, incidents, instances
from engine.store.instances import ACTIVE, CANCELLED, InstanceRecord
from engine.store.jobs import START_CHILD, JobRecord


def start_child(work: Work, job: JobRecord, payload: Mapping[str, Any]) -> None:
    """Starts the child of a call activity, with the variables its mappings give.

    The parent is read, not written. Raises StepFailed where the called process is not deployed.
    """
    parent = load_instance(work, job.instance_id)
    token = int(payload["token"])
    if parent.record.state != ACTIVE or not parent.execution.has_wait(str(job.wait_key)):
        return
    element = parent.definition.element(str(job.element_id))
    definition = _called(work, parent, element, job.scope)
    values = _mapped(parent, element.id, element.in_mappings, job.scope)
    business_key = _business_key(parent, element, job.scope)
    child = new_instance(work, definition, business_key, parent=(parent.record, token))
    start = definition.none_start()
    if start is None:
        raise StepFailed(
            element.id,
            f"Expected {definition.process_id} to have a none start event, but it has none",
        )
    begin(child, values, start_event=start.id)


def child_ended(work: Work, job: JobRecord, payload: Mapping[str, Any]) -> None:
    """Goes on in the caller with what the child gave, or throws the error the child ended with.

    A child that was cancelled by itself is an incident: its caller can't go on without it.
    """
    parent = load_instance(work, job.instance_id)
    token = int(payload["token"])
    if parent.record.state != ACTIVE or not parent.execution.is_waiting(token):
        return
    if payload["error"] is not None:
        _throw(parent, token, payload["error"], payload["child"])
    elif payload["cancelled_by"] is not None:
        _stop_at_call(
            parent,
            token,
            f"Expected child instance {payload['child']} to end by itself, "
            f"but {payload['cancelled_by']} cancelled it",
            incidents.FAILED_JOB,
        )
    else:
        _complete(parent, token, payload["child"])


def cancel_child(work: Work, job: JobRecord, payload: Mapping[str, Any]) -> None:
    """Cancels the child of a call activity that was itself cancelled."""
    child_id = instances.running_child(work.uow, job.instance_id, int(payload["token"]))
    if child_id is not None:
        cancel(load_instance(work, child_id), "the calling activity was cancelled")


def is_caught_above(work: Work, called: InstanceRecord, code: str) -> bool:
    """Whether an instance further up the calls would catch an error that this one does not."""
    while called.parent_instance_id is not None and called.parent_token is not None:
        parent = read_instance(work, called.parent_instance_id)
        token = called.parent_token
        if parent.record.state != ACTIVE or not parent.execution.is_waiting(token):
            return False
        if parent.execution.catches(token, code):
            return True
        called = parent.record
    return False


def end_with_error(instance: LiveInstance, error: Mapping[str, Any]) -> None:
    """Ends a called instance, with all that is open in it, by an error that its caller catches.

    `error` is its code, message and values.
    """
    record(instance.work, instance.record, "ErrorHandedToCaller", {"error": dict(error)})
    take_step(
        instance, lambda execution: execution.cancel(), ended_state=CANCELLED, error=dict(error)
    )


def _mapped(
    source: LiveInstance, element_id: str, mappings: Sequence[VariableMapping], scope: int
) -> dict[str, object]:
    """What `camunda:in` or `camunda:out` takes from an instance, as seen from a scope."""
    visible = source.scopes.view(scope)
    values: dict[str, object] = {}
    for mapping in mappings:
        if mapping.all_variables:
            values.update({name: visible[name] for name in visible if name != BUSINESS_KEY})
        elif mapping.target is None:
            continue
        elif mapping.source is not None:
            values[mapping.target] = visible.get(mapping.source)
        elif mapping.source_expression is not None:
            values[mapping.target] = source.evaluate(mapping.source_expression, scope, element_id)
    return values


def _called(work: Work, parent: LiveInstance, element: ElementFacts, scope: int) -> Definition:
    process_id = parent.evaluate_text(element.called_element, scope, element.id) or ""
    tenant = parent.record.tenant
    if element.called_element_binding == "deployment":
        found = deployments.as_of_deployment(
            work.connection, tenant, parent.definition.record.deployment_id, process_id
        )
    elif element.called_element_binding == "version":
        version = parent.evaluate_text(element.called_element_version, scope, element.id)
        try:
            number = int(version or "")
        except ValueError:
            raise StepFailed(
                element.id, f"Expected a version of {process_id}, but found {version!r}"
            ) from None
        found = deployments.version_of(work.connection, tenant, process_id, number)
    else:
        found = deployments.latest(work.connection, tenant, process_id)
    if found is None:
        raise StepFailed(
            element.id, f"Expected a process {process_id} to call, but none is deployed"
        )
    return work.around.definitions.of(work.connection, found)


def _business_key(parent: LiveInstance, element: ElementFacts, scope: int) -> str | None:
    for mapping in element.in_mappings:
        if mapping.business_key is not None:
            return parent.evaluate_text(mapping.business_key, scope, element.id)
    return None


def _complete(parent: LiveInstance, token: int, child_id: str) -> None:
    work = parent.work
    child = read_instance(work, child_id)
    element = parent.definition.element(_element_of(parent, token))
    values = _mapped(child, element.id, element.out_mappings, ROOT)
    record(
        work,
        parent.record,
        "ChildInstanceCompleted",
        {"child": child.id, "element": element.id, "token": token, "values": values},
    )
    take_step(parent, lambda execution: execution.complete(token, values))


def _throw(parent: LiveInstance, token: int, error: Mapping[str, Any], child_id: str) -> None:
    work, code, message = parent.work, error["code"], error["message"]
    element_id = _element_of(parent, token)
    caught = parent.execution.throw_error(token, code, message, error["values"])
    if caught is not None:
        record(
            work,
            parent.record,
            "ChildInstanceFailed",
            {"child": child_id, "element": element_id, "code": code, "caught_by": caught},
        )
        take_step(parent)
    elif is_caught_above(work, parent.record, code):
        end_with_error(parent, error)
    else:
        _stop_at_call(
            parent,
            token,
            f"Expected error {code} of child instance {child_id} to be caught "
            f"at {element_id}, but nothing does: {message}",
            incidents.UNCAUGHT_ERROR,
        )


def _stop_at_call(parent: LiveInstance, token: int, message: str, kind: str) -> None:
    """An incident at a call activity whose child is gone; its retry starts another child."""
    work = parent.work
    job = add_job(
        parent,
        START_CHILD,
        element_id=_element_of(parent, token),
        wait_key=str(token),
        scope=parent.execution.scope_of(token),
        payload={"token": token},
    )
    work.uow.flush()
    fail_job(work, job, f"{message}; a retry starts another one", retries=0, kind=kind)


def _element_of(parent: LiveInstance, token: int) -> str:
    element_id = parent.execution.element_of(token)
    if element_id is None:
        raise BadCommand(f"Expected token {token} in {parent.id}, but it is gone")
    return element_id
