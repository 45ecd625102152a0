"""The cockpit of operators and process owners: definitions, decisions, incidents, registries."""

from __future__ import annotations

from flask import Blueprint

from web.cockpit import decisions, definitions, incidents, registries

blueprint = Blueprint("cockpit", __name__, url_prefix="/cockpit")
blueprint.add_url_rule("/", "definitions", definitions.show)
blueprint.add_url_rule("/definitions/<definition_id>", "definition", definitions.diagram)
blueprint.add_url_rule("/decisions/", "decisions", decisions.show)
blueprint.add_url_rule("/decisions/<definition_id>", "decision", decisions.decision)
blueprint.add_url_rule("/incidents", "incidents", incidents.show)
blueprint.add_url_rule("/incidents/<incident_id>/retry", "retry", incidents.retry, methods=["POST"])
blueprint.add_url_rule("/registries", "registries", registries.show)
blueprint.add_url_rule(
    "/registries/<registry>/ask-again", "ask_again", registries.ask_again, methods=["POST"]
)
