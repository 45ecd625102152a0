"""Choices that depend on another field, as the form's conditions say."""

from __future__ import annotations

import json
from typing import Any

from engine.forms import Form, Option, load_form
from web.linked_choices import followers_of, gone_choices, leaders_of, links_of

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


def classified() -> Form:
    def choice(**source: Any) -> dict[str, Any]:
        return {"type": "string", "x-label": LABEL, "x-options": {"classifier": "c", **source}}

    schema = {
        "type": "object",
        "properties": {
            "region": choice(level="region"),
            "district": choice(level="district", parent="region"),
            "town": choice(level="town", parent="district"),
            "bank": choice(fills={"bank_name": "ru"}),
            "bank_name": {"type": "string", "x-label": LABEL},
        },
    }
    return load_form("form.json", json.dumps(schema).encode())


def test_a_choice_leads_all_that_is_below_it_and_what_it_fills() -> None:
    assert leaders_of(classified()) == {
        "district": ["region"],
        "town": ["district", "region"],
        "bank_name": ["bank"],
    }
    assert followers_of(classified(), "region") == ["district", "town"]
    assert followers_of(classified(), "bank") == ["bank_name"]
    assert followers_of(classified(), "town") == []


class Classifier:
    """One region in force; another that was there before."""

    def offered(self, classifier: str, level: str | None, below: str | None) -> tuple[Option, ...]:
        return (Option("a", {"ru": "А"}),) if level == "region" else ()

    def named(self, classifier: str, code: str) -> Option | None:
        return Option("b", {"ru": "Прежняя"}) if code == "b" else None


def test_a_code_that_is_gone_is_said_by_its_old_name() -> None:
    said = gone_choices(classified(), {"region": "b"}, Classifier())
    assert said["region"]["ru"].startswith("«Прежняя» (b): этого кода больше нет")
    assert gone_choices(classified(), {"region": "a"}, Classifier()) == {}
    assert gone_choices(classified(), {"region": "never there"}, Classifier()) == {}
