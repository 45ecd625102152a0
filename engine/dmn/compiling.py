"""Compiles linked models: types and closures for every node of the requirements graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from engine.dmn import reasons
from engine.dmn.boxed import coerced, compile_expression, compile_function
from engine.dmn.explanation import report_warning
from engine.dmn.library import Library, drg_elements
from engine.dmn.model import (
    Context,
    DecisionTable,
    Element,
    ItemDefinition,
    KnowledgeModel,
    Model,
    Relation,
    Variable,
)
from engine.dmn.places import LOGIC
from engine.dmn.problems import Problem
from engine.dmn.requirements import (
    DecisionNode,
    InputNode,
    KnowledgeNode,
    Need,
    Node,
    Requirements,
    ServiceNode,
)
from engine.dmn.scope import Run, Scope
from engine.dmn.signatures import Signature
from engine.dmn.texts import elements_within
from engine.dmn.types import Types, bare
from engine.feel.feel import Frame
from engine.feel.grammar.names import KEYWORDS
from engine.feel.types import ANY, ContextOf, FeelType, FunctionOf

_PLAIN_WORDS = re.compile(r"\w+(?: \w+)*")


class Compilation:
    """Everything about a set of models that belongs together. `problems` tells what is wrong.

    Decisions whose texts are wrong have a closure, too: of null.
    """

    def __init__(self, models: Sequence[Model]) -> None:
        self._library = Library(models)
        requirements = Requirements(self._library)
        self.nodes = requirements.nodes
        self._types = Types(self._library)
        self.problems: list[Problem] = [*self._library.problems, *requirements.problems]
        self.has_cycles = requirements.has_cycles
        self._members = frozenset(_special_names(models))
        for model in models:
            self._types.check(model)
        for node in self.nodes:
            self._declare(node)
        for node in self.nodes:
            self._compile(node)
        self.problems.extend(self._types.problems)

    def _declare(self, node: Node) -> None:
        """Sets what others need to know of a node: its type or signature."""
        declared = self._types.find(node.model, node.element.variable.type_ref)
        match node:
            case InputNode() | DecisionNode():
                node.type = declared
            case KnowledgeNode(element=element):
                parameters = () if element.logic is None else element.logic.parameters
                node.signature = Signature(
                    tuple(each.name for each in parameters),
                    tuple(self._parameter_type(node.model, each) for each in parameters),
                    _result(declared),
                )
            case ServiceNode():
                node.signature = Signature(
                    tuple(each.element.variable.name for each in node.parameters),
                    tuple(
                        self._parameter_type(each.model, each.element.variable)
                        for each in node.parameters
                    ),
                    _result(declared),
                )

    def _parameter_type(self, model: Model, parameter: Variable) -> FeelType | None:
        """The type of a parameter, None where it has none."""
        if parameter.type_ref is None:
            return None
        return self._types.find(model, parameter.type_ref)

    def _compile(self, node: Node) -> None:
        """Sets the closure of a node."""
        match node:
            case DecisionNode(element=element):
                node.is_open = not node.model.declares_inputs
                node.columns = self._columns(node) if node.is_open else {}
                scope = self._scope(node, (*node.needs, *node.functions))
                node.run = (
                    partial(_without_logic, element.name)
                    if element.expression is None
                    else compile_expression(element.expression, scope, LOGIC)
                )
                node.reads = tuple(scope.reads) if node.is_open else ()
                node.may_read = tuple(scope.may_read) if node.is_open else ()
            case KnowledgeNode(element=element, signature=signature):
                scope = self._scope(node, node.functions)
                scope = scope.within({element.variable.name: signature.type, **scope.variables})
                run = _compile_logic(element, scope)
                node.run = coerced(run, signature.result or ANY, f"result of {element.name}")

    def _scope(self, node: DecisionNode | KnowledgeNode, needs: tuple[Need, ...]) -> Scope:
        return Scope(
            node.element.name,
            {**_further(node), **self._variables(needs)},
            self._members | _labels(node),
            self._types.named(node.model),
            partial(self._types.find, node.model),
            self.problems,
            owner_id=node.element.id,
        )

    def _columns(self, node: DecisionNode) -> dict[str, FeelType]:
        """The names that are all of an input expression, and not of what is required."""
        table = node.element.expression
        clauses = table.inputs if isinstance(table, DecisionTable) else ()
        types = {
            each.expression.text.strip(): self._types.find(node.model, each.type_ref)
            for each in clauses
        }
        return {name: each for name, each in types.items() if name not in node.names}

    def _variables(self, needs: tuple[Need, ...]) -> dict[str, FeelType]:
        """The names of what is required, with types; what is imported in contexts."""
        variables: dict[str, FeelType] = {}
        imported: dict[str, dict[str, FeelType]] = {}
        for need in needs:
            names = imported.setdefault(need.import_name, {}) if need.import_name else variables
            names[need.name] = _type_of(need.node)
        for name, members in imported.items():
            variables[name] = ContextOf(tuple(members.items()))
        return variables


def _compile_logic(element: KnowledgeModel, scope: Scope) -> Run:
    if element.logic is None or element.logic.body is None:
        return partial(_without_logic, element.name)
    _signature, run = compile_function(element.logic, scope, LOGIC)
    return run


def _without_logic(name: str, frame: Frame) -> object:
    report_warning(frame, reasons.NO_LOGIC, name=name)
    return None


def _further(node: DecisionNode | KnowledgeNode) -> dict[str, FeelType]:
    """The further names that a decision sees, with types: nothing is said of these."""
    names = node.further_names if isinstance(node, DecisionNode) else ()
    return {each.name: ANY for each in names}


def _labels(node: DecisionNode | KnowledgeNode) -> frozenset[str]:
    """The names of input data that a model draws, as they may stand in its texts."""
    if not isinstance(node, DecisionNode) or node.model.declares_inputs:
        return frozenset()
    return frozenset(each.variable.name for each in node.model.inputs)


def _type_of(node: Node) -> FeelType:
    return node.type if isinstance(node, (InputNode, DecisionNode)) else node.signature.type


def _result(declared: FeelType) -> FeelType | None:
    """The result of a function by the type of its variable: a function's, or (before DMN 1.3) of
    the result itself."""
    if declared == ANY:
        return None
    wanted = bare(declared)
    return wanted.result if isinstance(wanted, FunctionOf) else declared


def _special_names(models: Sequence[Model]) -> Iterator[str]:
    """Names that stand after a dot anywhere in the models, and that FEEL must know to read."""
    imported = {each.namespace for model in models for each in model.imports}
    for model in models:
        for element in elements_within(model):
            yield from filter(_is_special, _member_names(element))
        if model.namespace in imported:
            yield from filter(_is_special, (each.variable.name for each in drg_elements(model)))


def _member_names(element: Element) -> Iterator[str]:
    """The names that an element of a model gives to entries of contexts."""
    match element:
        case ItemDefinition(components=components):
            yield from (each.name for each in components)
        case Context(entries=entries):
            yield from (each.variable.name for each in entries if each.variable is not None)
        case Relation(columns=columns):
            yield from (each.name for each in columns)
        case DecisionTable(outputs=outputs):
            yield from (each.name for each in outputs if each.name is not None)


def _is_special(name: str) -> bool:
    """Whether it has signs or keywords in it; other words are read without being known.

    One with a dot would hide the path that it looks like.
    """
    return "." not in name and (
        not _PLAIN_WORDS.fullmatch(name) or not KEYWORDS.isdisjoint(name.split())
    )
