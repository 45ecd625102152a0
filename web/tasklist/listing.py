"""The task list: mine, my group's, overdue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import render_template, request
from flask_babel import gettext

from engine.queries.offered_tasks import Tab
from engine.queries.task_list import TaskRow
from web.auth import require_area
from web.context import actor, queries
from web.paging import place

LARGE = 100
"""Rows on a page for those who do many tasks together."""


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
    size = LARGE if request.args.get("size") == str(LARGE) else None
    here = place()
    if size is not None:
        here["limit"] = size
    page = queries().task_list(actor(), tab, search=search, **here)
    alike = _alike(page.rows) if tab != "overdue" else []
    return render_template(
        "tasklist/list.html",
        tabs=tabs,
        tab=tab,
        search=search,
        page=page,
        title=tabs[tab][0],
        alike=alike,
        startable=queries().startable_processes(actor()),
        place={"tab": tab, "search": search or None, "size": size, **place()},
        large=LARGE,
        choosable={row.id for rows in alike for row in rows},
        chosen=set(request.args.getlist("task")),
    )


def _alike(rows: Iterable[TaskRow]) -> list[list[TaskRow]]:
    """Rows of one element of one definition, two of them or more: these can be done together."""
    found: dict[tuple[str, str], list[TaskRow]] = {}
    for row in rows:
        found.setdefault((row.definition_id, row.element_id), []).append(row)
    return [each for each in found.values() if len(each) > 1]
