"""Incidents: what has stopped and why, and trying it again."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands import ResolveIncident, RetryJob
from engine.errors import Conflict
from web.auth import require_area
from web.context import actor, queries, surroundings
from web.errors import Page, conflict_page
from web.paging import place
from web.presses import command_id, press


def show() -> str:
    """A page of open incidents."""
    require_area("cockpit")
    page = queries().incidents(actor(), **place())
    checks = surroundings().checks
    outages = () if checks is None else checks.outages()
    return render_template(
        "cockpit/incidents.html",
        page=page,
        outages=outages,
        may_retry=queries().may_retry(actor()),
    )


def retry(incident_id: str) -> Response | Page:
    """Tries again what the incident stopped."""
    require_area("cockpit")
    job_id = request.form.get("job_id")
    command: Any = (
        RetryJob(job_id, command_id=command_id())
        if job_id
        else ResolveIncident(incident_id, command_id=command_id())
    )
    try:
        press(command)
    except Conflict as error:
        return conflict_page(error, url_for("cockpit.incidents"))
    flash(gettext("The step is tried again. If it stops once more, a new incident will be here."))
    return redirect(url_for("cockpit.incidents"))
