"""Classifiers (KATO, professions, banks): dated editions of codes with names, and the port to them.

An edition is never changed. The one in force on a day is the newest of those valid from then or
before; of two valid from the same day the one imported later, which so corrects the earlier. One
that was withdrawn is in force on no day; what its codes are called stays known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from engine.errors import EngineError
from handlers.shared.ports import Begin, port
from handlers.shared.texts import LANGUAGES, Texts, same


class ClassifierMissing(EngineError):
    """There is no edition of the classifier for the day."""


@dataclass(frozen=True)
class Entry:
    """One code. `names` are by language; `attributes` what the file says besides."""

    code: str
    names: Texts
    parent: str | None = None
    level: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class EditionRow:
    """What is known of an edition without its entries."""

    id: int
    classifier: str
    valid_from: date
    source: str
    imported_at: str
    imported_by: str
    sha256: str
    size: int
    withdrawn: bool = False


@dataclass(frozen=True)
class Edition:
    """All entries of one edition, in the order of its file."""

    classifier: str
    valid_from: date
    entries: tuple[Entry, ...]

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """The entries by their code."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _below(self) -> dict[str | None, list[Entry]]:
        below: dict[str | None, list[Entry]] = {}
        for entry in self.entries:
            below.setdefault(entry.parent, []).append(entry)
        return below

    def entry(self, code: str) -> Entry | None:
        """The entry of a code, or None."""
        return self.by_code.get(code)

    def children(self, parent: str | None) -> tuple[Entry, ...]:
        """What stands directly below a code; None: what is below nothing."""
        return tuple(self._below.get(parent, ()))

    def at(self, level: str | None, below: str | None = None) -> tuple[Entry, ...]:
        """The entries of a level, at any depth below a code where one is given.

        Without a level: all entries, or those directly below the code.
        """
        if below is None:
            return tuple(each for each in self.entries if level in (None, each.level))
        if level is None:
            return self.children(below)
        found: list[Entry] = []
        waiting = list(self._below.get(below, ()))
        while waiting:
            entry = waiting.pop(0)
            if entry.level == level:
                found.append(entry)
            waiting[:0] = self._below.get(entry.code, ())
        return tuple(found)

    def path(self, code: str) -> tuple[Entry, ...]:
        """From the topmost entry down to this one; empty where there is no such code."""
        way: list[Entry] = []
        entry = self.by_code.get(code)
        while entry is not None and entry not in way:
            way.insert(0, entry)
            entry = self.by_code.get(entry.parent or "")
        return tuple(way)


Load = Callable[[int], Edition]


class ClassifiersOnDay:
    """The editions in force on one day, read when they are asked for."""

    def __init__(self, day: date, rows: Sequence[EditionRow], load: Load) -> None:
        self.day = day
        self._rows = sorted(rows, key=lambda row: (row.valid_from, row.id), reverse=True)
        self._load = load

    def find(self, classifier: str) -> Edition | None:
        """The edition in force, or None."""
        for row in self._rows:
            is_valid = row.valid_from <= self.day and not row.withdrawn
            if row.classifier == classifier and is_valid:
                return self._load(row.id)
        return None

    def edition(self, classifier: str) -> Edition:
        """The edition in force. Raises ClassifierMissing."""
        found = self.find(classifier)
        if found is None:
            raise ClassifierMissing(
                f"Expected an edition of classifier {classifier} for {self.day}, "
                "but none was imported"
            )
        return found

    def known(self, classifier: str, code: str) -> Entry | None:
        """The entry of a code: as it is in force, else in the newest edition that has it."""
        in_force = self.find(classifier)
        entry = None if in_force is None else in_force.entry(code)
        if entry is not None:
            return entry
        for row in self._rows:
            if row.classifier == classifier:
                entry = self._load(row.id).entry(code)
                if entry is not None:
                    return entry
        return None

    def name(self, classifier: str, code: str) -> Texts:
        """What a code is called, in force or not; the code itself where no edition has it."""
        entry = self.known(classifier, code)
        return same(code) if entry is None else with_all_languages(entry.names, code)


def with_all_languages(names: Mapping[str, str], code: str) -> Texts:
    """Names in kk, ru and en: a missing one is taken from another, or is the code."""
    fallback = names.get("ru") or names.get("kk") or names.get("en") or code
    return {language: names.get(language) or fallback for language in LANGUAGES}


@port
class Classifiers(Protocol):
    """The classifiers of the installation."""

    def on(self, day: date, connection: Any = None) -> ClassifiersOnDay:
        """The editions in force on a day.

        `connection`: of the transaction that asks, where there is one; a completion check's, say.
        """


class RememberedClassifiers:
    """Editions in memory: for tests, and for one run of one handler."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._editions = tuple(editions)
        self._rows = [
            EditionRow(number, each.classifier, each.valid_from, "", "", "", "", len(each.entries))
            for number, each in enumerate(self._editions)
        ]

    def on(self, day: date, connection: Any = None) -> ClassifiersOnDay:
        """See Classifiers."""
        return ClassifiersOnDay(day, self._rows, self._editions.__getitem__)


class Tables(Protocol):
    """Reads editions from a database."""

    def rows(self, connection: Any) -> Sequence[EditionRow]:
        """Every edition, without its entries."""

    def load(self, connection: Any, edition_id: int) -> Edition:
        """One edition."""


class DatabaseClassifiers:
    """Editions in the database. What was read once is kept: editions never change."""

    def __init__(self, begin: Begin, tables: Tables) -> None:
        self._begin = begin
        self._tables = tables
        self._kept: dict[int, Edition] = {}

    def on(self, day: date, connection: Any = None) -> ClassifiersOnDay:
        """See Classifiers."""
        if connection is not None:
            rows = self._tables.rows(connection)
        else:
            with self._begin() as own:
                rows = self._tables.rows(own)

        def load(edition_id: int) -> Edition:
            if edition_id not in self._kept:
                self._kept[edition_id] = self._read(edition_id, connection)
            return self._kept[edition_id]

        return ClassifiersOnDay(day, rows, load)

    def _read(self, edition_id: int, connection: Any) -> Edition:
        if connection is not None:
            return self._tables.load(connection, edition_id)
        with self._begin() as own:
            return self._tables.load(own, edition_id)
