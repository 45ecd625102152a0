"""Messages with what became of their e-mails; sending one that failed again."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from engine.addresses import is_email
from handlers.shared.email_records import SENDING, STATES
from web.auth import require_area
from web.context import actor, now
from web.messages.reaching import post
from web.post import PAGE
from web.whole_numbers import number_in_address


def index() -> str:
    """A page of the messages, of one state or all, newest first."""
    require_area("messages")
    state = request.args.get("state")
    state = state if state in STATES else None
    search = request.args.get("search", "").strip()
    rows = post().posted(actor(), state, search, number_in_address("before"))
    return render_template(
        "messages/list.html",
        rows=rows,
        state=state,
        search=search,
        counts=post().counts(actor()),
        more=rows[-1].message.id if len(rows) == PAGE else None,
    )


def show(message_id: int) -> str:
    """One message in all languages, and its e-mail as it went out."""
    require_area("messages")
    return _page(message_id)


def send_again(message_id: int) -> Response | tuple[str, int]:
    """Queues an e-mail that was not sent anew, to the address that was typed."""
    require_area("messages")
    email = post().message(actor(), message_id).email
    address = request.form.get("address", "").strip()
    if not is_email(address):
        return _page(message_id, gettext("Give an address, as name@example.kz"), address), 422
    if email is not None and post().send_again(actor(), [email.id], now(), address):
        flash(gettext("The e-mail is sent again."))
    else:
        flash(_why_not(message_id))
    return redirect(url_for("messages.show", message_id=message_id))


def _why_not(message_id: int) -> str:
    """Why there was nothing to send again."""
    email = post().message(actor(), message_id).email
    if email is None:
        return gettext("This message is in the cabinet only: there is no e-mail to send.")
    if email.state == SENDING:
        return gettext("The e-mail is being sent at this moment. Look again in a few minutes.")
    return gettext("There was nothing to send again: it has been sent meanwhile.")


def send_all_again() -> Response:
    """Queues every e-mail that failed anew."""
    require_area("messages")
    count = post().send_all_again(actor(), now())
    flash(ngettext("%(num)d e-mail is sent again.", "%(num)d e-mails are sent again.", count))
    return redirect(url_for("messages.index", state="failed"))


def _page(message_id: int, error: str = "", typed: str | None = None) -> str:
    found = post().message(actor(), message_id)
    return render_template(
        "messages/message.html",
        message=found.message,
        email=found.email,
        error=error,
        address=typed if typed is not None else (found.email.address if found.email else ""),
    )
