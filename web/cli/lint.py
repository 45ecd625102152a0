"""`qadam lint`: what the deploy gate would say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from engine.deploy_gate import DIAGRAM, examine
from engine.diagram import Problem, resource_problems
from handlers import discover
from web.bootstrap import read_resources
from web.cli.failure import Failure
from web.cli.surroundings import configured, language_option, people_of
from web.configuration import Configuration


@dataclass(frozen=True)
class Located:
    """A problem with the diagram it is in; None where it names its file itself."""

    diagram: str | None
    problem: Problem

    def tell(self, language: str) -> str:
        """One line: file, severity, place, sentence, rule."""
        problem = self.problem
        line = None if problem.line is None else f"line {problem.line}"
        place = ", ".join(part for part in (line, problem.element_id) if part)
        parts = (self.diagram, problem.severity, place, problem.in_language(language))
        return f"{': '.join(part for part in parts if part)} [{problem.rule}]"


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@language_option
def lint(path: Path | None, language: str) -> None:
    """Checks diagrams as the deploy gate would.

    PATH is a folder, or one diagram in it; bpmn/ unless said.
    """
    configuration = configured()
    folder, only = _folder_and_diagram(path or configuration.diagrams)
    resources = read_resources(folder)
    if only is not None:
        resources = {
            name: content
            for name, content in resources.items()
            if name == only or not name.endswith(DIAGRAM)
        }
    problems = examined(resources, configuration)
    tell_problems(problems, language)
    errors = sum(each.problem.severity == "error" for each in problems)
    diagrams = sum(name.endswith(DIAGRAM) for name in resources)
    click.echo(f"{diagrams} diagram(s): {errors} error(s), {len(problems) - errors} warning(s)")
    if errors:
        raise SystemExit(1)


def examined(resources: Mapping[str, bytes], configuration: Configuration) -> list[Located]:
    """Everything that the deploy gate finds in these files, each diagram by itself."""
    found = [Located(None, problem) for problem in resource_problems(resources)]
    known = {each.problem for each in found}
    applications = discover()
    people = people_of(configuration)
    for name, files in _each_diagram(resources):
        verdict = examine(files, people, applications.handlers, applications.checks)
        found += [Located(name, each) for each in verdict.problems if each not in known]
    return found


def tell_problems(problems: Iterable[Located], language: str) -> None:
    """Prints a line for each problem."""
    for each in problems:
        click.echo(each.tell(language))


def _each_diagram(
    resources: Mapping[str, bytes],
) -> Iterator[tuple[str | None, Mapping[str, bytes]]]:
    """Each diagram with all files that are none; without any, the files alone."""
    others = {name: data for name, data in resources.items() if not name.endswith(DIAGRAM)}
    diagrams = sorted(resources.keys() - others.keys())
    if not diagrams:
        yield None, others
    for name in diagrams:
        yield name, {name: resources[name], **others}


def _folder_and_diagram(path: Path) -> tuple[Path, str | None]:
    if path.is_dir():
        return path, None
    if path.suffix != DIAGRAM:
        raise Failure(f"{path} is no diagram: give a {DIAGRAM} file, or the folder that holds it")
    return path.resolve().parent, path.name
