"""When applications are taken (S0)."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.fk_b03.windows import next_window, open_years
from handlers.shared.dated import DatedTable
from handlers.shared.reference_data import ReferenceData


@pytest.fixture
def table(reference_data: ReferenceData) -> DatedTable:
    return reference_data.table("fk_b03/windows")


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2025, 12, 28), ()),
        (date(2025, 12, 29), (2026,)),
        (date(2026, 1, 9), (2026,)),
        (date(2026, 1, 10), ()),
        (date(2026, 2, 1), (2026,)),
        (date(2026, 9, 30), (2026,)),
        (date(2026, 10, 1), ()),
    ],
)
def test_both_ends_of_a_window_are_open(table: DatedTable, day: date, years: tuple[int]) -> None:
    assert open_years(table, day) == years


def test_the_next_window_is_named(table: DatedTable) -> None:
    upcoming = next_window(table, date(2026, 1, 10))
    assert upcoming is not None
    assert (upcoming.first, upcoming.last) == (date(2026, 2, 1), date(2026, 9, 30))
    assert next_window(table, date(2026, 10, 1)) is None
