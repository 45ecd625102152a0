"""Cases that belong together: one holds the business keys of others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.queries.instance_list import InstanceRow, rows_of, select_instance
from engine.queries.sight import of_instances
from engine.queries.surroundings import Surroundings
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


def case_holding(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    party: str,
    name: str,
    text: str,
) -> InstanceRow | None:
    """The newest case of a party whose variable `name` holds `text` among its values.

    None where there is none that the actor sees.
    """
    sought = dump_json(text)
    rows = connection.execute(
        select(_instance.id, variable.c.value)
        .join(variable, variable.c.instance_id == _instance.id)
        .where(
            _instance.party == party,
            variable.c.name == name,
            of_instances(actor, around.settings),
        )
        .order_by(_instance.id.desc())
    )
    found = next((row.id for row in rows if sought in row.value), None)
    if found is None:
        return None
    row = connection.execute(select_instance(found)).one()
    return rows_of(connection, around.definitions, [row])[0]
