"""The gate of decision files: each is read, compiled and analysed; a decision is in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.decisions.files import DecisionFile, in_file, read_files
from engine.diagram import ENGINE_FUNCTIONS, DecisionFacts, Problem
from engine.diagram.problems import Wording, make_problem
from engine.dmn import DmnRefused
from engine.dmn.analysis import analyse
from engine.dmn.analysis.kinds import UNKNOWN_NAME

_REPEATED = Wording(
    en="Expected the decision {id} in one file, but {file} and {first} have it.",
    ru="Ожидалось решение {id} в одном файле, но оно есть в {file} и в {first}.",
    kk="{id} шешімі бір файлда болуы керек, бірақ ол {file} және {first} файлдарында бар.",
)


@dataclass(frozen=True)
class CheckedDecisions:
    """What was found: `files` that can be evaluated, by name, `facts` of their decisions by id."""

    problems: tuple[Problem, ...]
    files: Mapping[str, DecisionFile]
    facts: Mapping[str, DecisionFacts]


def check_decisions(resources: Mapping[str, bytes]) -> CheckedDecisions:
    """Checks the `.dmn` files among `resources`; never raises for what they hold.

    A file that can't be evaluated is analysed all the same, as far as it can be read; the problems
    of each file are in the order of its lines.
    """
    files, problems = read_files(resources)
    refused = {name: _refusal(file) for name, file in files.items()}
    told: dict[str, tuple[Problem, ...]] = {}
    for name, file in sorted(files.items(), key=lambda each: len(each[1].models)):
        before = {each for other in _imported(file, files) for each in told.get(other, ())}
        told[name] = refused[name]
        own = [each for each in refused[name] if each not in before]
        known = {_saying(each) for each in refused[name]}
        own += [each for each in _doubts(file) if _saying(each) not in known]
        problems.extend(in_file(name, sorted(own, key=_line)))
    problems.extend(_repeated(files))
    facts = {each.id: each for file in files.values() for each in file.facts}
    passed = {name: file for name, file in files.items() if not refused[name]}
    return CheckedDecisions(tuple(dict.fromkeys(problems)), passed, facts)


def _refusal(file: DecisionFile) -> tuple[Problem, ...]:
    """Why a file can't be evaluated, be it for something that it imports."""
    try:
        file.compile()
    except DmnRefused as refused:
        return refused.problems
    return ()


def _saying(problem: Problem) -> tuple[str, int | None, str]:
    """Equal for what compiling and analysing say alike."""
    return problem.rule, problem.line, problem.message


def _line(problem: Problem) -> int:
    return problem.line or 0


def _imported(file: DecisionFile, files: Mapping[str, DecisionFile]) -> Iterator[str]:
    """The names of the files that a file imports."""
    for name, other in files.items():
        if any(other.model is model for model in file.models[1:]):
            yield name


def _doubts(file: DecisionFile) -> Iterator[Problem]:
    """What the file's text tells of rows and names that do not do what they seem to do.

    What is certainly wrong refuses the file: rules that contradict each other, results of another
    type, and a name that nothing has, which would be null for ever.
    """
    for finding in analyse(file.model, file.models[1:], ENGINE_FUNCTIONS):
        yield Problem(
            finding.decision_id,
            finding.line,
            finding.code,
            "error" if finding.code == UNKNOWN_NAME.code else finding.severity,
            finding.message,
            finding.messages,
        )


def _repeated(files: Mapping[str, DecisionFile]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, file in files.items():
        for decision in file.model.decisions:
            if decision.id is None:
                continue
            if decision.id in first:
                yield make_problem(
                    "decision-once",
                    _REPEATED,
                    {"id": decision.id, "file": name, "first": first[decision.id]},
                    element_id=decision.id,
                    line=decision.line,
                )
            first.setdefault(decision.id, name)
