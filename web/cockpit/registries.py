"""Registries that give no answer: each as a whole, with the checks that wait for it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.commands import RetryJob
from engine.errors import BadCommand, NotAllowed
from web.auth import require_area
from web.context import actor, queries, surroundings
from web.kept_checks import CheckStore
from web.presses import command_id_of, press


def show() -> str:
    """The registries that checks wait for, the longest awaited first."""
    require_area("cockpit")
    return render_template(
        "cockpit/registries.html",
        outages=_store().outages(),
        may_retry=queries().may_retry(actor()),
    )


def ask_again(registry: str) -> Response:
    """Has every check that waits for a registry ask it now. Raises NotAllowed."""
    require_area("cockpit")
    store = _store()
    jobs = store.awaiting(registry)
    if not jobs:
        flash(gettext("Nobody waits for this registry any more."))
        return redirect(url_for("cockpit.registries"))
    asked = sum(_asked(job) for job in jobs)
    store.end_rest(registry)
    flash(
        ngettext(
            "%(num)s check asks again now.",
            "%(num)s checks ask again now.",
            asked,
        )
    )
    return redirect(url_for("cockpit.registries"))


def _asked(job: str) -> bool:
    """False where there is nothing left to do: the check is being made, or is over."""
    try:
        press(RetryJob(job, command_id=command_id_of(job)))
    except NotAllowed:
        raise
    except BadCommand:
        return False
    return True


def _store() -> CheckStore:
    store = surroundings().checks
    if store is None:
        raise NotFound
    return store
