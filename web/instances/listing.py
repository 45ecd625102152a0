"""The list of process instances."""

from __future__ import annotations

from typing import cast

from flask import render_template, request
from flask_babel import gettext

from engine.queries.instance_list import State
from web.auth import require_area
from web.context import actor, queries
from web.paging import place
from web.statuses import status_of


def show() -> str:
    """A page of instances; state, process, search and place are in the address."""
    require_area("instances", "cockpit")
    states = {
        "running": gettext("Running"),
        "ended": gettext("Ended"),
        "all": gettext("All"),
    }
    asked = request.args.get("state", "")
    state: State = cast(State, asked) if asked in states else "running"
    search = request.args.get("search", "").strip()
    process_id = request.args.get("process") or None
    page = queries().instance_list(
        actor(),
        state=state,
        process_id=process_id,
        search=search,
        **place(),
    )
    return render_template(
        "instances/list.html",
        states=states,
        state=state,
        process_id=process_id,
        search=search,
        page=page,
        status_of=status_of,
    )
