"""Models, compiled: `compile_models`. Decisions are evaluated, services and functions called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from engine.dmn.compiling import Compilation
from engine.dmn.environment import Environment, serving
from engine.dmn.explanation import DecisionStep, Explained, MatchedRule, Notice
from engine.dmn.inputs import Inputs
from engine.dmn.model import Model
from engine.dmn.problems import DecisionError, DmnRefused, Problem
from engine.dmn.requirements import DecisionNode, KnowledgeNode, Node, ServiceNode, ValueNode
from engine.errors import NotFound
from engine.feel.errors import ExpressionError, Unfit
from engine.feel.feel import WithinLimits, from_json, to_json

__all__ = ["DecisionStep", "Decisions", "MatchedRule", "Notice", "Outcome", "compile_models"]

Functions = Mapping[str, Callable[..., object]]

Make = Callable[[Explained], object]
Found = TypeVar("Found", bound=Node)
MOST_NAMES = 10
"""Names that a message lists."""

NO_FUNCTIONS: Functions = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an evaluation.

    `value` is JSON (a FEEL value where it was asked for `raw`). `steps` are the decisions in the
    order in which they were evaluated, the one that was asked for last. `warnings` say why values
    are null; one of severity "error" says that a decision has no result.
    """

    name: str
    value: object
    warnings: tuple[Notice, ...] = ()
    steps: tuple[DecisionStep, ...] = ()

    def check(self) -> None:
        """Raises DecisionError where there is an error among the warnings."""
        for each in self.warnings:
            if each.severity == "error":
                raise DecisionError(each.decision or self.name, each.reason, each.messages)


class Decisions:
    """Models that were compiled together; any number of evaluations may use them at a time."""

    def __init__(self, compilation: Compilation) -> None:
        self.problems: tuple[Problem, ...] = tuple(compilation.problems)
        nodes = compilation.nodes
        self._decisions = [node for node in nodes if isinstance(node, DecisionNode)]
        self._functions = [node for node in nodes if isinstance(node, (ServiceNode, KnowledgeNode))]

    def evaluate(
        self,
        decision: str,
        inputs: Mapping[str, object],
        functions: Functions = NO_FUNCTIONS,
        raw: bool = False,
    ) -> Outcome:
        """Evaluates a decision by id, by name, or by `namespace#id`.

        `inputs` are JSON or FEEL values by the names of input data; dates and durations may be
        texts unless `raw`. `functions` (JSON values) can be called in expressions. Raises NotFound.
        """
        node = _find(self._decisions, decision)
        return _run(node, functions, raw, partial(_decide, node, inputs, raw))

    def call(
        self,
        function: str,
        inputs: Mapping[str, object],
        functions: Functions = NO_FUNCTIONS,
        raw: bool = False,
    ) -> Outcome:
        """Calls a decision service or a business knowledge model, found as a decision is.

        `inputs` are its parameters by name; one that is not given, or does not fit, is null.
        """
        node = _find(self._functions, function)
        if isinstance(node, ServiceNode):
            return _run(node, functions, raw, partial(_serve, node, inputs, raw))
        return _run(node, functions, raw, partial(_apply, node, inputs, raw))


def compile_models(models: Sequence[Model], tolerant: bool = False) -> Decisions:
    """Compiles models that belong together: the first with what it imports.

    Raises DmnRefused with all that is wrong. `tolerant`: texts that are no FEEL, and names that
    mean nothing, are null with a warning where they are evaluated; only circles are refused.
    """
    compilation = Compilation(models)
    if compilation.problems and (not tolerant or compilation.has_cycles):
        raise DmnRefused(compilation.problems)
    return Decisions(compilation)


def _find(nodes: Sequence[Found], wanted: str) -> Found:
    """The node of this id, else of this name; `namespace#` in front says in which model.

    Raises NotFound.
    """
    namespace, hash_sign, name = wanted.rpartition("#")
    there = [node for node in nodes if not hash_sign or node.model.namespace == namespace]
    for node in there:
        if node.element.id == name:
            return node
    for node in there:
        if name in (node.element.name, node.element.variable.name):
            return node
    known = ", ".join(repr(node.element.name) for node in there[:MOST_NAMES]) or "none"
    raise NotFound(f"Expected one of the decisions or functions ({known}), not {wanted!r}")


def _run(node: Node, functions: Functions, raw: bool, make: Make) -> Outcome:
    """Runs an evaluation within its limits; a limit that is reached is an error of the outcome."""
    evaluation = Explained(functions=functions)
    value: object = None
    try:
        with WithinLimits(node.element.name, evaluation):
            made = make(evaluation)
            value = made if raw else to_json(made)
    except ExpressionError as error:
        evaluation.fail({"en": error.reason})
    except Unfit as reason:
        evaluation.fail({"en": str(reason)})
    evaluation.note()
    return Outcome(node.element.name, value, tuple(evaluation.notices), tuple(evaluation.steps))


def _environment(evaluation: Explained, inputs: Mapping[str, object], raw: bool) -> Environment:
    values = {name: from_json(value) for name, value in inputs.items()}
    return Environment(evaluation, Inputs(values), reads_texts=not raw)


def _decide(
    node: DecisionNode, inputs: Mapping[str, object], raw: bool, evaluation: Explained
) -> object:
    return _environment(evaluation, inputs, raw).value(node)


def _serve(
    node: ServiceNode, inputs: Mapping[str, object], raw: bool, evaluation: Explained
) -> object:
    environment = _environment(evaluation, inputs, raw)
    known: dict[ValueNode, object] = {
        parameter: environment.parameter(parameter) for parameter in node.parameters
    }
    return serving(evaluation, known).answer(node)


def _apply(
    node: KnowledgeNode, inputs: Mapping[str, object], raw: bool, evaluation: Explained
) -> object:
    environment = _environment(evaluation, inputs, raw)
    evaluation.begin(node.element.name)
    signature = node.signature
    arguments = {
        name: environment.argument(name, feel_type)
        for name, feel_type in zip(signature.parameters, signature.types, strict=True)
    }
    value = environment.function(node).invoke(list(arguments.values()))
    evaluation.end(node.element.id or node.element.name, arguments, value)
    return value
