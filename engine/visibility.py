"""Who sees what: tenant, unit and party are labels; roles are candidate groups."""

from __future__ import annotations

from engine.dated import CONTACTS, Head
from engine.identity import Actor
from engine.settings import EngineSettings
from engine.store.instances import InstanceRecord
from engine.store.tasks import EVERYONE, TaskRecord


def may_edit(actor: Actor, settings: EngineSettings, head: Head) -> bool:
    """Whether the actor edits a dated table: process owners, and the groups that its head names."""
    return actor.is_system or bool(actor.groups & (settings.owners | head.groups))


def editable_keys(actor: Actor, settings: EngineSettings, head: Head) -> frozenset[str] | None:
    """The only keys that who may edit a dated table edits; None: all. Contacts are those of units:
    but for process owners, each has their own."""
    owner = actor.is_system or bool(actor.groups & settings.owners)
    return None if owner or head.kind != CONTACTS else actor.units


def may_look_at(actor: Actor, settings: EngineSettings, head: Head) -> bool:
    """Whether the actor sees a dated table with its history: staff who edit it, handle incidents
    or lead a unit."""
    staff = settings.operators | settings.supervisors
    return may_edit(actor, settings, head) or bool(actor.groups & staff)


def labels_allow(actor: Actor, tenant: str, unit: str | None, party: str | None) -> bool:
    """Whether the actor's tenant, units and parties take in something with these labels."""
    return (
        actor.tenant == tenant
        and (actor.units is None or unit == EVERYONE or unit in actor.units)
        and (actor.parties is None or party == EVERYONE or party in actor.parties)
    )


def may_see_instance(actor: Actor, instance: InstanceRecord) -> bool:
    """Whether the actor may see an instance: by its labels, or because they started it."""
    if actor.is_system:
        return True
    return labels_allow(actor, instance.tenant, instance.unit, instance.party) or (
        actor.tenant == instance.tenant and instance.started_by == actor.user
    )


def may_work_on(actor: Actor, task: TaskRecord) -> bool:
    """Whether a task is the actor's to do: as assignee, or as a candidate within their labels."""
    if actor.is_system:
        return True
    if actor.tenant != task.tenant:
        return False
    if task.assignee == actor.user or actor.user in task.candidate_users():
        return True
    return bool(actor.groups & task.candidate_groups()) and labels_allow(
        actor, task.tenant, task.unit, task.party
    )
