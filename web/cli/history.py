"""`qadam verify-history` and `qadam anchor-history`."""

from __future__ import annotations

from pathlib import Path

import click

from engine import history_check
from engine.opening import utc_now
from web.cli.surroundings import configured, existing_database

KEY_FILE = "anchor_key"
"""The file in the data folder with the key that signs anchors."""


@click.command("verify-history")
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Anchors kept outside the database, from anchor-history.",
)
def verify_history(anchors: Path | None) -> None:
    """Checks every chain of history.

    Says where one was changed, cut or rewritten, and ends with exit code 1 then.
    """
    database = existing_database(configured())
    try:
        with database.reading() as connection:
            report = history_check.verify_history(connection)
            faults = list(report.faults)
            if anchors is not None:
                text = anchors.read_text(encoding="utf-8", errors="replace")
                faults.extend(history_check.check_anchors(connection, text))
    finally:
        database.close()
    for fault in faults:
        click.echo(f"fault: {fault}")
    click.echo(f"{report.chains} chain(s), {report.events} event(s), {len(faults)} fault(s)")
    if faults:
        raise SystemExit(1)


@click.command("anchor-history")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def anchor_history(file: Path) -> None:
    """Appends a signed digest of all chains to FILE.

    Keep it outside this machine: against it, a cut or rewritten chain shows.
    """
    configuration = configured()
    database = existing_database(configuration)
    try:
        with database.reading() as connection:
            key_file = configuration.data / KEY_FILE
            line = history_check.anchor_history(connection, key_file, utc_now())
    finally:
        database.close()
    with file.open("a", encoding="utf-8") as output:
        output.write(line + "\n")
    click.echo(f"anchored in {file}")
