"""Classifiers and dated tables as forms choose from them: where `engine.forms` meets them."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.forms import Option, Period, TableKeys
from handlers.shared.classifiers import (
    Classifiers,
    ClassifiersOnDay,
    Entry,
    with_all_languages,
)
from handlers.shared.dated import DatedRow, DatedTable
from handlers.shared.reference_data import ReferenceData, ReferenceDataMissing


class ClassifierOptions:
    """The port that the engine and the pages are given. Without `reference_data`: no tables."""

    def __init__(
        self, classifiers: Classifiers, reference_data: ReferenceData | None = None
    ) -> None:
        self._classifiers = classifiers
        self._reference_data = reference_data

    def on(self, day: date, connection: Any) -> OptionsOnDay:
        """The options of a day, with what staff have edited in tables."""
        tables = self._reference_data
        seen = tables.within(connection) if tables and connection is not None else tables
        return OptionsOnDay(self._classifiers.on(day, connection), seen, day)


class OptionsOnDay:
    """What the editions and tables in force on one day offer; each table is read once."""

    def __init__(
        self, classifiers: ClassifiersOnDay, tables: ReferenceData | None, day: date
    ) -> None:
        self._classifiers = classifiers
        self._tables = tables
        self._day = day
        self._keys: dict[str, TableKeys | None] = {}

    def offered(
        self, classifier: str, level: str | None, below: str | None
    ) -> tuple[Option, ...] | None:
        """See engine.forms.Options."""
        edition = self._classifiers.find(classifier)
        if edition is None:
            return None
        return tuple(map(_option, edition.at(level, below)))

    def named(self, classifier: str, code: str) -> Option | None:
        """See engine.forms.Options."""
        entry = self._classifiers.known(classifier, code)
        return None if entry is None else _option(entry)

    def keys(self, table: str) -> TableKeys | None:
        """See engine.forms.Options."""
        if table not in self._keys:
            self._keys[table] = self._read_keys(table)
        return self._keys[table]

    def _read_keys(self, table: str) -> TableKeys | None:
        if self._tables is None:
            return None
        try:
            found = self._tables.table(table)
        except ReferenceDataMissing:
            return None
        in_force = found.in_force(self._day)
        others = {row.key: row for row in found.rows if row.key not in in_force}
        return TableKeys(
            tuple(_key(found, in_force[key]) for key in sorted(in_force)),
            tuple(_key(found, others[key]) for key in sorted(others)),
            _coming(found, self._day),
        )


def _option(entry: Entry) -> Option:
    names = with_all_languages(entry.names, entry.code)
    return Option(entry.code, names, attributes=entry.attributes)


def _key(table: DatedTable, row: DatedRow) -> Option:
    """A key, called as its value or the table's head calls it; else it speaks for itself."""
    named = row.value.get("name") if isinstance(row.value, dict) else None
    told = named if isinstance(named, dict) else table.extras.get("keys", {}).get(row.key, {})
    names = {code: text for code, text in told.items() if isinstance(text, str)}
    return Option(row.key, with_all_languages(names, row.key) if names else {})


def _coming(table: DatedTable, day: date) -> Period | None:
    later = [row for row in table.rows if row.valid_from > day]
    if not later:
        return None
    row = min(later, key=lambda row: row.valid_from)
    return Period(_key(table, row), row.valid_from, row.valid_to)
