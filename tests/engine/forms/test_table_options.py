"""Choices that are the keys in force of a dated table."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from engine.forms import (
    Form,
    Option,
    Period,
    TableKeys,
    check_submission,
    load_form,
    offered_for,
    read_submission,
)
from engine.forms.options import NO_OPTIONS

LABEL = {"kk": "x", "ru": "x", "en": "x"}
COMING = Period(Option("2028", {}), date(2027, 12, 1), date(2028, 9, 30))


class Years:
    """2026 and «soon» are in force, 2025 and 2028 are not."""

    def __init__(self, coming: Period | None = COMING) -> None:
        self._coming = coming

    def offered(self, classifier: str, level: str | None, below: str | None) -> None:
        """No classifier."""

    def named(self, classifier: str, code: str) -> None:
        """No classifier."""

    def keys(self, table: str) -> TableKeys | None:
        if table != "p/years":
            return None
        in_force = (Option("2026", {}), Option("soon", {"en": "Soon"}))
        return TableKeys(in_force, (Option("2025", {}), Option("2028", {})), self._coming)


def form(key: str = "p/forms/a.json", **changes: Any) -> Form:
    field = {"type": "integer", "x-label": LABEL, "x-options": {"table": "years"}} | changes
    schema = {"type": "object", "properties": {"year": field}, "required": ["year"]}
    return load_form(key, json.dumps(schema).encode())


def said(values: dict[str, object], of: Form | None = None, options: Any = None) -> dict[str, str]:
    found = check_submission(of or form(), values, options=options or Years())
    return {error.field: error.messages["en"] for error in found}


def test_the_keys_in_force_are_the_choices() -> None:
    (field,) = form().fields
    assert (field.kind, field.table.name if field.table else None) == ("choice", "p/years")
    assert [each.value for each in offered_for(field, {}, Years()) or ()] == [2026]
    (texts,) = form(type="string").fields
    assert [each.value for each in offered_for(texts, {}, Years()) or ()] == ["2026", "soon"]


def test_a_key_in_force_is_taken_as_the_field_takes_it() -> None:
    assert read_submission(form(), {"year": "2026"}, Years()) == {"year": 2026}
    assert read_submission(form(type="string"), {"year": "2026"}, Years()) == {"year": "2026"}
    assert said({"year": 2026}) == {}
    assert said({"year": "soon"}, form(type="string")) == {}


def test_a_key_that_is_not_in_force_is_refused_with_what_comes_next() -> None:
    assert said({"year": 2028}) == {
        "year": "Not in force today: 2028. Choose another one from the list. "
        "Next period: 01.12.2027 – 30.09.2028, 2028."
    }
    without = said({"year": 2025}, options=Years(None))["year"]
    assert without.endswith("The next period has not been announced yet.")
    open_end = Years(Period(Option("2028", {}), date(2027, 12, 1), None))
    assert "01.12.2027 – …" in said({"year": 2025}, options=open_end)["year"]


def test_the_forms_own_sentence_names_the_key() -> None:
    own = {"x-options": {"en": "No applications for {v} now.", "ru": "x {v}", "kk": "x {v}"}}
    told = said({"year": 2025}, form(**{"x-error": own}))["year"]
    assert told.startswith("No applications for 2025 now. Next period: ")


def test_the_forms_own_sentence_tells_what_comes_next() -> None:
    sentence = "From {first} to {last}, for the year {v}."
    own = {"next": {"en": sentence, "ru": sentence, "kk": sentence}}
    told = said({"year": 2025}, form(**{"x-error": own}))["year"]
    assert told == (
        "Not in force today: 2025. Choose another one from the list. "
        "From 01.12.2027 to 30.09.2028, for the year 2028."
    )


@pytest.mark.parametrize("value", [2099, 0, "2026", "many"])
def test_what_is_no_key_is_refused(value: object) -> None:
    assert set(said({"year": value})) == {"year"}


def test_a_long_number_stays_what_was_typed() -> None:
    assert read_submission(form(), {"year": "9" * 40}, Years()) == {"year": "9" * 40}


def test_without_the_table_nothing_is_let_through() -> None:
    told = said({"year": 2026}, options=NO_OPTIONS)
    assert told == {"year": "There is no list to choose from. Tell the operator"}
    assert said({"year": 2026}, form("q/forms/a.json")) == told
