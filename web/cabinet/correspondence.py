"""The messages of the cabinet, and the language of the e-mails that go with them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from handlers.shared.email_records import NO_ADDRESS
from handlers.shared.posted_records import Posted
from web.auth import require_area
from web.context import actor, now, surroundings
from web.kept_details import has_address
from web.language import LANGUAGES
from web.messages.reaching import post
from web.post import PAGE
from web.whole_numbers import number_in_address, whole_number


def messages() -> str:
    """A page of the messages to the person's enterprises. Looking at it changes nothing."""
    require_area("cabinet")
    rows = post().received(actor(), number_in_address("before"))
    return render_template(
        "cabinet/all_messages.html",
        rows=rows,
        more=rows[-1].message.id if len(rows) == PAGE else None,
        without_address=_without_address(rows),
    )


def _without_address(rows: Sequence[Posted]) -> list[str]:
    """The enterprises whose newest e-mail had nowhere to go, unless their details say it now."""
    newest: dict[str, str] = {}
    for row in rows:
        if row.email is not None:
            newest.setdefault(row.message.party, row.email.state)
    store = surroundings().details
    return [
        party
        for party, state in newest.items()
        if state == NO_ADDRESS and not (store and has_address(store.kept(party)))
    ]


def mark_read() -> Response:
    """Keeps that the messages named were read: by the page itself once it is seen, or a button."""
    require_area("cabinet")
    read = [whole_number(each) for each in request.form.getlist("message")[:PAGE]]
    post().mark_read(actor(), read, now())
    return redirect(url_for("cabinet.messages"))


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
