"""`qadam check-registries`."""

from __future__ import annotations

import click

from web.cli.failure import Failure
from web.cli.surroundings import configured, existing_database, opened


@click.command("check-registries")
def check_registries() -> None:
    """Asks every registry whether it answers.

    About a number that is nobody's. Exit code 1 where one gives no usable answer.
    """
    configuration = configured()
    existing_database(configuration).close()
    installation = opened(configuration)
    try:
        checks = installation.checks
        problems = {} if checks is None else checks.registry_problems()
    finally:
        installation.engine.close()
    for registry, problem in problems.items():
        click.echo(f"{registry}: {problem}")
    if problems:
        raise Failure(f"{len(problems)} registries give no usable answer")
    click.echo("All registries answer.")
