"""What lists of instances show beside the labels: the variables that a process names (`listed`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.queries.sight import of_instances
from engine.queries.surroundings import Surroundings
from engine.scopes import ROOT
from engine.store.codec import load_json
from engine.store.tables import process_instance, variable

_instance = process_instance.c


def listed_variables(
    connection: Connection, around: Surroundings, actor: Actor, ids: Collection[str]
) -> Mapping[str, Mapping[str, object]]:
    """The listed variables of the instances that the actor sees, in the process's order, by id."""
    seen = connection.execute(
        select(_instance.id, _instance.definition_id).where(
            _instance.id.in_(sorted(ids)), of_instances(actor, around.settings)
        )
    ).all()
    named = {
        row.id: around.definitions.get(connection, row.definition_id).facts.listed for row in seen
    }
    wanted = {name for names in named.values() for name in names}
    rows = connection.execute(
        select(variable.c.instance_id, variable.c.name, variable.c.value).where(
            variable.c.instance_id.in_(sorted(named)),
            variable.c.scope == ROOT,
            variable.c.name.in_(sorted(wanted)),
        )
    )
    known = {(row.instance_id, row.name): load_json(row.value) for row in rows}
    return {
        each: {name: known[each, name] for name in names if (each, name) in known}
        for each, names in named.items()
    }
