"""Variables as they can be seen from a scope: decoded JSON, without the engine's own."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from engine.definitions import Definition
from engine.expression_functions import functions_for
from engine.queries.surroundings import Surroundings
from engine.scopes import Scopes
from engine.store.codec import load_json
from engine.store.tables import process_instance, variable

BUSINESS_KEY = "businessKey"
_SCOPES = select(process_instance.c.scopes, process_instance.c.business_key).where(
    process_instance.c.id == bindparam("instance_id")
)
_VARIABLES = select(variable.c.scope, variable.c.name, variable.c.value).where(
    variable.c.instance_id == bindparam("instance_id")
)


def scopes_of(
    connection: Connection, around: Surroundings, definition: Definition, instance_id: str
) -> Scopes:
    """The scopes of an instance, to look at. The instance must exist."""
    row = connection.execute(_SCOPES, {"instance_id": instance_id}).one()
    rows = connection.execute(_VARIABLES, {"instance_id": instance_id})
    now, zone = around.clock(), ZoneInfo(around.settings.zone)
    return Scopes(
        {int(scope): parent for scope, parent in load_json(row.scopes).items()},
        [(each.scope, each.name, each.value) for each in rows],
        lambda: functions_for(connection, definition, zone, now),
        {BUSINESS_KEY: row.business_key},
    )


def visible(scopes: Scopes, scope: int) -> dict[str, object]:
    """Every variable that is seen from a scope; the inner one wins."""
    view = scopes.view(scope)
    return {name: view[name] for name in view if name != BUSINESS_KEY}
