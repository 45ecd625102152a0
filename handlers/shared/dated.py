"""Rules that change with time, as rows: a key, the first and the last day, a value.

A file is `{"rows": [{"key", "from", "to", "value", "source"}], …}`: `from` and `to` are days
(ISO 8601), both inclusive, `to` null or absent for a row that is still in force. What else the
file holds (names, texts) is not dated and is kept in `extras`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from engine.errors import EngineError

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


class DatedTableError(EngineError):
    """The file is not a dated table, or two rows of one key hold on the same day."""


class NoValidRow(EngineError):
    """No row of the key holds on the day."""


@dataclass(frozen=True)
class DatedRow:
    """One value of one key from `valid_from` to `valid_to`, both days included."""

    key: str
    valid_from: date
    valid_to: date | None
    value: Any
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class DatedTable:
    """The rows of one file. `version` tells one edition of the file from another."""

    name: str
    version: str
    rows: tuple[DatedRow, ...]
    extras: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str, data: bytes) -> DatedTable:
        """Reads a file. Raises DatedTableError."""
        try:
            content = json.loads(data)
            rows = tuple(_read_row(row) for row in content["rows"])
        except (ValueError, KeyError, TypeError) as error:
            raise DatedTableError(
                f"Expected {name} to be a dated table, but reading it gave {error!r}"
            ) from error
        _refuse_overlaps(name, rows)
        extras = {key: value for key, value in content.items() if key != "rows"}
        return cls(name, hashlib.sha256(data).hexdigest()[:16], rows, extras)

    def row(self, key: str, day: date) -> DatedRow:
        """The row of the key that holds on the day. Raises NoValidRow."""
        return self.first_row([key], day)

    def first_row(self, keys: Iterable[str], day: date) -> DatedRow:
        """The row of the first of the keys that has one on the day. Raises NoValidRow."""
        wanted = list(keys)
        for key in wanted:
            for row in self.rows:
                if row.key == key and row.holds_on(day):
                    return row
        raise NoValidRow(
            f"Expected table {self.name} to have a row {' or '.join(wanted)} on {day}, "
            "but it has none"
        )

    def value(self, key: str, day: date) -> Any:
        """The value of the key on the day. Raises NoValidRow."""
        return self.row(key, day).value

    def in_force(self, day: date) -> dict[str, DatedRow]:
        """Every row that holds on the day, by key."""
        return {row.key: row for row in self.rows if row.holds_on(day)}

    def evidence(self, row: DatedRow) -> dict[str, str]:
        """Which row of which edition decided, as plain data to keep with a case."""
        return {
            "table": self.name,
            "version": self.version,
            "key": row.key,
            "from": row.valid_from.isoformat(),
        }


def read_duration(text: str) -> timedelta:
    """An ISO 8601 duration of weeks, days, hours, minutes, seconds. Raises DatedTableError.

    Months and years are refused: they have no fixed length.
    """
    match = _DURATION.fullmatch(text)
    found = match.groupdict() if match else {}
    parts = {name: int(value) for name, value in found.items() if value}
    if not parts:
        raise DatedTableError(f"Expected a duration like P10D or PT12H, but found {text!r}")
    return timedelta(**parts)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))


def _read_row(row: Mapping[str, Any]) -> DatedRow:
    last = row.get("to")
    return DatedRow(
        key=str(row["key"]),
        valid_from=date.fromisoformat(row["from"]),
        valid_to=date.fromisoformat(last) if last else None,
        value=row["value"],
        source=str(row.get("source", "")),
    )


def _refuse_overlaps(name: str, rows: tuple[DatedRow, ...]) -> None:
    ordered = sorted(rows, key=lambda row: (row.key, row.valid_from))
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier.key == later.key and earlier.holds_on(later.valid_from):
            raise DatedTableError(
                f"Expected one row of {name} for {later.key} on {later.valid_from}, but found two"
            )
