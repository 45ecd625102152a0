"""Deployed decisions: which there are, and one to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from flask import render_template
from flask_babel import gettext

from engine.errors import NotFound
from engine.queries.decision_view import DecisionView, TableOutline
from engine.queries.decisions import DecisionRow
from web.auth import require_area
from web.cockpit.logic import Piece, pieces
from web.context import actor, queries
from web.whole_numbers import number_in_address

RULES = 100
"""Rules of a table on one page."""


@dataclass(frozen=True)
class Deployed:
    """A decision: its newest version, and those before it, the newest first."""

    newest: DecisionRow
    earlier: tuple[DecisionRow, ...]


@dataclass(frozen=True)
class Part:
    """The rules of a table that are on the page, and the first ones of the pages beside it."""

    first: int
    last: int
    count: int
    previous: int | None
    next: int | None


@dataclass(frozen=True)
class Function:
    """A knowledge model that the decision calls, at any remove."""

    names: Mapping[str, str]
    pieces: list[Piece]


def show() -> str:
    """Every decision with its versions."""
    require_area("cockpit")
    rows = queries().decision_definitions(actor())
    versions = [tuple(same) for _, same in groupby(rows, lambda row: row.decision_id)]
    return render_template(
        "cockpit/decisions.html", decisions=[Deployed(same[0], same[1:]) for same in versions]
    )


def decision(definition_id: str) -> str:
    """One version: the page of its table that holds the rule that the address names."""
    require_area("cockpit")
    wanted = number_in_address("rule") or 1
    first = (max(1, wanted) - 1) // RULES * RULES + 1
    found = queries().decision(actor(), definition_id, first_rule=first, most_rules=RULES)
    part = _part(found, first)
    if part is not None and first > part.count:
        raise NotFound(f"Expected a rule {wanted}, but {definition_id} has {part.count}")
    return render_template(
        "cockpit/decision.html",
        decision=found,
        part=part,
        pieces=pieces(found.blocks, own=True),
        functions=[Function(each.names, pieces(each.blocks)) for each in found.functions],
        kinds={
            "input": gettext("Input"),
            "decision": gettext("Decision"),
            "knowledge model": gettext("Knowledge model"),
            "service": gettext("Decision service"),
        },
    )


def _part(found: DecisionView, first: int) -> Part | None:
    """None where the decision is no table, or all its rules are on the page."""
    table = found.blocks[0] if found.blocks else None
    if not isinstance(table, TableOutline) or (table.count <= RULES and first == 1):
        return None
    last = min(first + RULES - 1, table.count)
    return Part(
        first,
        last,
        table.count,
        max(1, first - RULES) if first > 1 else None,
        last + 1 if last < table.count else None,
    )
