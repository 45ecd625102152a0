"""Choices that depend on another field: a settlement on its region, a profession on its area.

A form says so in JSON Schema: `allOf` with `if {region: const} then {settlement: enum}`. The server
checks it whatever the page does; the page only leaves out what can't be chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.forms import Form


@dataclass
class Link:
    """By which field a choice is narrowed, and to what at each of that field's values."""

    by: str
    allowed: dict[str, list[str]] = field(default_factory=dict)


def links_of(form: Form) -> dict[str, Link]:
    """The links of a form by the field that is narrowed; other conditions are left out."""
    links: dict[str, Link] = {}
    for by, value, target, allowed in _rules(form.schema):
        link = links.setdefault(target, Link(by))
        if link.by == by:
            link.allowed[str(value)] = [str(each) for each in allowed]
    return links


def _rules(schema: Mapping[str, object]) -> Iterator[tuple[str, object, str, list[object]]]:
    rules: Any = schema.get("allOf", [])
    for rule in rules:
        conditions = _properties(rule.get("if"))
        if len(conditions) != 1:
            continue
        (by, condition), *_ = conditions.items()
        if "const" not in condition:
            continue
        for target, consequence in _properties(rule.get("then")).items():
            if "enum" in consequence:
                yield by, condition["const"], target, consequence["enum"]


def _properties(schema: Any) -> dict[str, dict[str, Any]]:
    return dict(schema.get("properties", {})) if isinstance(schema, dict) else {}
