"""The messages to enterprises, for staff: what was sent, what failed, and the texts."""

from __future__ import annotations

from flask import Blueprint

from web.messages import listing, mailbox, texts
from web.whole_numbers import LARGEST

_MESSAGE = f"<int(max={LARGEST}):message_id>"

blueprint = Blueprint("messages", __name__, url_prefix="/messages")
blueprint.add_url_rule("/", "index", listing.index)
blueprint.add_url_rule(f"/{_MESSAGE}", "show", listing.show)
blueprint.add_url_rule(
    f"/{_MESSAGE}/send-again", "send_again", listing.send_again, methods=["POST"]
)
blueprint.add_url_rule("/send-again", "send_all_again", listing.send_all_again, methods=["POST"])
blueprint.add_url_rule("/texts/", "texts", texts.index)
blueprint.add_url_rule("/texts/<application>/<path:notice>", "text", texts.show)
blueprint.add_url_rule(
    "/texts/<application>/<path:notice>", "edit_text", texts.edit, methods=["POST"]
)
blueprint.add_url_rule("/mailbox/", "mailbox", mailbox.index)
blueprint.add_url_rule("/mailbox/<name>", "mail", mailbox.show)
