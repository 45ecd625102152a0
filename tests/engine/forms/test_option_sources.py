"""What `x-options` of a field may say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.forms import FormUnreadable, load_form

LABEL = {"kk": "x", "ru": "x", "en": "x"}
CHOICE = {"type": "string", "x-label": LABEL}
YEAR = {"type": "integer", "x-label": LABEL, "x-options": {"table": "years"}}


def load(**properties: Any) -> None:
    schema = {"type": "object", "properties": properties}
    load_form("p/forms/a.json", json.dumps(schema).encode())


def test_what_can_be_said() -> None:
    load(town=CHOICE | {"x-options": {"classifier": "k"}}, year=YEAR)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"x-options": "kato"}, "must name a classifier"),
        ({"x-options": {"classifier": "k", "depth": 1}}, "depth has no meaning"),
        ({"x-options": {"classifier": "k", "parent": "later"}}, "no field before it"),
        ({"x-options": {"classifier": "k", "fills": {"none": "kk"}}}, "fills names none"),
        ({"x-options": {"classifier": "k", "fills": 1}}, "fills must map"),
        ({"x-options": {"classifier": "k", "level": 1}}, "level must be a text"),
        ({"x-options": {"classifier": "k", "code-in": "iban"}}, "code-in must be as"),
        (
            {
                "x-options": {
                    "classifier": "k",
                    "code-in": {"field": "town", "attribute": "code", "at": 0},
                }
            },
            "code-in must be as",
        ),
        (
            {
                "x-options": {
                    "classifier": "k",
                    "code-in": {"field": "none", "attribute": "code", "at": 5},
                }
            },
            "code-in names none",
        ),
        ({"type": "integer", "x-options": {"classifier": "k"}}, "needs the type string"),
        (
            {"x-options": {"classifier": "k"}, "oneOf": [{"const": "a", "x-label": LABEL}]},
            "can't both say",
        ),
    ],
)
def test_what_a_classifier_can_not_be_asked_for(schema: dict[str, Any], said: str) -> None:
    with pytest.raises(FormUnreadable, match=said):
        load(region=CHOICE, town=CHOICE | schema)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"x-options": {"table": "../years"}}, "table must be the name of a file"),
        ({"x-options": {"table": 1}}, "table must be the name of a file"),
        ({"x-options": {"table": "years", "level": "a"}}, "level has no meaning beside table"),
        ({"type": "boolean"}, "needs the type string or integer"),
        ({"enum": [2026]}, "can't both say what there is to choose"),
        ({"x-options": {}}, "must name a classifier or a dated table"),
    ],
)
def test_what_a_table_can_not_be_asked_for(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormUnreadable, match=reason):
        load(year=YEAR | changes)
