"""Choices that depend on another field, as the form's conditions say."""

from __future__ import annotations

import json
from typing import Any

from engine.forms import Form, load_form
from web.linked_choices import links_of

LABEL = {"en": "x"}


def form(*rules: Any) -> Form:
    choice = {"type": "string", "x-label": LABEL}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "region": choice | {"oneOf": [{"const": each, "x-label": LABEL} for each in "ab"]},
            "town": choice | {"oneOf": [{"const": each, "x-label": LABEL} for each in "1234"]},
            "note": choice,
        },
    }
    if rules:
        schema["allOf"] = list(rules)
    return load_form("form.json", json.dumps(schema).encode())


def when(region: str, towns: list[str]) -> dict[str, Any]:
    return {
        "if": {"properties": {"region": {"const": region}}, "required": ["region"]},
        "then": {"properties": {"town": {"enum": towns}}},
    }


def test_a_choice_is_narrowed_by_the_value_of_another() -> None:
    link = links_of(form(when("a", ["1", "2"]), when("b", ["3"])))["town"]
    assert link.by == "region"
    assert link.allowed == {"a": ["1", "2"], "b": ["3"]}


def test_conditions_of_other_shapes_are_left_to_the_server() -> None:
    asked = {"if": {"required": ["region"]}, "then": {"required": ["note"]}}
    both = {
        "if": {"properties": {"region": {"const": "a"}, "note": {"const": "x"}}},
        "then": {"properties": {"town": {"enum": ["1"]}}},
    }
    assert links_of(form(asked, both, {"not": {"required": ["note"]}})) == {}


def test_a_form_without_conditions_has_no_links() -> None:
    assert links_of(form()) == {}
