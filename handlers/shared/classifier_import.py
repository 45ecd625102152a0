"""Importing an edition of a classifier: what it changes, told before it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from handlers.shared.classifier_files import ClassifierRefused, read_classifier, read_shipped
from handlers.shared.classifier_records import ClassifierTables, add_edition, withdraw_edition
from handlers.shared.classifiers import ClassifiersOnDay, Edition, EditionRow, Entry


@dataclass(frozen=True)
class Changes:
    """What an edition changes against the one that was in force on its first day.

    renamed: pairs of (before, after). moved: those with another parent or level.
    """

    added: tuple[Entry, ...]
    renamed: tuple[tuple[Entry, Entry], ...]
    moved: tuple[tuple[Entry, Entry], ...]
    gone: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.renamed or self.moved or self.gone)


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do. `already`: the file is the edition of that day, so nothing.

    `before`: how many entries the edition has that was in force on that day, 0 without one.
    """

    classifier: str
    valid_from: date
    size: int
    changes: Changes
    already: bool = False
    before: int = 0

    @property
    def share_gone(self) -> float:
        """How much of the edition before is gone, from 0 to 1."""
        return len(self.changes.gone) / self.before if self.before else 0.0


def import_classifier(
    connection: Any,
    name: str,
    data: bytes,
    *,
    valid_from: date,
    source: str,
    imported_by: str,
    now: datetime,
    is_trial: bool = False,
) -> Imported:
    """Reads a file and keeps it as an edition. Raises ClassifierRefused; then nothing is changed.

    `source` is where the file is from; without it the file must say so itself. A file that is the
    edition of that day already is not kept twice. `is_trial`: says what it would do and keeps
    nothing.
    """
    file = read_classifier(name, data)
    told = source or file.source
    if not told:
        raise ClassifierRefused(["nothing says where the file is from: give its source"])
    tables = ClassifierTables()
    rows = tables.rows(connection)
    digest = hashlib.sha256(data).hexdigest()
    same_day = _of_day(rows, name, valid_from)
    edition = Edition(name, valid_from, file.entries)
    before = ClassifiersOnDay(
        valid_from, rows, lambda edition_id: tables.load(connection, edition_id)
    ).find(name)
    changes = changes_between(before, edition)
    size_before = 0 if before is None else len(before.entries)
    already = bool(same_day) and same_day[-1].sha256 == digest
    if not already and not is_trial:
        add_edition(
            connection, edition, source=told, sha256=digest, imported_by=imported_by, now=now
        )
    return Imported(name, valid_from, len(edition.entries), changes, already, size_before)


@dataclass(frozen=True)
class Withdrawn:
    """What withdrawing an edition did, or would do: `changes` are those on its first day.

    `after` is the first day of the edition that is in force then; None: there is none.
    """

    classifier: str
    valid_from: date
    changes: Changes
    after: date | None


def withdraw(
    connection: Any,
    name: str,
    valid_from: date,
    *,
    withdrawn_by: str,
    now: datetime,
    is_trial: bool = False,
) -> Withdrawn:
    """Withdraws the edition that was imported last for a day: the one before is in force again.

    `is_trial`: says what it would do and does nothing. Raises ClassifierRefused where there is no
    such edition.
    """
    tables = ClassifierTables()
    rows = tables.rows(connection)
    found = _of_day(rows, name, valid_from)
    if not found:
        raise ClassifierRefused([f"{name} has no edition from {valid_from}"])
    last = found[-1].id
    others = [row for row in rows if row.id != last]
    on_day = ClassifiersOnDay(valid_from, others, lambda each: tables.load(connection, each))
    next_one = on_day.find(name)
    gone = tables.load(connection, last)
    if not is_trial:
        withdraw_edition(connection, last, withdrawn_by=withdrawn_by, now=now)
    return Withdrawn(
        name,
        valid_from,
        changes_between(gone, next_one or Edition(name, valid_from, ())),
        None if next_one is None else next_one.valid_from,
    )


def _of_day(rows: Sequence[EditionRow], name: str, valid_from: date) -> list[EditionRow]:
    """The editions of a classifier that were imported for a day, the last import last."""
    return [
        row
        for row in rows
        if (row.classifier, row.valid_from) == (name, valid_from) and not row.withdrawn
    ]


def changes_between(before: Edition | None, after: Edition) -> Changes:
    """What differs; against nothing, everything is added."""
    old: Mapping[str, Entry] = {} if before is None else before.by_code
    new = after.by_code
    both = [(old[code], new[code]) for code in new if code in old]
    return Changes(
        added=tuple(entry for code, entry in new.items() if code not in old),
        renamed=tuple(pair for pair in both if pair[0].names != pair[1].names),
        moved=tuple(
            pair
            for pair in both
            if (pair[0].parent, pair[0].level) != (pair[1].parent, pair[1].level)
        ),
        gone=tuple(entry for code, entry in old.items() if code not in new),
    )


def import_shipped(connection: Any, folder: Path, *, imported_by: str, now: datetime) -> None:
    """Imports the editions of a folder, but not of classifiers that have an edition already."""
    known = {row.classifier for row in ClassifierTables().rows(connection)}
    for edition, source, data in read_shipped(folder):
        if edition.classifier not in known:
            add_edition(
                connection,
                edition,
                source=source,
                sha256=hashlib.sha256(data).hexdigest(),
                imported_by=imported_by,
                now=now,
            )
