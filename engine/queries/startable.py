"""Processes that the actor may start by hand."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.definitions import Definition, Definitions
from engine.forms import Form
from engine.identity import Actor
from engine.queries.names import Names
from engine.store import deployments


@dataclass(frozen=True)
class StartableProcess:
    """The newest version of a process with a none start event, and its start form."""

    process_id: str
    definition_id: str
    names: Names
    version: int
    form: Form | None


def startable_processes(
    connection: Connection, known: Definitions, actor: Actor
) -> tuple[StartableProcess, ...]:
    """The processes whose starters are the actor's groups or the actor, or are not named."""
    found = []
    for record in deployments.newest_of_each(connection, actor.tenant):
        definition = known.of(connection, record)
        start = definition.none_start()
        if start is not None and _may_start(definition, actor):
            found.append(
                StartableProcess(
                    record.process_id,
                    record.id,
                    definition.names(),
                    record.version,
                    definition.form(start.id),
                )
            )
    return tuple(found)


def _may_start(definition: Definition, actor: Actor) -> bool:
    facts = definition.facts
    if actor.is_system or not (facts.starter_groups or facts.starter_users):
        return True
    return bool(actor.groups & set(facts.starter_groups)) or actor.user in facts.starter_users
