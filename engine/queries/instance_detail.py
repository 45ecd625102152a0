"""One process instance: where it stands, what happened, what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.identity import Actor
from engine.queries.documents import DocumentRef, documents_of
from engine.queries.incidents import IncidentRow, incidents_of
from engine.queries.instance_list import InstanceRow, rows_of, select_instance
from engine.queries.names import NO_NAMES, Names, process_names
from engine.queries.sight import (
    ACTORS,
    instance_not_found,
    is_operator,
    of_instances,
    of_one_instance,
)
from engine.queries.steps import Step, activity_rows, steps_of, tokens_by_element
from engine.queries.surroundings import Surroundings
from engine.queries.taken import Taken, taken
from engine.queries.variables import scopes_of, visible
from engine.queries.waiting import Timer, running_timers
from engine.scopes import ROOT
from engine.settings import EngineSettings
from engine.store.tables import process_instance

_instance = process_instance.c


@dataclass(frozen=True)
class InstanceRef:
    """An instance on the other end of a call activity; `element_id` is the call activity's."""

    id: str
    process_id: str
    process_names: Names
    business_key: str | None
    state: str
    element_id: str | None


@dataclass(frozen=True)
class InstanceDetail:
    """An instance with its steps. `tokens` are counts by element id, `failed` the ids of elements
    with open incidents, `variables` those of the process instance itself, `timers` every running
    one, also those that only listen beside an activity."""

    row: InstanceRow
    definition_id: str
    steps: tuple[Step, ...]
    tokens: Mapping[str, int]
    failed: tuple[str, ...]
    taken: Taken
    incidents: tuple[IncidentRow, ...]
    timers: tuple[Timer, ...]
    variables: Mapping[str, object]
    documents: tuple[DocumentRef, ...]
    parent: InstanceRef | None
    children: tuple[InstanceRef, ...]


def instance(
    connection: Connection, around: Surroundings, actor: Actor, instance_id: str
) -> InstanceDetail:
    """An instance that the actor sees. Raises NotFound."""
    row = connection.execute(
        _seen_instance(actor, around.settings), {"instance_id": instance_id}
    ).one_or_none()
    if row is None:
        raise instance_not_found(instance_id)
    definition = around.definitions.get(connection, row.definition_id)
    steps = steps_of(connection, definition, instance_id)
    found = incidents_of(
        connection,
        around,
        instance_id,
        with_messages=is_operator(actor, around.settings),
    )
    scopes = scopes_of(connection, around, definition, instance_id)
    variables = visible(scopes, ROOT)
    return InstanceDetail(
        row=rows_of(connection, around.definitions, [row])[0],
        definition_id=row.definition_id,
        steps=steps,
        tokens=tokens_by_element(definition, steps),
        failed=tuple(
            dict.fromkeys(each.element_id for each in found if each.element_id is not None)
        ),
        taken=taken(definition.facts, steps),
        incidents=found,
        timers=running_timers(connection, definition, instance_id),
        variables=variables,
        documents=documents_of(connection, around, actor, instance_id, variables),
        parent=_parent(connection, around, actor, row.parent_instance_id, row.parent_token),
        children=_children(connection, around, actor, instance_id),
    )


@lru_cache(maxsize=ACTORS)
def _seen_instance(actor: Actor, settings: EngineSettings) -> Select[Any]:
    return select_instance(bindparam("instance_id")).where(of_one_instance(actor, settings))


def _parent(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    parent_id: str | None,
    token: int | None,
) -> InstanceRef | None:
    if parent_id is None:
        return None
    found = _references(connection, around, actor, "id", parent_id)
    if not found:
        return None
    parent = found[0][0]
    return _at(parent, _elements(connection, parent_id).get(token))


def _children(
    connection: Connection, around: Surroundings, actor: Actor, instance_id: str
) -> tuple[InstanceRef, ...]:
    found = _references(connection, around, actor, "parent_instance_id", instance_id)
    if not found:
        return ()
    elements = _elements(connection, instance_id)
    return tuple(_at(child, elements.get(token)) for child, token in found)


def _references(
    connection: Connection, around: Surroundings, actor: Actor, column: str, instance_id: str
) -> list[tuple[InstanceRef, int | None]]:
    """The instances that the actor sees whose `column` names this one, each with the token that
    called it."""
    rows = connection.execute(
        _referred(actor, around.settings, column), {"instance_id": instance_id}
    ).all()
    if not rows:
        return []
    named = process_names(connection, {row.definition_id for row in rows})
    return [
        (
            InstanceRef(
                row.id,
                row.process_id,
                named.get(row.definition_id, (NO_NAMES, 0))[0],
                row.business_key,
                row.state,
                None,
            ),
            row.parent_token,
        )
        for row in rows
    ]


@lru_cache(maxsize=2 * ACTORS)
def _referred(actor: Actor, settings: EngineSettings, column: str) -> Select[Any]:
    return (
        select(
            _instance.id,
            _instance.process_id,
            _instance.definition_id,
            _instance.business_key,
            _instance.state,
            _instance.parent_token,
        )
        .where(_instance[column] == bindparam("instance_id"), of_instances(actor, settings))
        .order_by(_instance.id)
    )


def _elements(connection: Connection, instance_id: str) -> dict[int | None, str]:
    """The element of each token."""
    return {row.token: row.element_id for row in activity_rows(connection, instance_id)}


def _at(reference: InstanceRef, element_id: str | None) -> InstanceRef:
    return InstanceRef(
        reference.id,
        reference.process_id,
        reference.process_names,
        reference.business_key,
        reference.state,
        element_id,
    )
