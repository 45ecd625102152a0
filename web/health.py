"""Whether the web is ready to serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from web.context import queries

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def show() -> Response:
    """200 with JSON when the engine's store answers; a failure is a 500 like any other."""
    queries().ready()
    return jsonify(status="ready")
