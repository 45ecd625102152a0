"""The diagram of a definition, for the viewer."""

from __future__ import annotations

from flask import Response

from web.auth import require_area
from web.context import actor, queries


def show(definition_id: str) -> Response:
    """The BPMN XML as it was deployed."""
    require_area("instances", "tasks", "cockpit")
    diagram = queries().diagram(actor(), definition_id)
    return Response(diagram.xml, mimetype="application/xml")
