"""`qadam deploy`: the folder of diagrams becomes the newest version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from engine.decisions import DECISIONS
from engine.errors import DeploymentRefused
from web.bootstrap import read_resources
from web.cli.failure import Failure
from web.cli.lint import examined, tell_problems
from web.cli.surroundings import configured, language_option, opened
from web.configuration import Configuration


@click.command()
@click.argument(
    "decisions",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--note", default="", help="Why; kept with the deployment.")
@click.option("--force", is_flag=True, help="Also over a newer version made in the browser.")
@language_option
def deploy(decisions: tuple[Path, ...], note: str, force: bool, language: str) -> None:
    """Deploys the folder of diagrams, or only the files of DECISIONS in it.

    What did not change keeps its version; running instances stay on theirs, but ask the newest
    version of a decision unless their diagram says otherwise.
    """
    configuration = configured()
    resources = _chosen(decisions, configuration) or read_resources(configuration.diagrams)
    installation = opened(configuration)
    try:
        deployed = installation.deploy(note=note, force=force, resources=resources)
    except DeploymentRefused as refused:
        raise refusal(refused, configuration, language, resources) from refused
    finally:
        installation.engine.close()
    for warning in deployed.warnings:
        click.echo(f"warning: {warning}")
    for definition in deployed.definitions:
        click.echo(f"deployed {definition.process_id} version {definition.version}")
    for definition in deployed.unchanged:
        click.echo(f"unchanged {definition.process_id} version {definition.version}")
    for decision in deployed.decisions:
        click.echo(f"deployed decision {decision.decision_id} version {decision.version}")
    for decision in deployed.unchanged_decisions:
        click.echo(f"unchanged decision {decision.decision_id} version {decision.version}")


def _chosen(decisions: Sequence[Path], configuration: Configuration) -> dict[str, bytes]:
    """The files by their path below the folder of diagrams. Raises Failure."""
    folder = configuration.diagrams.resolve()
    found: dict[str, bytes] = {}
    for path in decisions:
        file = path.resolve()
        if file.suffix != DECISIONS or not file.is_relative_to(folder):
            raise Failure(
                f"{path} is no {DECISIONS} file in {configuration.diagrams}: "
                "everything else is deployed with the whole folder"
            )
        found[file.relative_to(folder).as_posix()] = file.read_bytes()
    return found


def refusal(
    refused: DeploymentRefused,
    configuration: Configuration,
    language: str,
    resources: Mapping[str, bytes] | None = None,
) -> Failure:
    """Prints what is wrong, file by file, and says that nothing was deployed."""
    if resources is None:
        resources = read_resources(configuration.diagrams)
    problems = examined(resources, configuration)
    tell_problems((each for each in problems if each.problem.severity == "error"), language)
    return Failure(f"nothing was deployed: {len(refused.problems)} problem(s)")
