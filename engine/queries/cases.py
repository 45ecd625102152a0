"""Cases that belong together: one holds the business keys of others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.identity import Actor
from engine.queries.instance_list import InstanceRow, rows_of, select_instances
from engine.queries.sight import ACTORS, of_instances
from engine.queries.surroundings import Surroundings
from engine.settings import EngineSettings
from engine.store.codec import dump_json
from engine.store.tables import process_instance, variable

_instance = process_instance.c


def ids_by_key(
    connection: Connection, around: Surroundings, actor: Actor, keys: Collection[str]
) -> Mapping[str, str]:
    """The instances with these business keys that the actor sees: id by key."""
    rows = connection.execute(
        select(_instance.business_key, _instance.id)
        .where(_instance.business_key.in_(sorted(keys)), of_instances(actor, around.settings))
        .order_by(_instance.id)
    )
    return {row.business_key: row.id for row in rows}


def cases_holding(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    name: str,
    parties: Mapping[str, str],
) -> Mapping[str, InstanceRow]:
    """For each text the newest case of its party whose variable `name` holds it among its values.

    `parties`: the party by text. A text that no case holds which the actor sees is left out. The
    statements are as many for one text as for a hundred.
    """
    found = _holding(connection, around, actor, name, parties) if parties else {}
    if not found:
        return {}
    selected = connection.execute(select_instances(set(found.values())))
    rows = {row.id: row for row in rows_of(connection, around.definitions, selected.all())}
    return {text: rows[instance_id] for text, instance_id in found.items()}


def _holding(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    name: str,
    parties: Mapping[str, str],
) -> dict[str, str]:
    """The ids of the cases, by text."""
    held = connection.execute(
        _held(actor, around.settings), {"parties": sorted(set(parties.values())), "name": name}
    )
    found: dict[str, str] = {}
    sought = {text: dump_json(text) for text in parties}
    for row in held:
        for text, party in parties.items():
            if text not in found and party == row.party and sought[text] in row.value:
                found[text] = row.id
    return found


@lru_cache(maxsize=ACTORS)
def _held(actor: Actor, settings: EngineSettings) -> Select[Any]:
    return (
        select(_instance.id, _instance.party, variable.c.value)
        .join(variable, variable.c.instance_id == _instance.id)
        .where(
            _instance.party.in_(bindparam("parties", expanding=True)),
            variable.c.name == bindparam("name"),
            of_instances(actor, settings),
        )
        .order_by(_instance.id.desc())
    )
