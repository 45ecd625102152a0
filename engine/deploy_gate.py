"""The deploy gate: a set of files is executed as BPMN says, or refused with every reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.completion_check import Check
from engine.decisions import DECISIONS, DecisionFile, check_decisions
from engine.diagram import (
    DecisionFacts,
    DecisionInput,
    Diagram,
    DiagramRefused,
    Problem,
    Surroundings,
    check_diagram,
    read_diagram,
    resource_problems,
)
from engine.diagram.problems import Wording, make_problem
from engine.external_task import Handler
from engine.forms import FormDataField, FormUnreadable, form_from_fields, written_out
from engine.identity import Directory
from engine.spiff import CompileError, Specification, compile_process
from engine.store import decisions as decisions_store
from engine.store import deployments
from engine.store.codec import load_json

DIAGRAM = ".bpmn"


@dataclass(frozen=True)
class CheckedDiagram:
    """A diagram that passed, with the token specification of each executable process."""

    diagram: Diagram
    specifications: Mapping[str, Specification]


@dataclass(frozen=True)
class Verdict:
    """What the gate found: `problems` of all files, and the diagrams and decisions that passed."""

    problems: tuple[Problem, ...]
    diagrams: tuple[CheckedDiagram, ...]
    decision_files: Mapping[str, DecisionFile] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The reasons to refuse."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What to look at again."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def examine(
    resources: Mapping[str, bytes],
    directory: Directory,
    handlers: Mapping[str, Handler],
    checks: Mapping[str, Check],
    deployed: Mapping[str, DecisionFacts] | None = None,
) -> Verdict:
    """Checks every file of a deployment; never raises for what the files hold.

    `deployed` are the decisions there are already; those of the files come before them.
    """
    decisions = check_decisions(resources)
    surroundings = Surroundings(
        groups=directory.groups(),
        users=directory.users(),
        topics={topic: handler.contract for topic, handler in handlers.items()},
        checks=frozenset(checks),
        resources=written_out(resources),
        decisions={**(deployed or {}), **decisions.facts},
    )
    problems: list[Problem] = [*resource_problems(resources), *decisions.problems]
    passed: list[CheckedDiagram] = []
    names = sorted(name for name in resources if name.endswith(DIAGRAM))
    if not names and not any(name.endswith(DECISIONS) for name in resources):
        problems.append(make_problem("diagram-present", _NOTHING, {}))
    for name in names:
        found, checked = _examine_diagram(name, resources[name], surroundings)
        problems.extend(found)
        if checked is not None:
            passed.append(checked)
    problems.extend(_repeated_processes(passed))
    return Verdict(tuple(problems), tuple(passed), decisions.files)


def deployed_decisions(connection: Any, tenant: str) -> dict[str, DecisionFacts]:
    """The decisions of a tenant that may be called, by id, as their newest versions are."""
    return {
        record.decision_id: DecisionFacts(
            record.decision_id,
            record.name,
            tuple(DecisionInput(**each) for each in load_json(record.inputs)),
        )
        for record in decisions_store.newest_of_each(connection, tenant)
    }


_NOTHING = Wording(
    en="Expected a diagram or a file of decisions in the deployment, but there is none.",
    ru="Ожидалась диаграмма или файл решений, но в развёртывании их нет.",
    kk="Орналастыруда диаграмма не шешімдер файлы болуы керек, бірақ олар жоқ.",
)
_REPEATED = Wording(
    en="Expected the process id {id} in one diagram, but {first} has it too.",
    ru="Ожидался идентификатор процесса {id} в одной диаграмме, но он есть и в {first}.",
    kk="{id} процесінің идентификаторы бір диаграммада болуы керек, "
    "бірақ ол {first} файлында да бар.",
)


def _repeated_processes(diagrams: Sequence[CheckedDiagram]) -> Iterator[Problem]:
    """Two diagrams of one deployment must not define the same process."""
    seen: dict[str, str] = {}
    for diagram in (checked.diagram for checked in diagrams):
        for process in diagram.executable:
            if process.id in seen:
                yield make_problem(
                    "process-once",
                    _REPEATED,
                    {"id": process.id, "first": seen[process.id]},
                    element_id=process.id,
                    line=process.line,
                )
            seen.setdefault(process.id, diagram.file_name)


_DRAWN_FORM = Wording(
    en="Expected the form drawn at {id} to be one that can be shown, but: {reason}.",
    ru="Ожидалось, что форму, нарисованную у {id}, можно показать, но: {reason}.",
    kk="{id} элементінде сызылған форма көрсетуге жарамды болуы керек, бірақ: {reason}.",
)


def _drawn_forms(diagram: Diagram) -> Iterator[Problem]:
    """Forms drawn in the modeler (camunda:formData) must be readable before anyone opens them."""
    for process in diagram.executable:
        for element in process.elements.values():
            if not element.form_fields or element.form_key is not None:
                continue
            try:
                drawn = [FormDataField.from_facts(field) for field in element.form_fields]
                form_from_fields(element.id, drawn)
            except FormUnreadable as error:
                yield make_problem(
                    "drawn-form",
                    _DRAWN_FORM,
                    {"id": element.id, "reason": "; ".join(error.problems)},
                    element_id=element.id,
                    line=element.line,
                )


def _examine_diagram(
    name: str, content: bytes, surroundings: Surroundings
) -> tuple[list[Problem], CheckedDiagram | None]:
    try:
        diagram = read_diagram(content, name)
    except DiagramRefused as refused:
        return list(refused.problems), None
    problems = [*check_diagram(diagram, surroundings), *_drawn_forms(diagram)]
    if any(problem.severity == "error" for problem in problems):
        return problems, None
    try:
        specifications = {
            process.id: compile_process(diagram.root, process.id) for process in diagram.executable
        }
    except CompileError as error:
        problems.append(Problem(error.element_id, error.line, "compiles", "error", error.reason))
        return problems, None
    return problems, CheckedDiagram(diagram, specifications)


def examine_running(
    connection: Any,
    directory: Directory,
    handlers: Mapping[str, Handler],
    checks: Mapping[str, Check],
) -> Verdict:
    """Checks every version that still has instances against the handlers and decisions of today.

    A version was right when it was deployed; a handler that was renamed or reads more since then,
    or a decision that does, would end in incidents.
    """
    problems: list[Problem] = []
    diagrams: list[CheckedDiagram] = []
    places = {
        (record.tenant, record.deployment_id, record.resource_name)
        for record in deployments.with_live_instances(connection)
    }
    deployed = {tenant: deployed_decisions(connection, tenant) for tenant, _, _ in places}
    for tenant, deployment_id, name in sorted(places):
        files = deployments.resources(connection, deployment_id)
        others = {
            other: file for other, file in files.items() if not other.endswith((DIAGRAM, DECISIONS))
        }
        verdict = examine(
            {**others, name: files[name]}, directory, handlers, checks, deployed[tenant]
        )
        problems.extend(verdict.problems)
        diagrams.extend(verdict.diagrams)
    return Verdict(tuple(problems), tuple(diagrams))
