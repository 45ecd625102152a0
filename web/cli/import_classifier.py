"""`qadam import-classifier`: a new edition of KATO, of the professions, of the banks."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from handlers.shared.classifier_files import ClassifierRefused
from handlers.shared.classifier_import import Changes, Imported, import_classifier
from handlers.shared.classifiers import Entry
from web.cli.failure import Failure
from web.cli.surroundings import configured, language_option, opened

_MOST = 20


@click.command("import-classifier")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from",
    "valid_from",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day on which the edition is in force.",
)
@click.option("--source", default="", help="Where the file is from; a JSON file may say it itself.")
@language_option
def import_classifier_command(
    name: str, file: Path, valid_from: datetime, source: str, language: str
) -> None:
    """Imports an edition of the classifier NAME (kato, professions, banks) from FILE.

    FILE is CSV or JSON in UTF-8. Says what was added, renamed, moved and what is gone. A file with
    anything wrong changes nothing, and its lines are named. Earlier editions stay.
    """
    installation = opened(configured())
    engine = installation.engine
    try:
        with engine.database.transaction() as connection:
            imported = import_classifier(
                connection,
                name,
                file.read_bytes(),
                valid_from=valid_from.date(),
                source=source,
                imported_by=getpass.getuser(),
                now=engine.surroundings.clock(),
            )
    except ClassifierRefused as refused:
        raise Failure(str(refused)) from refused
    finally:
        engine.close()
    _tell(imported, language)


def _tell(imported: Imported, language: str) -> None:
    if imported.already:
        click.echo(
            f"unchanged: this file is the edition of {imported.classifier} "
            f"from {imported.valid_from} already"
        )
        return
    changes = imported.changes
    click.echo(
        f"imported {imported.classifier}: {imported.size} entries, in force from "
        f"{imported.valid_from}{_when(imported.valid_from)}"
    )
    _tell_changes(changes, language)


def _when(first: date) -> str:
    return " (not yet)" if first > date.today() else ""


def _tell_changes(changes: Changes, language: str) -> None:
    if not changes:
        click.echo("nothing differs from the edition before")
    _listed("added", [_entry(each, language) for each in changes.added])
    _listed(
        "renamed",
        [f"{_entry(old, language)} -> {_name(new, language)}" for old, new in changes.renamed],
    )
    _listed(
        "moved",
        [f"{_entry(new, language)}: {_place(old)} -> {_place(new)}" for old, new in changes.moved],
    )
    _listed("gone", [_entry(each, language) for each in changes.gone])


def _listed(what: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    click.echo(f"{what}: {len(lines)}")
    for line in lines[:_MOST]:
        click.echo(f"  {line}")
    if len(lines) > _MOST:
        click.echo(f"  and {len(lines) - _MOST} more")


def _entry(entry: Entry, language: str) -> str:
    return f"{entry.code} {_name(entry, language)}"


def _name(entry: Entry, language: str) -> str:
    names = entry.names
    return names.get(language) or names.get("ru") or names.get("kk") or ""


def _place(entry: Entry) -> str:
    return f"{entry.level or '-'} below {entry.parent or 'nothing'}"
