"""Fields that a decision has a say in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.forms import FieldDecision, Form, FormUnreadable, load_form

LABEL = {"kk": "x", "ru": "x", "en": "x"}
SAYS = {language: f"= answer.{language}" for language in LABEL}
GOOD = {
    "decision": "room_kinds",
    "inputs": {"Guests": "= guests", "Season": "= season"},
    "offers": "= answer.kinds",
    "says": SAYS,
}


def form(decision: Any, **more: Any) -> Form:
    schema = {
        "type": "object",
        "properties": {
            "guests": {"type": "integer", "x-label": LABEL},
            "kind": {
                "type": "string",
                "x-label": LABEL,
                "oneOf": [{"const": each, "x-label": LABEL} for each in ("big", "small")],
                "x-decision": decision,
            },
            "note": {"type": "string", "x-label": LABEL},
        },
    }
    return load_form("form.json", json.dumps(schema | more).encode())


def test_a_field_knows_its_decision_and_the_fields_that_it_reads() -> None:
    field = form(GOOD).field("kind")
    assert field is not None
    assert field.decision is not None
    assert field.decision.decision == "room_kinds"
    assert field.decision.inputs["Season"] == "= season"
    assert field.decision.reads == {"guests"}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"decision": 1}, "must name a decision"),
        ({"inputs": ["x"]}, "must map names to FEEL"),
        ({"inputs": {"Guests": "guests"}}, "must be FEEL"),
        ({"inputs": {"Guests": "= (guests"}}, "Guests"),
        ({"inputs": {"Guests": "= note"}}, "note, which is no field before it"),
        ({"says": {"kk": "= 1"}}, "says must have kk, ru, en"),
        ({"binding": "latest"}, "binding has no meaning"),
    ],
)
def test_what_is_wrong_with_a_decision_is_said(changes: Any, problem: str) -> None:
    with pytest.raises(FormUnreadable, match=problem):
        form(GOOD | changes)


def test_a_decision_that_changes_nothing_is_refused() -> None:
    with pytest.raises(FormUnreadable, match="must have offers or says"):
        form({"decision": "room_kinds"})


def test_a_decision_takes_away_only_what_it_does_not_offer() -> None:
    assert FieldDecision().allows("big")
    assert FieldDecision(offers=("big",)).allows("big")
    assert not FieldDecision(offers=()).allows("big")


def test_a_form_may_ask_that_answers_are_read_over() -> None:
    assert form(GOOD, **{"x-review": True}).is_reviewed
    assert not form(GOOD).is_reviewed
    with pytest.raises(FormUnreadable, match="x-review must be true or false"):
        form(GOOD, **{"x-review": "yes"})


def test_the_button_that_sends_reviewed_answers_says_what_the_form_says() -> None:
    own = {"kk": "Сақтау", "ru": "Сохранить", "en": "Save"}
    assert form(GOOD, **{"x-send": own}).send_label("ru") == "Сохранить"
    assert form(GOOD).send_label("ru") == ""
    with pytest.raises(FormUnreadable, match="x-send"):
        form(GOOD, **{"x-send": "Save"})
