"""Signing with one's own key (ЭЦҚ): the ways to do it, trying it out, what waits to be signed."""

from __future__ import annotations

from flask import Blueprint

from web.signing import trying, waiting

blueprint = Blueprint("signing", __name__, url_prefix="/sign")
blueprint.add_url_rule("/", "waiting", waiting.show)
blueprint.add_url_rule("/elsewhere/<task_id>", "elsewhere", waiting.elsewhere)
blueprint.add_url_rule("/try", "trying", trying.show)
blueprint.add_url_rule("/try", "tried", trying.examine, methods=["POST"])
