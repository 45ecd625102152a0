"""Starting, cancelling and correcting process instances."""

from __future__ import annotations

from collections.abc import Mapping

from engine.commands import CancelProcessInstance, SetVariables, StartProcessInstance
from engine.definitions import Definition
from engine.errors import NotAllowed
from engine.history import FIRST
from engine.processors.business_key import give_business_key
from engine.processors.history import record
from engine.processors.instance import LiveInstance, live, load_instance, require_active
from engine.processors.starting import require_own_party, start_by_hand
from engine.processors.step import take_step
from engine.processors.submission import (
    check_form,
    require_names,
    run_check,
    run_named_check,
)
from engine.processors.work import Work
from engine.results import InstanceChanged, Started
from engine.scopes import ROOT
from engine.store import incidents, instances
from engine.store.codec import dump_json
from engine.store.ids import new_id
from engine.store.instances import ACTIVE, CANCELLED, InstanceRecord
from engine.store.tables import user_task
from engine.store.tasks import OPEN, TaskRecord
from engine.visibility import may_see_instance, may_work_on


def start_process_instance(work: Work, command: StartProcessInstance) -> Started:
    """Starts an instance at the none start event, with the values of its start form checked.

    Raises NotFound, NotAllowed, InvalidSubmission, StepFailed.
    """
    definition, start = start_by_hand(work, command.process_id, command.version)
    instance = new_instance(work, definition, command.business_key)
    submitted = check_form(instance, start, command.variables)
    require_own_party(instance, submitted)
    values = {**submitted, **run_check(instance, start, ROOT, submitted)}
    begin(instance, values, start_event=start.id)
    if not may_see_instance(work.actor, instance.record) or _outside_labels(work, instance):
        raise NotAllowed(
            f"Expected {work.actor.user} to start {command.process_id} for their own, "
            f"but it is for {instance.record.party or instance.record.unit}"
        )
    return Started(instance.id, instance.record.business_key, offered_tasks(work, instance.id))


def new_instance(
    work: Work,
    definition: Definition,
    business_key: str | None,
    *,
    parent: tuple[InstanceRecord, int] | None = None,
) -> LiveInstance:
    """The row of a new instance, not yet begun; a child takes its labels from its parent."""
    instance_id = new_id()
    above = None if parent is None else parent[0]
    row = InstanceRecord(
        id=instance_id,
        definition_id=definition.id,
        process_id=definition.process_id,
        tenant=definition.record.tenant,
        business_key=business_key or instance_id,
        unit=above.unit if above else None,
        party=above.party if above else None,
        title=above.title if above else None,
        status=None,
        state=ACTIVE,
        started_at=work.now,
        started_by=work.actor.user,
        ended_at=None,
        parent_instance_id=above.id if above else None,
        parent_token=parent[1] if parent else None,
        token_state=None,
        scopes=dump_json({}),
        revision=0,
        history_length=0,
        history_head=FIRST,
    )
    instances.add(work.uow, row)
    work.uow.flush()
    return live(work, row, definition)


def begin(
    instance: LiveInstance,
    values: Mapping[str, object],
    *,
    start_event: str | None = None,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Lets the first token of a new instance run to its wait states."""
    for name, value in values.items():
        instance.scopes.set_local(ROOT, name, value)
    give_business_key(instance)
    record(
        instance.work,
        instance.record,
        "ProcessInstanceStarted",
        {
            "definition": instance.definition.id,
            "process": instance.record.process_id,
            "version": instance.definition.record.version,
            "business_key": instance.record.business_key,
            "values": {**values, **(payload or {})},
        },
    )
    instance.begin(start_event, payload)
    take_step(instance)


def cancel_process_instance(work: Work, command: CancelProcessInstance) -> InstanceChanged:
    """Ends an instance with all that is open in it. Raises NotFound, NotAllowed, BadCommand."""
    work.require(work.around.settings.operators | work.around.settings.owners, "cancel instances")
    instance = load_instance(work, command.instance_id)
    require_active(instance)
    cancel(instance, command.reason)
    return InstanceChanged(instance.id, instance.record.state)


def cancel(instance: LiveInstance, reason: str) -> None:
    """Ends a running instance, after the process's own check; child instances follow by jobs."""
    work = instance.work
    facts = instance.definition.facts
    run_named_check(instance, facts.cancel_check, facts.id, ROOT, {})
    record(work, instance.record, "CancellationOrdered", {"reason": reason})
    take_step(instance, lambda execution: execution.cancel(), ended_state=CANCELLED)
    incidents.resolve(
        work.uow,
        work.now,
        work.actor.user,
        instance_id=instance.id,
        note="instance cancelled",
        job_id=None,
    )


def set_variables(work: Work, command: SetVariables) -> InstanceChanged:
    """Sets variables of a running instance, with a reason that history keeps."""
    work.require(work.around.settings.operators, "set variables")
    instance = load_instance(work, command.instance_id)
    require_active(instance)
    require_names(command.values)
    for name, value in command.values.items():
        instance.scopes.set(ROOT, name, value)
    record(
        work,
        instance.record,
        "VariablesSet",
        {"values": dict(command.values), "reason": command.reason},
    )
    take_step(instance)
    return InstanceChanged(instance.id, instance.record.state)


def offered_tasks(work: Work, instance_id: str) -> tuple[str, ...]:
    """The tasks of an instance opened by this command that the actor may take."""
    opened = [
        TaskRecord(**row)
        for row in work.uow.pending(user_task)
        if row["instance_id"] == instance_id and row["state"] == OPEN
    ]
    return tuple(task.id for task in opened if may_work_on(work.actor, task))


def _outside_labels(work: Work, instance: LiveInstance) -> bool:
    """Whether the instance got labels that the actor does not have."""
    actor, row = work.actor, instance.record
    return not actor.is_system and (
        (row.party is not None and actor.parties is not None and row.party not in actor.parties)
        or (row.unit is not None and actor.units is not None and row.unit not in actor.units)
    )
