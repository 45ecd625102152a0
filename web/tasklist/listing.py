"""The task list: mine, my group's, overdue."""

from __future__ import annotations

from typing import cast

from flask import render_template, request
from flask_babel import gettext

from engine.queries.offered_tasks import Tab
from web.auth import require_area
from web.context import actor, queries
from web.paging import place


def show() -> str:
    """A page of tasks; tab, search and place are in the address."""
    require_area("tasks")
    counts = queries().task_counts(actor())
    tabs = {
        "mine": (gettext("My tasks"), counts.mine),
        "group": (gettext("Group tasks"), counts.group),
        "overdue": (gettext("Overdue"), counts.overdue),
    }
    asked = request.args.get("tab", "")
    tab: Tab = cast(Tab, asked) if asked in tabs else ("mine" if counts.mine else "group")
    search = request.args.get("search", "").strip()
    page = queries().task_list(actor(), tab, search=search, **place())
    return render_template(
        "tasklist/list.html", tabs=tabs, tab=tab, search=search, page=page, title=tabs[tab][0]
    )
