"""The list of process instances, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, select

from engine.definitions import Definitions
from engine.errors import BadCommand
from engine.identity import Actor
from engine.queries import pages
from engine.queries.names import NO_NAMES, Names, process_names
from engine.queries.pages import Page
from engine.queries.rows import AnyRow
from engine.queries.search import matches
from engine.queries.sight import is_operator, of_labels
from engine.queries.waiting import Waiting, waiting_for
from engine.settings import EngineSettings
from engine.store.instances import ACTIVE, CANCELLED, COMPLETED
from engine.store.tables import process_definition, process_instance

State = Literal["running", "ended", "all"]

_STATES: dict[str, tuple[str, ...]] = {
    "running": (ACTIVE,),
    "ended": (COMPLETED, CANCELLED),
    "all": (ACTIVE, COMPLETED, CANCELLED),
}
_instance = process_instance.c
_COLUMNS = [
    column
    for column in _instance
    if column.name not in ("token_state", "scopes", "history_length", "history_head")
]
_OF_PAGE = (
    select(*_COLUMNS)
    .where(_instance.id.in_(bindparam("ids", expanding=True)))
    .order_by(_instance.id.desc())
)

Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True)
class InstanceRow:
    """One process instance. `status` is the code of its status, `incident_count` of open ones."""

    id: str
    definition_id: str
    process_id: str
    process_names: Names
    version: int
    business_key: str | None
    title: str | None
    status: str | None
    unit: str | None
    party: str | None
    state: str
    started_at: datetime
    started_by: str
    ended_at: datetime | None
    incident_count: int
    waiting_for: tuple[Waiting, ...]


def instance_list(
    connection: Connection,
    definitions: Definitions,
    settings: EngineSettings,
    actor: Actor,
    *,
    state: State = "running",
    process_id: str | None = None,
    status: str | None = None,
    party: str | None = None,
    search: str = "",
    after: str | None = None,
    before: str | None = None,
    limit: int = 25,
) -> Page[InstanceRow]:
    """A page of the instances that the actor sees, of a status and a party where they are given.

    Raises BadCommand for an unknown state.
    """
    if state not in _STATES:
        raise BadCommand(f"Expected the state running, ended or all, but found {state}")
    found_by = matches(search, _instance.business_key, _instance.title, _instance.party)
    conditions = [
        *([] if found_by is None else [found_by]),
        *([] if status is None else [_instance.status == status]),
        *([] if party is None else [_instance.party == party]),
    ]
    ranges = [
        query.where(*conditions)
        for query in _ranges(connection, settings, actor, _STATES[state], process_id)
    ]
    place = pages.place(limit, after, before)
    found = pages.read_keys(connection, ranges, place, newest_first=True)
    rows = connection.execute(_OF_PAGE, {"ids": [key[0] for key in found.keys]}).all()
    return Page(
        tuple(rows_of(connection, definitions, rows)),
        None if found.next is None else str(found.next[0]),
        None if found.previous is None else str(found.previous[0]),
    )


def rows_of(
    connection: Connection, definitions: Definitions, rows: Sequence[AnyRow]
) -> list[InstanceRow]:
    """Rows of `process_instance` as lists show them, with what each waits for."""
    named = process_names(connection, {row.definition_id for row in rows})
    running = {
        row.id: definitions.get(connection, row.definition_id)
        for row in rows
        if row.state == ACTIVE
    }
    waiting = waiting_for(connection, running) if running else {}
    return [
        _row(row, *named.get(row.definition_id, (NO_NAMES, 0)), waiting.get(row.id, ()))
        for row in rows
    ]


def select_instance(instance_id: str | BindParameter[str]) -> Select[Any]:
    """The select of one row as `rows_of` takes it."""
    return select(*_COLUMNS).where(_instance.id == instance_id)


def select_instances(ids: Collection[str]) -> Select[Any]:
    """The select of several rows as `rows_of` takes them."""
    return select(*_COLUMNS).where(_instance.id.in_(sorted(ids)))


def _row(row: AnyRow, names: Names, version: int, waiting: tuple[Waiting, ...]) -> InstanceRow:
    return InstanceRow(
        id=row.id,
        definition_id=row.definition_id,
        process_id=row.process_id,
        process_names=names,
        version=version,
        business_key=row.business_key,
        title=row.title,
        status=row.status,
        unit=row.unit,
        party=row.party,
        state=row.state,
        started_at=row.started_at,
        started_by=row.started_by,
        ended_at=row.ended_at,
        incident_count=row.open_incidents,
        waiting_for=waiting,
    )


def _ranges(
    connection: Connection,
    settings: EngineSettings,
    actor: Actor,
    states: tuple[str, ...],
    process_id: str | None,
) -> Iterator[Select[Any]]:
    """One range of an index for each state and label (or process), in order of the ids."""
    everything = is_operator(actor, settings) or (actor.units is None and actor.parties is None)
    if everything:
        places = _of_processes(connection, actor, process_id)
    else:
        places = _of_labels(actor, process_id)
    for conditions in places:
        for state in states:
            yield select(_instance.id).where(*conditions, _instance.state == state)


def _of_processes(
    connection: Connection, actor: Actor, process_id: str | None
) -> Iterator[Conditions]:
    known = select(process_definition.c.tenant, process_definition.c.process_id).distinct()
    if not actor.is_system:
        known = known.where(process_definition.c.tenant == actor.tenant)
    if process_id is not None:
        known = known.where(process_definition.c.process_id == process_id)
    for row in connection.execute(known).all():
        yield [_instance.tenant == row.tenant, _instance.process_id == row.process_id]


def _of_labels(actor: Actor, process_id: str | None) -> Iterator[Conditions]:
    common: Conditions = [_instance.tenant == actor.tenant]
    if process_id is not None:
        common.append(_instance.process_id == process_id)
    yield [*common, _instance.started_by == actor.user]
    if actor.units is not None:
        parties = of_labels(_instance.unit, _instance.party, actor)
        for unit in sorted(actor.units):
            yield [*common, _instance.unit == unit, parties]
    elif actor.parties is not None:
        for party in sorted(actor.parties):
            yield [*common, _instance.party == party]
