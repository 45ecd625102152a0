"""Settings: the dated tables of process applications, looked at and edited by staff."""

from __future__ import annotations

from flask import Blueprint

from web.dated_tables import editing, looking

blueprint = Blueprint("dated_tables", __name__, url_prefix="/settings")
blueprint.add_url_rule("/", "index", looking.index)
blueprint.add_url_rule("/<application>/<table>", "show", looking.show)
blueprint.add_url_rule("/<application>/<table>/edit", "form", editing.form)
blueprint.add_url_rule("/<application>/<table>/edit", "edit", editing.edit, methods=["POST"])
