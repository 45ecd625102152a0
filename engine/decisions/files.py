"""The `.dmn` files of a deployment: each is read once, with what it imports from the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from engine.decisions.results import gives_list
from engine.diagram import DecisionFacts, DecisionInput, Problem
from engine.dmn import (
    Decision,
    Decisions,
    DecisionTable,
    DmnRefused,
    Model,
    compile_models,
    read_model,
)
from engine.dmn.questions import Question, questions
from engine.dmn.types import bare
from engine.feel.types import FeelType, Simple

DECISIONS = ".dmn"


@dataclass(frozen=True)
class DecisionFile:
    """A file that could be read. `models` are its own, first, and all that it imports.

    `digest` changes when any of them does.
    """

    name: str
    models: tuple[Model, ...]
    digest: str

    @property
    def model(self) -> Model:
        """The file's own model."""
        return self.models[0]

    @cached_property
    def input_names(self) -> frozenset[str]:
        """The names that have to be given where a decision reads them: those of input data; of a
        model that declares none, those that a column of a table is."""
        return frozenset(name for model in self.models for name in _input_names(model))

    def compile(self) -> Decisions:
        """What evaluates its decisions. Raises DmnRefused."""
        return compile_models(self.models)

    def decision(self, decision_id: str) -> Decision:
        """A decision of the file itself. Raises KeyError."""
        for decision in self.model.decisions:
            if decision.id == decision_id:
                return decision
        raise KeyError(decision_id)

    @cached_property
    def facts(self) -> tuple[DecisionFacts, ...]:
        """What may be called in the file: decisions that have an id."""
        return tuple(
            _facts(question, self.decision(question.id))
            for question in questions(self.models)
            if question.model is self.model
            and question.kind == "decision"
            and question.id is not None
        )


def read_files(
    resources: Mapping[str, bytes],
) -> tuple[dict[str, DecisionFile], list[Problem]]:
    """The decision files among `resources` that can be read, by name, and what is wrong."""
    read: dict[str, Model] = {}
    problems: list[Problem] = []
    for name in sorted(resources):
        if not name.endswith(DECISIONS):
            continue
        try:
            read[name] = read_model(resources[name], PurePosixPath(name).name)
        except DmnRefused as refused:
            problems.extend(in_file(name, refused.problems))
    return {name: _with_imports(name, read, resources) for name in read}, problems


def read_file(resources: Mapping[str, bytes], name: str) -> DecisionFile:
    """One file of a deployment, with what it imports. Raises DmnRefused."""
    files, problems = read_files(resources)
    if name not in files:
        raise DmnRefused(problems)
    return files[name]


def in_file(name: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, with the file in front of each sentence."""
    for problem in problems:
        yield replace(
            problem,
            message=f"{name}: {problem.message}",
            messages={code: f"{name}: {text}" for code, text in problem.messages.items()},
        )


def _with_imports(
    name: str, read: Mapping[str, Model], resources: Mapping[str, bytes]
) -> DecisionFile:
    found = [name]
    for each in found:
        for imported in _imported(each, read):
            if imported not in found:
                found.append(imported)
    digest = hashlib.sha256()
    for content in [resources[name], *(resources[other] for other in sorted(found[1:]))]:
        digest.update(hashlib.sha256(content).digest())
    return DecisionFile(name, tuple(read[each] for each in found), digest.hexdigest())


def _imported(name: str, read: Mapping[str, Model]) -> Iterator[str]:
    """The files that a file imports: by their namespace, else by their place beside it."""
    folder = PurePosixPath(name).parent
    for each in read[name].imports:
        by_namespace = [
            other
            for other, model in read.items()
            if other != name and model.namespace == each.namespace
        ]
        beside = str(folder / each.location) if each.location else ""
        if beside in by_namespace or (not by_namespace and beside in read):
            yield beside
        elif by_namespace:
            yield by_namespace[0]


def _facts(question: Question, decision: Decision) -> DecisionFacts:
    """Input data of an imported model have their own names too: variables know no imports."""
    inputs = {
        **{name: DecisionInput(name, is_certain=False) for name in question.may_read},
        **{each.name: DecisionInput(each.name, _simple(each.type)) for each in question.inputs},
    }
    table = decision.expression
    return DecisionFacts(
        str(question.id),
        question.name,
        tuple(inputs[name] for name in sorted(inputs)),
        len(table.outputs) if isinstance(table, DecisionTable) else None,
        isinstance(table, DecisionTable) and gives_list(table),
    )


def _input_names(model: Model) -> Iterator[str]:
    if model.declares_inputs:
        yield from (given.variable.name for given in model.inputs)
        return
    for decision in model.decisions:
        if isinstance(decision.expression, DecisionTable):
            yield from (each.expression.text.strip() for each in decision.expression.inputs)


def _simple(feel_type: FeelType) -> str | None:
    """The name of a type without parts, None for others."""
    found = bare(feel_type)
    return found.name if isinstance(found, Simple) else None
