"""Who chooses from a classifier of an installation, and what refers to its codes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from engine.identity import Actor
from engine.process_engine import ProcessEngine
from handlers.shared.classifiers import EditionRow

_OPTIONS = "x-options"


def known_classifiers(diagrams: Path, rows: Collection[EditionRow]) -> set[str]:
    """The classifiers that have an edition, or that a form beside the diagrams chooses from."""
    return {row.classifier for row in rows} | {
        name for file in diagrams.rglob("forms/*.json") for name in _named_in(file)
    }


def _named_in(file: Path) -> Iterator[str]:
    try:
        schema = json.loads(file.read_bytes())
        for field in schema["properties"].values():
            classifier = field.get(_OPTIONS, {}).get("classifier")
            if isinstance(classifier, str):
                yield classifier
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # The gate says what is wrong with a form.


def rows_without_codes(
    engine: ProcessEngine, name: str, day: date, before: Collection[str], after: Collection[str]
) -> list[str]:
    """Keys of dated tables, `kato/75`, that no code begins with any more: `centres: kato/75 …`.

    Those in force on the day or later are looked at.
    """
    found: list[str] = []
    operator, head = Actor.system(), f"{name}/"
    for table in engine.queries.dated_tables(operator):
        view = engine.queries.dated_table(operator, table.name)
        for key in sorted({row.key for row in view.rows if _holds_from(row.span.last, day)}):
            beginning = key.removeprefix(head)
            if not key.startswith(head) or not _any(before, beginning) or _any(after, beginning):
                continue
            names = view.key_names.get(key, {})
            found.append(f"{table.name}: {key} {names.get('ru', '')}".rstrip())
    return found


def _holds_from(last: date | None, day: date) -> bool:
    return last is None or last >= day


def _any(codes: Collection[str], beginning: str) -> bool:
    return any(code.startswith(beginning) for code in codes)


def cases_with_codes(engine: ProcessEngine, name: str, codes: Collection[str]) -> list[str]:
    """Open cases that hold one of the codes: `2026-000002: settlement 751110000`."""
    used = engine.queries.codes_in_use(Actor.system(), name, codes) if codes else ()
    return [
        f"{each.case}: {each.field} {each.code}{' (a draft)' if each.in_draft else ''}"
        for each in used
    ]
