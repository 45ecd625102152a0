"""`qadam deploy`: the folder of diagrams becomes the newest version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from engine.decisions import DECISIONS
from engine.errors import DeploymentRefused
from engine.problems import Problem, Wording
from engine.results import Deployed
from web.bootstrap import read_resources
from web.cli.failure import Failure
from web.cli.lint import Located, examined, in_files, tell_problems
from web.cli.surroundings import configured, language_option, opened
from web.cli.words import word
from web.configuration import Configuration

_DEPLOYED = Wording(
    en="deployed {name} version {version}",
    ru="развёрнуто: {name}, версия {version}",
    kk="орналастырылды: {name}, {version}-нұсқа",
)
_UNCHANGED = Wording(
    en="unchanged {name} version {version}",
    ru="без изменений: {name}, версия {version}",
    kk="өзгеріссіз: {name}, {version}-нұсқа",
)
_DEPLOYED_DECISION = Wording(
    en="deployed decision {name} version {version}",
    ru="развёрнуто решение {name}, версия {version}",
    kk="{name} шешімі орналастырылды, {version}-нұсқа",
)
_UNCHANGED_DECISION = Wording(
    en="unchanged decision {name} version {version}",
    ru="без изменений: решение {name}, версия {version}",
    kk="өзгеріссіз: {name} шешімі, {version}-нұсқа",
)
_REFUSED = Wording(
    en="nothing was deployed: {count} problem(s) in {files}",
    ru="ничего не развёрнуто: проблем в {files}: {count}",
    kk="ештеңе орналастырылған жоқ: {files} ішіндегі қателер: {count}",
)
_NOT_ALONE = Wording(
    en="{path} is no {ending} file in {folder}: everything else is deployed with the whole folder",
    ru="{path} – не файл {ending} в {folder}: всё остальное развёртывается вместе с папкой",
    kk="{path} – {folder} ішіндегі {ending} файлы емес: қалғанының бәрі қалтамен бірге "
    "орналастырылады",
)


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
    resources = _chosen(decisions, configuration, language) or read_resources(
        configuration.diagrams
    )
    installation = opened(configuration)
    try:
        deployed = installation.deploy(note=note, force=force, resources=resources)
    except DeploymentRefused as refused:
        raise refusal(refused, configuration, language, resources) from refused
    finally:
        installation.engine.close()
    if deployed.warnings:
        _warn(examined(resources, configuration), deployed.warnings, language)
    for wording, name, version in _told(deployed):
        click.echo(wording.fill({"name": name, "version": version})[language])


def _warn(problems: Sequence[Located], otherwise: Sequence[str], language: str) -> None:
    """Prints the warnings in the language asked for; in English those that only all files show."""
    warnings = [each for each in problems if each.problem.severity == "warning"]
    tell_problems(warnings, language)
    for sentence in otherwise if not warnings else ():
        click.echo(f"{word('warning', language)}: {sentence}")


def _told(deployed: Deployed) -> Iterator[tuple[Wording, str, int]]:
    for definition in deployed.definitions:
        yield _DEPLOYED, definition.process_id, definition.version
    for definition in deployed.unchanged:
        yield _UNCHANGED, definition.process_id, definition.version
    for decision in deployed.decisions:
        yield _DEPLOYED_DECISION, decision.decision_id, decision.version
    for decision in deployed.unchanged_decisions:
        yield _UNCHANGED_DECISION, decision.decision_id, decision.version


def _chosen(
    decisions: Sequence[Path], configuration: Configuration, language: str
) -> dict[str, bytes]:
    """The files by their path below the folder of diagrams. Raises Failure."""
    folder = configuration.diagrams.resolve()
    found: dict[str, bytes] = {}
    for path in decisions:
        file = path.resolve()
        if file.suffix != DECISIONS or not file.is_relative_to(folder):
            details = {"path": path, "ending": DECISIONS, "folder": configuration.diagrams}
            raise Failure(_NOT_ALONE.fill(details)[language])
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
    errors = [each for each in problems if each.problem.severity == "error"]
    if not errors:
        errors = [Located(None, each) for each in refused.problems if isinstance(each, Problem)]
    tell_problems(errors, language)
    details = {
        "count": len(errors) or len(refused.problems),
        "files": in_files(errors, configuration.diagrams.name),
    }
    return Failure(_REFUSED.fill(details)[language])
