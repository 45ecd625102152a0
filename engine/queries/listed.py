"""What lists of instances show beside the labels: the variables that a process names (`listed`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.identity import Actor
from engine.queries.sight import ACTORS, of_instances
from engine.queries.surroundings import Surroundings
from engine.scopes import ROOT
from engine.settings import EngineSettings
from engine.store.codec import load_json
from engine.store.tables import process_instance, variable

_instance, _variable = process_instance.c, variable.c
_LISTED = select(_variable.instance_id, _variable.name, _variable.value).where(
    _variable.instance_id.in_(bindparam("ids", expanding=True)),
    _variable.scope == ROOT,
    _variable.name.in_(bindparam("names", expanding=True)),
)


def listed_variables(
    connection: Connection, around: Surroundings, actor: Actor, ids: Collection[str]
) -> Mapping[str, Mapping[str, object]]:
    """The listed variables of the instances that the actor sees, in the process's order, by id."""
    seen = connection.execute(_seen(actor, around.settings), {"ids": sorted(ids)}).all()
    named = {
        row.id: around.definitions.get(connection, row.definition_id).facts.listed for row in seen
    }
    wanted = {name for names in named.values() for name in names}
    rows = connection.execute(_LISTED, {"ids": sorted(named), "names": sorted(wanted)})
    known = {(row.instance_id, row.name): load_json(row.value) for row in rows}
    return {
        each: {name: known[each, name] for name in names if (each, name) in known}
        for each, names in named.items()
    }


@lru_cache(maxsize=ACTORS)
def _seen(actor: Actor, settings: EngineSettings) -> Select[Any]:
    return select(_instance.id, _instance.definition_id).where(
        _instance.id.in_(bindparam("ids", expanding=True)), of_instances(actor, settings)
    )
