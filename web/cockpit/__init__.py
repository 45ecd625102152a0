"""The cockpit of operators and process owners: definitions, incidents."""

from __future__ import annotations

from flask import Blueprint

from web.cockpit import definitions, incidents

blueprint = Blueprint("cockpit", __name__, url_prefix="/cockpit")
blueprint.add_url_rule("/", "definitions", definitions.show)
blueprint.add_url_rule("/definitions/<definition_id>", "definition", definitions.diagram)
blueprint.add_url_rule("/incidents", "incidents", incidents.show)
blueprint.add_url_rule("/incidents/<incident_id>/retry", "retry", incidents.retry, methods=["POST"])
