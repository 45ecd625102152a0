"""Options of a classifier: linked, checked, filled in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from engine.forms import (
    Form,
    Option,
    check_submission,
    has_nothing_below,
    load_form,
    offered_for,
    read_submission,
)

LABEL = {"kk": "x", "ru": "x", "en": "x"}


def names(text: str) -> dict[str, str]:
    return dict.fromkeys(("kk", "ru", "en"), text)


class Two:
    """Two regions, one with towns; two banks."""

    ENTRIES = {
        "places": {
            "a": ("region", None),
            "b": ("region", None),
            "a1": ("town", "a"),
            "a2": ("town", "a"),
        },
        "banks": {"KCJBKZKX": (None, None), "HSBKKZKX": (None, None), "NONEKZKX": (None, None)},
    }
    ATTRIBUTES = {"KCJBKZKX": {"bank_code": "856"}, "HSBKKZKX": {"bank_code": "601"}}

    def offered(
        self, classifier: str, level: str | None, below: str | None
    ) -> Sequence[Option] | None:
        entries = self.ENTRIES.get(classifier)
        if entries is None:
            return None
        return tuple(
            Option(code, names(f"name of {code}"), attributes=self.ATTRIBUTES.get(code, {}))
            for code, (own, parent) in entries.items()
            if level in (None, own) and below in (None, parent)
        )

    def named(self, classifier: str, code: str) -> Option | None:
        return None


OPTIONS = Two()


def form(**changes: Any) -> Form:
    choice = {"type": "string", "x-label": LABEL}
    properties: dict[str, Any] = {
        "region": choice | {"x-options": {"classifier": "places", "level": "region"}},
        "town": choice
        | {"x-options": {"classifier": "places", "level": "town", "parent": "region"}},
        "bic": choice | {"x-options": {"classifier": "banks", "fills": {"bank": "ru"}}},
        "bank": choice,
    }
    properties |= changes
    schema = {"type": "object", "properties": properties, "required": ["region", "town"]}
    return load_form("form.json", json.dumps(schema).encode())


def wrong(values: dict[str, object], options: Any = OPTIONS) -> dict[str, str]:
    found = check_submission(form(), values, options=options)
    return {error.field: error.messages["en"] for error in found}


def test_a_field_of_a_classifier_is_a_choice() -> None:
    field = form().field("town")
    assert field is not None
    assert field.kind == "choice"
    assert field.source is not None
    assert (field.source.classifier, field.source.parent) == ("places", "region")


def test_codes_in_force_are_taken() -> None:
    assert wrong({"region": "a", "town": "a2", "bic": "KCJBKZKX"}) == {}


def test_a_code_that_is_not_in_force_is_refused() -> None:
    assert wrong({"region": "c"})["region"].startswith("This code is not in the classifier")


def test_a_code_of_another_parent_is_refused() -> None:
    options = Two()
    options.ENTRIES = {"places": {**Two.ENTRIES["places"], "b1": ("town", "b")}}
    said = wrong({"region": "b", "town": "a1"}, options)
    assert said == {
        "town": "This value does not belong to what was chosen above. Choose from the list again"
    }


def test_without_a_classifier_nothing_is_let_through() -> None:
    found = check_submission(form(), {"region": "a", "town": "a1"})
    assert {error.field for error in found} == {"region", "town"}
    assert found[0].messages["en"].startswith("The classifier has not been imported yet")


def test_what_has_nothing_below_is_not_asked_for() -> None:
    assert wrong({"region": "b"}) == {}
    town = form().field("town")
    assert town is not None
    assert has_nothing_below(town, {"region": "b"}, OPTIONS)
    assert not has_nothing_below(town, {}, OPTIONS)
    assert offered_for(town, {}, OPTIONS) == ()
    assert wrong({"region": "b", "town": "a1"}) == {"town": "Leave this field empty"}


def test_of_a_missing_choice_only_the_first_is_said() -> None:
    assert list(wrong({})) == ["region"]
    assert list(wrong({"region": "a"})) == ["town"]


def test_the_name_of_what_was_chosen_is_filled_in() -> None:
    posted = {"region": "b", "town": "a1", "bic": "kcjb kzkx"}
    with_format = form(
        bic={
            "type": "string",
            "format": "bic",
            "x-label": LABEL,
            "x-options": {"classifier": "banks", "fills": {"bank": "ru"}},
        }
    )
    values = read_submission(with_format, posted, OPTIONS)
    assert values == {"region": "b", "bic": "KCJBKZKX", "bank": "name of KCJBKZKX"}
    values = read_submission(form(), {"bic": "HSBKKZKX", "bank": "name of KCJBKZKX"}, OPTIONS)
    assert values["bank"] == "name of HSBKKZKX"
    values = read_submission(form(), {"bic": "HSBKKZKX", "bank": "Own words"}, OPTIONS)
    assert values["bank"] == "Own words"


@pytest.mark.parametrize(
    ("bic", "iban", "said"),
    [
        ("KCJBKZKX", "KZ47856KZT5004100100", ""),
        ("KCJBKZKX", "KZ20601KZT5004100100", "name of HSBKKZKX"),
        ("NONEKZKX", "KZ47856KZT5004100100", "name of KCJBKZKX"),
        ("KCJBKZKX", "KZ86125KZT5004100100", ""),
        ("KCJBKZKX", "KZ00601KZT5004100100", ""),
        ("KCJBKZKX", None, ""),
    ],
)
def test_a_number_that_holds_the_code_of_another_choice(
    bic: str, iban: str | None, said: str
) -> None:
    """A number of no known bank, one that is wrong by itself and none at all say nothing."""
    code_in = {"field": "iban", "attribute": "bank_code", "at": 5}
    account = form(
        iban={"type": "string", "format": "kz-iban", "x-label": LABEL},
        bank={
            "type": "string",
            "x-label": LABEL,
            "x-options": {"classifier": "banks", "code-in": code_in},
        },
    )
    errors = check_submission(account, {"bank": bic, "iban": iban}, options=OPTIONS)
    found = [error for error in errors if error.field == "bank"]
    assert [said in error.messages["en"] for error in found] == ([True] if said else [])
