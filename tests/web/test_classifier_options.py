"""Dated tables as forms choose from them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from engine.forms import TableKeys
from handlers.shared.classifiers import RememberedClassifiers
from handlers.shared.reference_data import ReferenceData
from web.classifier_options import ClassifierOptions


def row(key: str, first: str, last: str | None, value: Any = True) -> dict[str, Any]:
    return {"key": key, "from": first, "to": last, "value": value}


TABLE = {
    "keys": {"named": {"kk": "а", "ru": "б", "en": "c", "value": {"type": "nothing"}}},
    "rows": [
        row("2026", "2026-02-01", "2026-09-30"),
        row("2027", "2026-12-01", None),
        row("named", "2026-01-01", "2026-12-31"),
        row("house", "2025-01-01", "2025-12-31", {"name": {"ru": "Дом"}}),
    ],
}


@pytest.fixture
def options() -> ClassifierOptions:
    files = {"p/years.json": json.dumps(TABLE).encode()}
    return ClassifierOptions(RememberedClassifiers([]), ReferenceData.from_resources(files))


def keys_on(options: ClassifierOptions, day: date) -> TableKeys:
    found = options.on(day, None).keys("p/years")
    assert found is not None
    return found


def test_the_keys_in_force_on_a_day_and_all_others(options: ClassifierOptions) -> None:
    found = keys_on(options, date(2026, 9, 30))
    assert [each.value for each in found.in_force] == ["2026", "named"]
    assert [each.value for each in found.others] == ["2027", "house"]
    found = keys_on(options, date(2026, 10, 1))
    assert [each.value for each in found.in_force] == ["named"]


def test_what_begins_next(options: ClassifierOptions) -> None:
    coming = keys_on(options, date(2026, 9, 30)).coming
    assert coming is not None
    assert (coming.key.value, coming.first, coming.last) == ("2027", date(2026, 12, 1), None)
    assert keys_on(options, date(2026, 12, 1)).coming is None


def test_keys_are_called_as_the_table_calls_them(options: ClassifierOptions) -> None:
    found = keys_on(options, date(2026, 3, 2))
    labels = {each.value: each.label("ru") for each in (*found.in_force, *found.others)}
    assert labels == {"2026": "2026", "2027": "2027", "named": "б", "house": "Дом"}


def test_a_table_that_is_not_there(options: ClassifierOptions) -> None:
    assert options.on(date(2026, 3, 2), None).keys("p/other") is None
    assert ClassifierOptions(RememberedClassifiers([])).on(date(2026, 3, 2), None).keys("x") is None
