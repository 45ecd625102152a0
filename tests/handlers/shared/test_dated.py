"""Dated tables: which row holds on a day."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from handlers.shared.dated import (
    DatedTable,
    DatedTableError,
    NoValidRow,
    add_months,
    read_duration,
)


def _table(*rows: tuple[str, str, str | None, object]) -> DatedTable:
    content = {
        "rows": [
            {"key": key, "from": first, "to": last, "value": value}
            for key, first, last, value in rows
        ],
        "names": {"a": "A"},
    }
    return DatedTable.read("sample", json.dumps(content).encode())


TABLE = _table(
    ("wage", "2023-01-01", "2023-12-31", 70000),
    ("wage", "2024-01-01", None, 85000),
    ("other", "2024-01-01", "2024-01-31", "x"),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2023, 1, 1), 70000),
        (date(2023, 12, 31), 70000),
        (date(2024, 1, 1), 85000),
        (date(2040, 1, 1), 85000),
    ],
)
def test_both_ends_are_included(day: date, value: int) -> None:
    assert TABLE.value("wage", day) == value


def test_a_day_without_a_row_is_named() -> None:
    with pytest.raises(NoValidRow, match="sample to have a row wage on 2022-12-31"):
        TABLE.value("wage", date(2022, 12, 31))


def test_the_first_key_with_a_row_decides() -> None:
    assert TABLE.first_row(["missing", "other", "wage"], date(2024, 1, 5)).value == "x"
    assert TABLE.first_row(["missing", "other", "wage"], date(2024, 2, 1)).value == 85000


def test_evidence_names_the_edition_and_the_row() -> None:
    row = TABLE.row("wage", date(2024, 1, 1))
    assert TABLE.evidence(row) == {
        "table": "sample",
        "version": TABLE.version,
        "key": "wage",
        "from": "2024-01-01",
    }
    assert _table(("wage", "2024-01-01", None, 1)).version != TABLE.version


def test_two_rows_of_a_key_on_one_day_are_refused() -> None:
    with pytest.raises(DatedTableError, match="for a on 2024-01-31, but found two"):
        _table(("a", "2024-01-01", "2024-01-31", 1), ("a", "2024-01-31", None, 2))


@pytest.mark.parametrize("data", [b"no json", b"[]", b'{"rows": [{"key": "a"}]}'])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(DatedTableError, match="Expected sample to be a dated table"):
        DatedTable.read("sample", data)


def test_what_is_not_dated_is_kept() -> None:
    assert TABLE.extras == {"names": {"a": "A"}}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("P10D", timedelta(days=10)),
        ("PT12H30M", timedelta(hours=12, minutes=30)),
        ("P1W", timedelta(weeks=1)),
    ],
)
def test_durations(text: str, length: timedelta) -> None:
    assert read_duration(text) == length


@pytest.mark.parametrize("text", ["", "P", "PT", "P1M", "P1Y", "10D", "P-1D"])
def test_durations_without_a_fixed_length_are_refused(text: str) -> None:
    with pytest.raises(DatedTableError):
        read_duration(text)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 3, 2), 12, date(2026, 3, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
    ],
)
def test_months_are_added_to_the_same_day(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
