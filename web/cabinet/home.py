"""The first page of the cabinet."""

from __future__ import annotations

from flask import render_template, request

from web.auth import require_area
from web.cabinet.contacts import contacts_beside, contacts_of
from web.cabinet.tasks import own_tasks
from web.context import actor, queries, surroundings
from web.paging import place
from web.statuses import status_of

_MESSAGES = 5


def show() -> str:
    """What is asked of the person, their applications, new messages."""
    require_area("cabinet")
    search = request.args.get("search", "").strip()
    page = queries().instance_list(actor(), state="all", search=search, **place())
    inbox = surroundings().inbox
    centres = contacts_of(row.unit for row in page.rows)
    processes = queries().startable_processes(actor())
    windows = queries().windows(actor())
    return render_template(
        "cabinet/home.html",
        tasks=own_tasks(),
        processes=processes,
        windows_of=windows,
        may_begin=any(
            each.process_id not in windows or windows[each.process_id].open for each in processes
        ),
        own=centres,
        others=contacts_beside(centres),
        page=page,
        search=search,
        status_of=status_of,
        messages=list(inbox(actor()))[:_MESSAGES] if inbox else [],
    )
