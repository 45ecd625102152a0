"""Deployed process definitions."""

from __future__ import annotations

from flask import render_template

from engine.errors import NotFound
from web.auth import require_area
from web.context import actor, queries


def show() -> str:
    """Every version with its running instances and incidents."""
    require_area("cockpit")
    return render_template("cockpit/definitions.html", definitions=queries().definitions(actor()))


def diagram(definition_id: str) -> str:
    """One version and its diagram. Raises NotFound."""
    require_area("cockpit")
    for definition in queries().definitions(actor()):
        if definition.id == definition_id:
            return render_template("cockpit/definition.html", definition=definition)
    raise NotFound(f"Expected process definition {definition_id}, but it does not exist")
