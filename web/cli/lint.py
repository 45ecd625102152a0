"""`qadam lint`: what the deploy gate would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from engine.decisions import DECISIONS, check_decisions
from engine.deploy_gate import DIAGRAM, examine
from engine.diagram import Problem, resource_problems
from engine.problems import Wording
from handlers import discover
from web.bootstrap import read_resources
from web.cli.decision_files import beside, imported
from web.cli.failure import Failure, Told
from web.cli.surroundings import configured, language_option, people_of
from web.cli.words import counted, word
from web.configuration import Configuration

_FOUND = Wording(
    en="{files}: {error} error(s), {warning} warning(s)",
    ru="{files}; ошибок: {error}, предупреждений: {warning}",
    kk="{files}; қателер: {error}, ескертулер: {warning}",
)
_NO_DIAGRAM = Wording(
    en="{path} is no diagram: give a {diagram} or a {decisions} file, or the folder that holds it",
    ru="{path} – не диаграмма: укажите файл {diagram} или {decisions} либо папку с ним",
    kk="{path} диаграмма емес: {diagram} не {decisions} файлын немесе ол жатқан қалтаны көрсетіңіз",
)


@dataclass(frozen=True)
class Located:
    """A problem with the file it is in; None where it names its file itself."""

    file: str | None
    problem: Problem

    def tell(self, language: str) -> str:
        """One line: file, severity, place, sentence, rule."""
        problem = self.problem
        line = None if problem.line is None else word("line", language, line=problem.line)
        place = ", ".join(part for part in (line, problem.element_id) if part)
        severity = word(problem.severity, language)
        parts = (self.file, severity, place, problem.in_language(language))
        return f"{': '.join(part for part in parts if part)} [{problem.rule}]"

    def as_json(self, language: str) -> Told:
        """The same as JSON."""
        return {
            "message": self.problem.in_language(language),
            "file": self.file,
            "line": self.problem.line,
            "element": self.problem.element_id,
            "rule": self.problem.rule,
        }


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@language_option
def lint(path: Path | None, language: str) -> None:
    """Checks diagrams and decisions as the deploy gate would.

    PATH is a folder, or one diagram or file of decisions in it; bpmn/ unless said.
    """
    configuration = configured()
    resources = _resources(path or configuration.diagrams, configuration, language)
    problems = examined(resources, configuration)
    tell_problems(problems, language)
    counts = Counter(each.problem.severity for each in problems)
    found = {"error": counts["error"], "warning": counts["warning"]}
    click.echo(_FOUND.fill({"files": counted(resources, language), **found})[language])
    if counts["error"]:
        raise SystemExit(1)


def examined(resources: Mapping[str, bytes], configuration: Configuration) -> list[Located]:
    """Everything that the deploy gate finds in these files, each diagram by itself."""
    decisions = check_decisions(resources)
    found = [Located(None, problem) for problem in resource_problems(resources)]
    known = {each.problem for each in found}
    found += [_of_decisions(problem, resources) for problem in decisions.problems]
    applications = discover()
    people = people_of(configuration)
    for name, files in _each_diagram(resources):
        verdict = examine(
            files, people, applications.handlers, applications.checks, decisions.facts
        )
        found += [Located(name, each) for each in verdict.problems if each not in known]
    return found


def errors_of_decisions(resources: Mapping[str, bytes]) -> list[Located]:
    """Why decisions among these files can't be deployed."""
    problems = check_decisions(resources).problems
    return [_of_decisions(each, resources) for each in problems if each.severity == "error"]


def _of_decisions(problem: Problem, resources: Mapping[str, bytes]) -> Located:
    """A problem of a file of decisions, whose name stands in front of its sentences."""
    for name in resources:
        before = f"{name}: "
        if problem.message.startswith(before):
            messages = {code: text.removeprefix(before) for code, text in problem.messages.items()}
            message = problem.message.removeprefix(before)
            return Located(name, replace(problem, message=message, messages=messages))
    return Located(None, problem)


def tell_problems(problems: Iterable[Located], language: str) -> None:
    """Prints a line for each problem."""
    for each in problems:
        click.echo(each.tell(language))


def in_files(problems: Iterable[Located], otherwise: str) -> str:
    """The files that problems are in, by name; `otherwise` where none says its file."""
    return ", ".join(sorted({each.file for each in problems if each.file})) or otherwise


def _each_diagram(
    resources: Mapping[str, bytes],
) -> Iterator[tuple[str | None, Mapping[str, bytes]]]:
    """Each diagram with the files that are neither diagrams nor decisions.

    Where there are neither of these, the other files alone.
    """
    others = {
        name: data for name, data in resources.items() if not name.endswith((DIAGRAM, DECISIONS))
    }
    if resources.keys() == others.keys():
        yield None, others
    for name in sorted(resources):
        if name.endswith(DIAGRAM):
            yield name, {name: resources[name], **others}


def _resources(path: Path, configuration: Configuration, language: str) -> dict[str, bytes]:
    """The files to look at. Raises Failure for a file that is neither diagram nor decisions."""
    if path.is_dir():
        return read_resources(path)
    if path.suffix == DECISIONS:
        return imported(*beside(path, configuration, language))
    if path.suffix != DIAGRAM:
        details = {"path": path, "diagram": DIAGRAM, "decisions": DECISIONS}
        raise Failure(_NO_DIAGRAM.fill(details)[language])
    resources = read_resources(path.resolve().parent)
    return {
        name: content
        for name, content in resources.items()
        if name == path.name or not name.endswith(DIAGRAM)
    }
