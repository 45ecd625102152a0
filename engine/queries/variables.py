"""Variables as they can be seen from a scope: decoded JSON, without the engine's own."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from engine.definitions import Definition
from engine.queries.surroundings import Surroundings
from engine.scopes import Functions, Scopes
from engine.store.codec import load_json
from engine.store.tables import process_instance, variable

BUSINESS_KEY = "businessKey"


def scopes_of(
    connection: Connection, around: Surroundings, definition: Definition, instance_id: str
) -> Scopes:
    """The scopes of an instance, to look at. The instance must exist."""
    row = connection.execute(
        select(process_instance.c.scopes, process_instance.c.business_key).where(
            process_instance.c.id == instance_id
        )
    ).one()
    rows = connection.execute(
        select(variable.c.scope, variable.c.name, variable.c.value).where(
            variable.c.instance_id == instance_id
        )
    )
    now = around.clock()
    return Scopes(
        {int(scope): parent for scope, parent in load_json(row.scopes).items()},
        [(each.scope, each.name, each.value) for each in rows],
        lambda: _functions(definition, now, ZoneInfo(around.settings.zone)),
        {BUSINESS_KEY: row.business_key},
    )


def visible(scopes: Scopes, scope: int) -> dict[str, object]:
    """Every variable that is seen from a scope; the inner one wins."""
    view = scopes.view(scope)
    return {name: view[name] for name in view if name != BUSINESS_KEY}


def _functions(definition: Definition, now: datetime, zone: ZoneInfo) -> Functions:
    """`today`, `now` and `dated`: what a page may ask for without the working calendar."""
    today = now.astimezone(zone).date()
    return {
        "today": lambda: today.isoformat(),
        "now": lambda: now.isoformat(),
        "dated": lambda table, key: definition.dated(table, key, today),
    }
