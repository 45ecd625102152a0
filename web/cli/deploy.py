"""`qadam deploy`: the folder of diagrams becomes the newest version."""

from __future__ import annotations

import click

from engine.errors import DeploymentRefused
from web.bootstrap import read_resources
from web.cli.failure import Failure
from web.cli.lint import examined, tell_problems
from web.cli.surroundings import configured, language_option, opened
from web.configuration import Configuration


@click.command()
@click.option("--note", default="", help="Why; kept with the deployment.")
@click.option("--force", is_flag=True, help="Also over a newer version made in the browser.")
@language_option
def deploy(note: str, force: bool, language: str) -> None:
    """Deploys the folder of diagrams.

    What did not change keeps its version; running instances stay on theirs.
    """
    configuration = configured()
    installation = opened(configuration)
    try:
        deployed = installation.deploy(note=note, force=force)
    except DeploymentRefused as refused:
        raise refusal(refused, configuration, language) from refused
    finally:
        installation.engine.close()
    for warning in deployed.warnings:
        click.echo(f"warning: {warning}")
    for definition in deployed.definitions:
        click.echo(f"deployed {definition.process_id} version {definition.version}")
    for definition in deployed.unchanged:
        click.echo(f"unchanged {definition.process_id} version {definition.version}")


def refusal(refused: DeploymentRefused, configuration: Configuration, language: str) -> Failure:
    """Prints what is wrong, file by file, and says that nothing was deployed."""
    problems = examined(read_resources(configuration.diagrams), configuration)
    tell_problems((each for each in problems if each.problem.severity == "error"), language)
    return Failure(f"nothing was deployed: {len(refused.problems)} problem(s)")
