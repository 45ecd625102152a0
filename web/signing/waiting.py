"""What waits for the person's signature: the short address for going on at a computer."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.context import actor, queries, settings


def show() -> str:
    """The tasks that ask for a signature, the most urgent first."""
    return render_template("signing/waiting.html", tasks=queries().tasks_to_sign(actor()))


def elsewhere(task_id: str) -> str | Response:
    """How to go on at a computer; what was typed is kept as the task's draft."""
    task = queries().task(actor(), task_id)
    if task.state != "open":
        return redirect(url_for("tasklist.task", task_id=task_id))
    address = f"{_site()}{url_for('signing.waiting')}".rstrip("/")
    return render_template("signing/elsewhere.html", task=task, address=address)


def _site() -> str:
    """The address of this site as it is typed at another computer.

    Where cookies go over HTTPS only, nobody can sign in by another scheme, whatever a server in
    front of this one speaks to it.
    """
    told = settings()
    scheme = "https" if told.cookie_secure else request.scheme
    return told.public_url or f"{scheme}://{request.host}"
