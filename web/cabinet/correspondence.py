"""The messages of the cabinet, and the language of the e-mails that go with them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from web.auth import require_area
from web.context import actor, now
from web.language import LANGUAGES
from web.messages.reaching import post
from web.post import PAGE


def messages() -> str:
    """A page of the messages to the person's enterprises; having been shown, they are read."""
    require_area("cabinet")
    rows = post().received(actor(), request.args.get("before", type=int))
    page = render_template(
        "cabinet/all_messages.html",
        rows=rows,
        more=rows[-1].message.id if len(rows) == PAGE else None,
    )
    unread = [row.message.id for row in rows if row.message.read_at is None]
    post().mark_read(actor(), unread, now())
    return page


def language() -> str:
    """In which language each enterprise is written to."""
    require_area("cabinet")
    return _page()


def choose_language() -> Response | tuple[str, int]:
    """Keeps the choice."""
    require_area("cabinet")
    chosen = {party: request.form.get(party, "") for party in post().languages(actor())}
    if not set(chosen.values()) <= set(LANGUAGES):
        return _page(gettext("Choose a language for each enterprise")), 422
    post().choose_languages(actor(), chosen, now())
    flash(gettext("The language of e-mails is kept."))
    return redirect(url_for("cabinet.messages"))


def _page(error: str = "") -> str:
    return render_template("cabinet/language.html", chosen=post().languages(actor()), error=error)
