"""Process instances as staff see them: the list, one with its diagram and its steps in words."""

from __future__ import annotations

from flask import Blueprint

from web.instances import diagram, instance, listing

blueprint = Blueprint("instances", __name__, url_prefix="/instances")
blueprint.add_url_rule("/", "index", listing.show)
blueprint.add_url_rule("/<instance_id>", "show", instance.show)
blueprint.add_url_rule("/diagrams/<definition_id>.bpmn", "diagram", diagram.show)
