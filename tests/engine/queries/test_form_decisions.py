"""What decisions say of a form's fields: in their order, and where they can't be made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.decided import DecisionFailed
from engine.forms import Form, load_form
from engine.queries.form_decisions import decide_fields

LABEL = {"kk": "x", "ru": "x", "en": "x"}


def form() -> Form:
    kinds = [{"const": each, "x-label": LABEL} for each in ("big", "small")]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            "guests": {"type": "integer", "x-label": LABEL},
            "kind": {
                "type": "string",
                "x-label": LABEL,
                "oneOf": kinds,
                "x-decision": {
                    "decision": "kinds",
                    "inputs": {"Guests": "= guests"},
                    "offers": "= answer.kinds",
                },
            },
            "beds": {
                "type": "integer",
                "x-label": LABEL,
                "x-decision": {
                    "decision": "beds",
                    "inputs": {"Kind": "= kind"},
                    "says": {
                        "kk": "= answer.text",
                        "ru": "= answer.text",
                        "en": "= if kind = null then null else answer.text",
                    },
                },
            },
        },
    }
    return load_form("form.json", json.dumps(schema).encode())


def evaluate(text: str, given: Mapping[str, object]) -> object:
    return feel.evaluate_text(text, given)


def ask(decision: str, inputs: Mapping[str, object]) -> object:
    if decision == "beds":
        return {"text": f"beds of {inputs['Kind']}"}
    return {"kinds": ["big"] if inputs["Guests"] == 5 else ["big", "small"]}


def test_a_field_is_offered_and_told_what_its_decision_gives() -> None:
    found = decide_fields(form(), {"guests": 2, "kind": "small"}, evaluate, ask)
    assert found["kind"].offers == ("big", "small")
    assert found["kind"].texts == {}
    assert found["beds"].offers is None
    assert found["beds"].texts == dict.fromkeys(LABEL, "beds of small")


def test_what_is_not_offered_is_no_value_to_the_fields_after_it() -> None:
    found = decide_fields(form(), {"guests": 5, "kind": "small"}, evaluate, ask)
    assert found["kind"].offers == ("big",)
    assert found["beds"].texts == {"kk": "beds of None", "ru": "beds of None"}


def test_a_decision_that_cannot_be_made_takes_nothing_away() -> None:
    def fails(decision: str, inputs: Mapping[str, object]) -> object:
        if decision == "kinds":
            raise DecisionFailed("no such decision")
        return ask(decision, inputs)

    found = decide_fields(form(), {"kind": "small"}, evaluate, fails)
    assert set(found) == {"beds"}
    assert found["beds"].texts["en"] == "beds of small"
