"""Deployed versions of processes, and what belongs to one: its diagram, its forms' fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.definitions import Definition, Definitions
from engine.diagram import ElementFacts
from engine.errors import NotFound
from engine.forms import Field, Form
from engine.identity import Actor
from engine.queries.names import Names
from engine.queries.sight import is_operator, of_tenant
from engine.settings import EngineSettings
from engine.store import deployments
from engine.store.codec import load_json
from engine.store.instances import ACTIVE
from engine.store.tables import deployment, incident, process_definition, process_instance

_definition = process_definition.c


@dataclass(frozen=True)
class DefinitionRow:
    """One version of a process. `running` counts its active instances, `incidents` open ones;
    `source` says where it was deployed from: "disk" or "browser"."""

    id: str
    process_id: str
    names: Names
    version: int
    is_latest: bool
    deployment_id: str
    deployed_at: datetime
    deployed_by: str
    source: str
    note: str
    running: int
    incidents: int


@dataclass(frozen=True)
class DiagramView:
    """The diagram of one version, as it was deployed."""

    definition_id: str
    process_id: str
    version: int
    xml: bytes


def definitions(
    connection: Connection, settings: EngineSettings, actor: Actor
) -> tuple[DefinitionRow, ...]:
    """Every version by process, the newest first; empty but for operators and owners."""
    if not is_operator(actor, settings):
        return ()
    rows = connection.execute(
        select(
            process_definition,
            deployment.c.deployed_at,
            deployment.c.deployed_by,
            deployment.c.source,
            deployment.c.note,
        )
        .join(deployment, deployment.c.id == _definition.deployment_id)
        .where(of_tenant(_definition.tenant, actor))
        .order_by(_definition.tenant, _definition.process_id, _definition.version.desc())
    ).all()
    running = _running(connection)
    failing = _failing(connection, actor)
    latest: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        process = (row.tenant, row.process_id)
        found.append(
            DefinitionRow(
                id=row.id,
                process_id=row.process_id,
                names=load_json(row.names),
                version=row.version,
                is_latest=process not in latest,
                deployment_id=row.deployment_id,
                deployed_at=row.deployed_at,
                deployed_by=row.deployed_by,
                source=row.source,
                note=row.note,
                running=running.get(row.id, 0),
                incidents=failing.get(row.id, 0),
            )
        )
        latest.add(process)
    return tuple(found)


def newest_names(connection: Connection, actor: Actor) -> dict[str, Names]:
    """What every process is called in its newest version, by its id."""
    records = deployments.newest_of_each(connection, actor.tenant)
    return {record.process_id: load_json(record.names) for record in records}


def diagram(
    connection: Connection, known: Definitions, actor: Actor, definition_id: str
) -> DiagramView:
    """The diagram of a version of the actor's tenant. Raises NotFound."""
    found = definition_for(connection, known, actor, definition_id)
    return DiagramView(found.id, found.process_id, found.record.version, found.diagram.xml)


def fields(
    connection: Connection, known: Definitions, actor: Actor, definition_id: str
) -> Mapping[str, Field]:
    """The fields of a version's forms, by variable; the first form that has a name wins.

    Who stands for a party sees what their own roles are asked, not what an office notes down about
    them. Raises NotFound.
    """
    definition = definition_for(connection, known, actor, definition_id)
    found: dict[str, Field] = {}
    for element in definition.facts.elements.values():
        if not _is_shown(element, actor):
            continue
        form = definition.form(element.id)
        for field in () if form is None else form.fields:
            found.setdefault(field.name, field)
    return found


def forms(
    connection: Connection, known: Definitions, actor: Actor, definition_id: str
) -> tuple[Form, ...]:
    """The forms of a version that the actor's roles are asked, each once. Raises NotFound."""
    definition = definition_for(connection, known, actor, definition_id)
    found: dict[str, Form] = {}
    for element in definition.facts.elements.values():
        form = definition.form(element.id) if _is_shown(element, actor) else None
        if form is not None:
            found.setdefault(form.key, form)
    return tuple(found.values())


def _is_shown(element: ElementFacts, actor: Actor) -> bool:
    outside = actor.parties is not None
    asked = element.type == "startEvent" or bool(actor.groups & set(element.candidate_groups))
    return asked or not outside


def definition_for(
    connection: Connection, known: Definitions, actor: Actor, definition_id: str
) -> Definition:
    """A version of the actor's tenant. Raises NotFound."""
    found = known.get(connection, definition_id)
    if not actor.is_system and found.record.tenant != actor.tenant:
        raise NotFound(f"Expected process definition {definition_id}, but it does not exist")
    return found


def latest_or_version(
    connection: Connection,
    known: Definitions,
    actor: Actor,
    process_id: str,
    version: int | None,
) -> Definition:
    """A version of a process by its number, or the newest. Raises NotFound."""
    found = known.numbered(connection, actor.tenant, process_id, version)
    if found is None:
        raise NotFound(f"Expected a process {process_id}, but none is deployed")
    return found


def _running(connection: Connection) -> dict[str, int]:
    """Active instances by version, counted in an index."""
    columns = process_instance.c
    active = (
        select(func.count())
        .select_from(process_instance)
        .where(columns.definition_id == _definition.id, columns.state == ACTIVE)
        .scalar_subquery()
    )
    rows = connection.execute(select(_definition.id, active.label("running")))
    return {row.id: row.running for row in rows}


def _failing(connection: Connection, actor: Actor) -> dict[str, int]:
    """Open incidents by version."""
    columns = incident.c
    rows = connection.execute(
        select(columns.definition_id, func.count().label("open"))
        .where(of_tenant(columns.tenant, actor), columns.resolved_at.is_(None))
        .group_by(columns.definition_id)
    )
    return {row.definition_id: row.open for row in rows if row.definition_id is not None}
