"""Open tasks of an actor as ranges of an index: one for each group and label."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, false, func, select, union

from engine.identity import Actor
from engine.queries.sight import ACTORS, OPEN_TASK, labels_of, of_labels, of_tenant
from engine.store.tables import task_candidate, user_task
from engine.store.tasks import GROUP, USER

Tab = Literal["mine", "group", "overdue"]

_task = user_task.c
_candidate = task_candidate.c

Condition = ColumnElement[bool]
Moment = datetime | BindParameter[datetime]


def ranges(actor: Actor, tab: Tab, now: Moment, search: Condition | None) -> list[Select[Any]]:
    """The selects whose union is a tab: of task ids, for "overdue" of (due date, task id).

    `search` is a condition on `user_task`.
    """
    if tab == "mine":
        return [_assigned(actor, search)]
    if tab == "overdue":
        return _overdue(actor, now, search)
    if actor.is_system:
        return [_free(search)]
    return [_among_candidates(conditions, search) for conditions in _offers(actor)]


@lru_cache(maxsize=ACTORS * 3)
def count(actor: Actor, tab: Tab) -> Select[int]:
    """A select of how many tasks a tab holds: index entries are counted, tasks are not read.

    It is executed with the moment as `now`.
    """
    selects = ranges(actor, tab, bindparam("now"), None)
    if len(selects) == 1:
        return select(func.count()).select_from(selects[0].subquery())
    return select(func.count()).select_from(union(*selects).subquery())


def _assigned(actor: Actor, search: Condition | None) -> Select[Any]:
    query = select(_task.id).where(
        _task.assignee == actor.user, OPEN_TASK, of_tenant(_task.tenant, actor)
    )
    return query if search is None else query.where(search)


def _free(search: Condition | None) -> Select[Any]:
    """Every task that nobody has: the system's list."""
    query = select(_task.id).where(_task.assignee.is_(None), OPEN_TASK)
    return query if search is None else query.where(search)


def _offers(actor: Actor) -> Iterator[list[Condition]]:
    """Conditions of one range each: the actor by name, then each group with a label."""
    yield _unclaimed(actor, USER, actor.user)
    for group in sorted(actor.groups):
        offered = _unclaimed(actor, GROUP, group)
        if actor.units is not None:
            parties = of_labels(_candidate.unit, _candidate.party, actor)
            for unit in labels_of(actor.units):
                yield [*offered, _candidate.unit == unit, parties]
        elif actor.parties is not None:
            for party in labels_of(actor.parties):
                yield [*offered, _candidate.party == party]
        else:
            yield offered


def _unclaimed(actor: Actor, kind: str, name: str) -> list[Condition]:
    return [
        _candidate.tenant == actor.tenant,
        _candidate.kind == kind,
        _candidate.name == name,
        _candidate.claimed == false(),
    ]


def _among_candidates(conditions: list[Condition], search: Condition | None) -> Select[Any]:
    query = select(_candidate.task_id).where(*conditions)
    if search is None:
        return query
    return query.join(user_task, _task.id == _candidate.task_id).where(search)


def _overdue(actor: Actor, now: Moment, search: Condition | None) -> list[Select[Any]]:
    found = [_due(_assigned(actor, search), now)]
    if actor.is_system:
        return [*found, _due(_free(search), now)]
    labels = of_labels(_candidate.unit, _candidate.party, actor)
    offered = [_unclaimed(actor, USER, actor.user)]
    offered += [[*_unclaimed(actor, GROUP, group), labels] for group in sorted(actor.groups)]
    for conditions in offered:
        query = _among_candidates([*conditions, _candidate.due_at < now], search)
        found.append(query.with_only_columns(_candidate.due_at, _candidate.task_id))
    return found


def _due(query: Select[Any], now: Moment) -> Select[Any]:
    return query.with_only_columns(_task.due_at, _task.id).where(_task.due_at < now)
