"""The first page of the cabinet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request

from engine.forms import Field
from engine.queries.application_data import Action, Status
from engine.queries.instance_list import InstanceRow
from web.answers import Fact, facts_of
from web.auth import require_area
from web.cabinet.actions import offered
from web.cabinet.contacts import contacts_beside, contacts_of
from web.cabinet.enterprises import own_enterprises
from web.cabinet.tasks import own_tasks, page_of
from web.cabinet.waiting import Awaited, awaited, inquiries_of, places_of, terms_elsewhere
from web.context import actor, person, queries, surroundings
from web.paging import place
from web.statuses import status_of

_MESSAGES = 5


@dataclass(frozen=True)
class Listed:
    """One case in the list, with what its process names for lists."""

    row: InstanceRow
    status: Status | None
    facts: list[Fact]
    awaited: list[Awaited]
    actions: list[Action]


def show() -> str:
    """What is asked of the person, their applications, new messages."""
    require_area("cabinet")
    asked = _asked()
    page = queries().instance_list(
        actor(),
        state="all",
        search=asked["search"],
        status=asked["status"] or None,
        party=asked["party"] or None,
        **place(),
    )
    post = surroundings().post
    centres = contacts_of(row.unit for row in page.rows)
    processes = queries().startable_processes(actor())
    windows = queries().windows(actor())
    return render_template(
        "cabinet/home.html",
        tasks=[(task, page_of(task)) for task in own_tasks()],
        processes=processes,
        windows_of=windows,
        may_begin=any(
            each.process_id not in windows or windows[each.process_id].open for each in processes
        ),
        own=centres,
        others=contacts_beside(centres),
        page=page,
        listed=_listed(page.rows),
        asked=asked,
        kept={name: value for name, value in asked.items() if value},
        statuses=_statuses(process.process_id for process in processes),
        enterprises=own_enterprises(),
        sees_all=person().parties is None,
        messages=[each.message for each in post.received(actor(), limit=_MESSAGES)] if post else [],
    )


def _asked() -> dict[str, str]:
    """What the list is searched for, and limited to."""
    return {name: request.args.get(name, "").strip() for name in ("search", "status", "party")}


def _listed(rows: Sequence[InstanceRow]) -> list[Listed]:
    known = queries().listed_variables(actor(), [row.id for row in rows])
    places, terms, inquiries = places_of(rows), terms_elsewhere(rows), inquiries_of(rows)
    fields = {each: queries().fields(actor(), each) for each in {row.definition_id for row in rows}}
    return [
        Listed(
            row,
            status_of(row),
            _facts(fields[row.definition_id], known.get(row.id, {})),
            awaited(row, places, terms, inquiries),
            offered(row),
        )
        for row in rows
    ]


def _facts(fields: Mapping[str, Field], values: Mapping[str, object]) -> list[Fact]:
    return facts_of([fields[name] for name in values if name in fields], values)


def _statuses(processes: Iterable[str]) -> dict[str, Status]:
    """The statuses that the list may be limited to, by code."""
    return {
        code: status
        for process_id in processes
        for code, status in queries().statuses(actor(), process_id).items()
    }
