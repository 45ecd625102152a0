"""The tables of classifiers: editions and their entries.

Rows are added, never changed, but for noting that an edition was withdrawn.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from handlers.shared.classifiers import Edition, EditionRow, Entry
from handlers.shared.records import as_text, metadata

classifier_edition = Table(
    "shared_classifier_edition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("classifier", String(64), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("source", Text, nullable=False),
    Column("imported_at", String(32), nullable=False),
    Column("imported_by", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("withdrawn_at", String(32)),
    Column("withdrawn_by", String(255)),
    Index("shared_classifier_edition_name", "classifier", "valid_from"),
)

classifier_entry = Table(
    "shared_classifier_entry",
    metadata,
    Column("edition_id", Integer, ForeignKey("shared_classifier_edition.id"), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("parent", String(64)),
    Column("level", String(64)),
    Column("names", JSON, nullable=False),
    Column("attributes", JSON, nullable=False),
)

_EDITIONS = select(classifier_edition).order_by(classifier_edition.c.id)


class ClassifierTables:
    """Reads editions."""

    def rows(self, connection: Connection) -> list[EditionRow]:
        """Every edition, the oldest import first."""
        found = connection.execute(_EDITIONS)
        return [
            EditionRow(
                id=row.id,
                classifier=row.classifier,
                valid_from=date.fromisoformat(row.valid_from),
                source=row.source,
                imported_at=row.imported_at,
                imported_by=row.imported_by,
                sha256=row.sha256,
                size=row.size,
                withdrawn=row.withdrawn_at is not None,
            )
            for row in found
        ]

    def load(self, connection: Connection, edition_id: int) -> Edition:
        """One edition with its entries."""
        edition, entry = classifier_edition.c, classifier_entry.c
        of = connection.execute(
            select(edition.classifier, edition.valid_from).where(edition.id == edition_id)
        ).one()
        entries = connection.execute(
            select(entry.code, entry.parent, entry.level, entry.names, entry.attributes)
            .where(entry.edition_id == edition_id)
            .order_by(entry.place)
        )
        return Edition(
            classifier=of.classifier,
            valid_from=date.fromisoformat(of.valid_from),
            entries=tuple(
                Entry(row.code, dict(row.names), row.parent, row.level, dict(row.attributes))
                for row in entries
            ),
        )


def add_edition(
    connection: Connection,
    edition: Edition,
    *,
    source: str,
    sha256: str,
    imported_by: str,
    now: datetime,
) -> int:
    """Writes an edition; returns its id."""
    written = connection.execute(
        insert(classifier_edition).values(
            classifier=edition.classifier,
            valid_from=edition.valid_from.isoformat(),
            source=source,
            imported_at=as_text(now),
            imported_by=imported_by,
            sha256=sha256,
            size=len(edition.entries),
        )
    )
    key: Any = written.inserted_primary_key
    edition_id = int(key[0])
    rows: list[dict[str, Any]] = [
        {
            "edition_id": edition_id,
            "code": entry.code,
            "place": place,
            "parent": entry.parent,
            "level": entry.level,
            "names": entry.names,
            "attributes": dict(entry.attributes),
        }
        for place, entry in enumerate(edition.entries)
    ]
    connection.execute(insert(classifier_entry), rows)
    return edition_id


def withdraw_edition(
    connection: Connection, edition_id: int, *, withdrawn_by: str, now: datetime
) -> None:
    """An edition is in force on no day any more. What its codes are called stays known."""
    connection.execute(
        update(classifier_edition)
        .where(classifier_edition.c.id == edition_id)
        .values(withdrawn_at=as_text(now), withdrawn_by=withdrawn_by)
    )
