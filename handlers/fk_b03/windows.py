"""When applications for a financial year are taken. Rows of `fk_b03/windows.json` (S0)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.shared.dated import DatedTable


@dataclass(frozen=True)
class Window:
    """The days on which applications for a year are taken, both included."""

    financial_year: str
    first: date
    last: date | None


def open_years(table: DatedTable, day: date) -> tuple[int, ...]:
    """The financial years that may be applied for on the day."""
    return tuple(sorted(int(year) for year in table.in_force(day)))


def next_window(table: DatedTable, day: date) -> Window | None:
    """The first window that begins after the day; None where none is announced."""
    later = [row for row in table.rows if row.valid_from > day]
    if not later:
        return None
    row = min(later, key=lambda row: row.valid_from)
    return Window(row.key, row.valid_from, row.valid_to)
