"""The mailbox of a demonstration: every e-mail that would have gone out."""

from __future__ import annotations

from flask import render_template
from werkzeug.exceptions import NotFound

from web.auth import require_area
from web.context import settings
from web.demo_mailbox import DemoMailbox
from web.messages.reaching import post


def index() -> str:
    """The newest e-mails."""
    return render_template("messages/mailbox.html", mails=_mailbox().newest())


def show(name: str) -> str:
    """One e-mail, as its reader sees it."""
    return render_template("messages/mail.html", mail=_mailbox().mail(name))


def _mailbox() -> DemoMailbox:
    """Raises NotFound outside a demonstration, and where a mail server takes the e-mails."""
    require_area("messages", "cabinet")
    mailbox = post().mailbox
    if not settings().demo or mailbox is None:
        raise NotFound
    return mailbox
