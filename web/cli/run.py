"""`qadam run`: a process, walked in the terminal."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from engine.errors import DeploymentRefused
from web.cli.deploy import refusal
from web.cli.surroundings import configured, language_option, thrown_away
from web.walk import Script, Terminal, Walk, read_script


@click.command()
@click.argument("process_id")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON with the answers to each task; without it you are asked.",
)
@language_option
def run(process_id: str, answers: Path | None, language: str) -> None:
    """Walks a process in the terminal.

    On a database of its own that is thrown away.
    """
    guide: Script | Terminal = Terminal(language) if answers is None else read_script(answers)
    with tempfile.TemporaryDirectory(prefix="qadam-run-") as folder:
        configuration = thrown_away(configured(), Path(folder))
        walk = Walk(configuration, guide, language, click.echo)
        try:
            walk.go(process_id)
        except DeploymentRefused as refused:
            raise refusal(refused, configuration, language) from refused
        finally:
            walk.close()
