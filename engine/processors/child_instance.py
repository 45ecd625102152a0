"""Call activities: a child instance of its own, spoken to by jobs, so nobody locks two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.definitions import Definition
from engine.diagram import ElementFacts, VariableMapping
from engine.errors import BadCommand, StepFailed
from engine.processors.history import record
from engine.processors.instance import LiveInstance, load_instance, root_variables
from engine.processors.process_instance import begin, cancel, new_instance
from engine.processors.step import take_step
from engine.processors.work import Work
from engine.scopes import ROOT
from engine.store import deployments, incidents, instances
from engine.store.instances import ACTIVE
from engine.store.jobs import JobRecord


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
    values = mapped(parent, element.in_mappings, job.scope)
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
    """Goes on in the parent with what the child gave, or throws the error the child ended with."""
    parent = load_instance(work, payload["parent"])
    token = int(payload["token"])
    if parent.record.state != ACTIVE or not parent.execution.is_waiting(token):
        return
    error = payload.get("error")
    if error is not None:
        _throw(parent, token, error, payload["child"])
        return
    child = load_instance(work, payload["child"])
    element = parent.definition.element(_element_of(parent, token))
    values = mapped(child, element.out_mappings, ROOT)
    record(
        work,
        parent.record,
        "ChildInstanceCompleted",
        {"child": child.id, "element": element.id, "token": token, "values": values},
    )
    take_step(parent, lambda execution: execution.complete(token, values))


def cancel_child(work: Work, job: JobRecord, payload: Mapping[str, Any]) -> None:
    """Cancels the child of a call activity that was itself cancelled."""
    child_id = instances.child_of(work.uow, job.instance_id, int(payload["token"]))
    if child_id is None:
        return
    child = load_instance(work, child_id)
    if child.record.state == ACTIVE:
        cancel(child, "the calling activity was cancelled")


def mapped(
    source: LiveInstance, mappings: Sequence[VariableMapping], scope: int
) -> dict[str, object]:
    """What `camunda:in` or `camunda:out` takes from an instance."""
    visible = source.scopes.view(scope) if scope != ROOT else root_variables(source)
    values: dict[str, object] = {}
    for mapping in mappings:
        if mapping.all_variables:
            values.update({name: visible[name] for name in source.scopes.names(ROOT)})
        elif mapping.target is None:
            continue
        elif mapping.source is not None:
            values[mapping.target] = visible.get(mapping.source)
        elif mapping.source_expression is not None:
            values[mapping.target] = source.evaluate(mapping.source_expression, scope)
    return values


def _called(work: Work, parent: LiveInstance, element: ElementFacts, scope: int) -> Definition:
    process_id = parent.evaluate_text(element.called_element, scope, element.id) or ""
    tenant = parent.record.tenant
    if element.called_element_binding == "deployment":
        found = deployments.in_deployment(
            work.connection, parent.definition.record.deployment_id, process_id
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


def _throw(parent: LiveInstance, token: int, error: Mapping[str, str], child_id: str) -> None:
    work = parent.work
    element_id = _element_of(parent, token)
    caught = parent.execution.throw_error(token, error["code"], error["message"])
    if caught is None:
        incidents.raise_incident(
            work.uow,
            incidents.UNCAUGHT_ERROR,
            f"Expected error {error['code']} of child instance {child_id} to be caught "
            f"at {element_id}, but nothing does: {error['message']}",
            work.now,
            tenant=parent.record.tenant,
            instance_id=parent.id,
            definition_id=parent.definition.id,
            wait_key=str(token),
            element_id=element_id,
        )
        return
    record(
        work,
        parent.record,
        "ChildInstanceFailed",
        {"child": child_id, "element": element_id, "code": error["code"], "caught_by": caught},
    )
    take_step(parent)


def _element_of(parent: LiveInstance, token: int) -> str:
    element_id = parent.execution.element_of(token)
    if element_id is None:
        raise BadCommand(f"Expected token {token} in {parent.id}, but it is gone")
    return element_id
