"""`qadam import-classifier`, `qadam withdraw-classifier`: editions of KATO, professions, banks."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click

from engine.near_names import or_meant
from engine.process_engine import ProcessEngine
from handlers.shared.classifier_files import ClassifierRefused
from handlers.shared.classifier_import import Changes, Imported, import_classifier, withdraw
from handlers.shared.classifier_records import ClassifierTables
from handlers.shared.classifiers import ClassifiersOnDay, Edition, Entry
from web.cli.classifier_uses import cases_with_codes, known_classifiers, rows_without_codes
from web.cli.failure import Failure
from web.cli.surroundings import configured, language_option, opened

_MOST = 20
_FARTHEST = timedelta(days=366)
"""An edition that begins later than this after today is most likely a slip."""

_MOST_GONE = 0.1
"""The share of codes that may be gone without --replace: more is most likely part of a file."""

_first_day = click.option(
    "--from",
    "valid_from",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day on which the edition is in force.",
)
_yes = click.option("--yes", is_flag=True, help="Do it without asking.")


@click.command("import-classifier")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_first_day
@click.option("--source", default="", help="Where the file is from; a JSON file may say it itself.")
@click.option("--replace", is_flag=True, help="Though more than a tenth of the codes goes.")
@_yes
@language_option
def import_classifier_command(
    name: str,
    file: Path,
    valid_from: datetime,
    source: str,
    replace: bool,
    yes: bool,
    language: str,
) -> None:
    """Imports an edition of the classifier NAME (kato, professions, banks) from FILE.

    FILE is CSV or JSON in UTF-8. Says what would be added, renamed, moved and gone, and which
    tables and open cases refer to codes that go; then asks. A file with anything wrong changes
    nothing, and its lines are named. Earlier editions stay.
    """
    configuration = configured()
    engine = opened(configuration).engine
    first = valid_from.date()
    bring: Any = partial(
        import_classifier,
        name=name,
        data=file.read_bytes(),
        valid_from=first,
        source=source,
        imported_by=getpass.getuser(),
        now=engine.surroundings.clock(),
    )
    try:
        with engine.database.reading() as connection:
            rows = ClassifierTables().rows(connection)
            _require_known(name, known_classifiers(configuration.diagrams, rows))
            planned: Imported = bring(connection, is_trial=True)
        if planned.already:
            click.echo(
                f"unchanged: this file is the edition of {name} from {planned.valid_from} already"
            )
            return
        today = engine.surroundings.clock().date()
        _require_near(first, today)
        later = " (not yet)" if first > today else ""
        click.echo(f"{name}: {planned.size} entries, in force from {first}{later}")
        _tell_changes(planned.changes, language)
        _tell_uses(engine, name, first, planned.changes)
        if planned.share_gone > _MOST_GONE and not replace:
            raise Failure(
                f"{len(planned.changes.gone)} of {planned.before} codes of {name} would be gone: "
                "nothing was imported. A file has to hold the whole classifier; where it does, "
                "add --replace"
            )
        _ask(yes, "Import it?")
        with engine.database.transaction() as connection:
            imported: Imported = bring(connection, is_trial=True)
            if imported.changes != planned.changes:
                raise Failure("another edition was imported meanwhile: nothing was done")
            bring(connection)
    except ClassifierRefused as refused:
        raise Failure(str(refused)) from refused
    finally:
        engine.close()
    click.echo(f"imported {name}: {planned.size} entries")


@click.command("withdraw-classifier")
@click.argument("name")
@_first_day
@_yes
@language_option
def withdraw_classifier(name: str, valid_from: datetime, yes: bool, language: str) -> None:
    """Withdraws the edition of NAME that was imported last for a day.

    The edition before is in force again from that day. Says what that changes, and asks. What was
    answered with its codes stays, and is still called what it was.
    """
    engine = opened(configured()).engine
    first = valid_from.date()
    take: Any = partial(
        withdraw,
        name=name,
        valid_from=first,
        withdrawn_by=getpass.getuser(),
        now=engine.surroundings.clock(),
    )
    try:
        with engine.database.reading() as connection:
            planned = take(connection, is_trial=True)
        if planned.after is None:
            click.echo(f"{name}: no edition is left that is in force on {first}: nothing to choose")
        else:
            click.echo(f"{name}: from {first} the edition from {planned.after} is in force again")
        _tell_changes(planned.changes, language)
        _tell_uses(engine, name, first, planned.changes)
        _ask(yes, "Withdraw it?")
        with engine.database.transaction() as connection:
            if take(connection, is_trial=True) != planned:
                raise Failure("another edition was imported meanwhile: nothing was done")
            take(connection)
    except ClassifierRefused as refused:
        raise Failure(str(refused)) from refused
    finally:
        engine.close()
    click.echo(f"withdrawn: the edition of {name} from {first}")


def _require_known(name: str, known: set[str]) -> None:
    if name not in known:
        meant = or_meant(name, known)["en"]
        raise Failure(
            f"no form chooses from a classifier {name}, and none was imported{meant} "
            "Nothing was imported"
        )


def _require_near(first: date, today: date) -> None:
    if first > today + _FARTHEST:
        raise Failure(
            f"{first} is more than a year from today, {today}: nothing was imported. "
            "Import the edition when its first day is nearer"
        )


def _ask(yes: bool, question: str) -> None:
    """Raises Abort where the answer is no, or nobody is there to give one."""
    if not yes:
        click.confirm(question, abort=True)


def _tell_uses(engine: ProcessEngine, name: str, first: date, changes: Changes) -> None:
    """What refers to codes that go."""
    gone = {entry.code for entry in changes.gone}
    if not gone:
        return
    with engine.database.reading() as connection:
        tables = ClassifierTables()
        on_day = ClassifiersOnDay(
            first, tables.rows(connection), lambda each: tables.load(connection, each)
        )
        before = on_day.find(name) or Edition(name, first, ())
    codes = set(before.by_code)
    after = (codes - gone) | {entry.code for entry in changes.added}
    _listed(
        "rows of tables with no code left", rows_without_codes(engine, name, first, codes, after)
    )
    _listed("open cases with codes that go", cases_with_codes(engine, name, gone))


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
