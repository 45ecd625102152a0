"""The requirements graph (DMN 1.5, clause 6): which decision needs which inputs, decisions and
functions, and under which names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.dmn.further_names import FurtherName, further_names
from engine.dmn.library import Found, Library, drg_elements
from engine.dmn.model import (
    Decision,
    DecisionService,
    DrgElement,
    Element,
    InputData,
    KnowledgeModel,
    Model,
    Reference,
)
from engine.dmn.problems import Problem, Wording, make_problem
from engine.dmn.scope import Run, nothing
from engine.dmn.signatures import Signature
from engine.feel.types import ANY, FeelType

RULE = "requirements"

SAME_NAME = Wording(
    en="Expected different names for what {owner} requires, but {name} is there twice.",
    ru="Ожидались разные имена у того, что требует «{owner}», но {name} встречается дважды.",
    kk="«{owner}» талап ететіндердің атаулары әртүрлі болуы керек, бірақ {name} екі рет бар.",
)
CYCLE = Wording(
    en="Expected decisions that do not require themselves, but these do: {path}.",
    ru="Ожидалось, что решения не требуют сами себя, но найден круг: {path}.",
    kk="Шешімдер өздерін талап етпеуі керек, бірақ мына шеңбер табылды: {path}.",
)


@dataclass(eq=False, slots=True)
class InputNode:
    """`type` is set once all is linked, as what else the nodes have of compilation."""

    model: Model
    element: InputData
    type: FeelType = ANY


@dataclass(eq=False, slots=True)
class DecisionNode:
    """`needs` are inputs and decisions, `functions` knowledge models and services.

    `further_names` are those of what it needs beside the standard's. `is_open`: it sees all given
    inputs, as its model declares none; `columns` are then those that a column of its table is, with
    the type that the column says, `reads` all that its texts read by name, `may_read` what may be
    members of items instead.
    """

    model: Model
    element: Decision
    type: FeelType = ANY
    is_open: bool = False
    needs: tuple[Need, ...] = ()
    functions: tuple[Need, ...] = ()
    further_names: tuple[FurtherName, ...] = ()
    columns: Mapping[str, FeelType] = field(default_factory=dict)
    reads: tuple[str, ...] = ()
    may_read: tuple[str, ...] = ()
    run: Run = nothing

    @property
    def names(self) -> frozenset[str]:
        """The names of all that it requires, an import's for what comes by it."""
        standard = {need.import_name or need.name for need in (*self.needs, *self.functions)}
        return frozenset(standard.union(each.name for each in self.further_names))


@dataclass(eq=False, slots=True)
class KnowledgeNode:
    model: Model
    element: KnowledgeModel
    functions: tuple[Need, ...] = ()
    signature: Signature = field(default_factory=Signature)
    run: Run = nothing


@dataclass(eq=False, slots=True)
class ServiceNode:
    """`parameters` are what its decisions are given, `outputs` what it answers with."""

    model: Model
    element: DecisionService
    parameters: tuple[InputNode | DecisionNode, ...] = ()
    outputs: tuple[DecisionNode, ...] = ()
    signature: Signature = field(default_factory=Signature)


Node: TypeAlias = InputNode | DecisionNode | KnowledgeNode | ServiceNode
ValueNode: TypeAlias = InputNode | DecisionNode
FunctionNode: TypeAlias = KnowledgeNode | ServiceNode


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement: the node, and the name of the import it comes by ("" where it is local)."""

    node: Node
    import_name: str

    @property
    def name(self) -> str:
        """The name of its value where it is required."""
        return self.node.element.variable.name


class Requirements:
    """The nodes of all models, linked. `problems` tells what could not be."""

    def __init__(self, library: Library) -> None:
        self.problems: list[Problem] = []
        self.has_cycles = False
        self._library = library
        self._nodes: dict[int, Node] = {
            id(element): _node(model, element)
            for model in library.models
            for element in drg_elements(model)
        }
        for node in self._nodes.values():
            self._link(node)
        self._find_cycles()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Model by model, in the order of the files."""
        return tuple(self._nodes.values())

    def _link(self, node: Node) -> None:
        match node:
            case DecisionNode(element=element):
                inputs = self._needs(node.model, element.required_inputs, (InputData,))
                decisions = self._needs(node.model, element.required_decisions, (Decision,))
                node.needs = (*filter(_is_declared, inputs), *decisions)
                node.functions = self._functions(node.model, element.required_knowledge)
                self._check_names(element, (*node.needs, *node.functions))
                node.further_names = _further_names(node, decisions)
            case KnowledgeNode(element=element):
                node.functions = self._functions(node.model, element.required_knowledge)
                self._check_names(element, node.functions)
            case ServiceNode():
                self._link_service(node)

    def _link_service(self, node: ServiceNode) -> None:
        element, model = node.element, node.model
        parameters = (
            *self._needs(model, element.input_data, (InputData,)),
            *self._needs(model, element.input_decisions, (Decision,)),
        )
        outputs = self._needs(model, element.output_decisions, (Decision,))
        self._needs(model, element.encapsulated_decisions, (Decision,))
        self._check_names(element, parameters)
        node.parameters = tuple(
            need.node for need in parameters if isinstance(need.node, (InputNode, DecisionNode))
        )
        node.outputs = tuple(need.node for need in outputs if isinstance(need.node, DecisionNode))

    def _functions(self, model: Model, references: tuple[Reference, ...]) -> tuple[Need, ...]:
        return self._needs(model, references, (KnowledgeModel, DecisionService))

    def _needs(
        self,
        model: Model,
        references: tuple[Reference, ...],
        kinds: tuple[type[DrgElement], ...],
    ) -> tuple[Need, ...]:
        found = [self._library.find(model, reference, kinds) for reference in references]
        return tuple(dict.fromkeys(self._need(each) for each in found if each is not None))

    def _need(self, found: Found) -> Need:
        return Need(self._nodes[id(found.element)], found.import_name)

    def _check_names(
        self, owner: Decision | KnowledgeModel | DecisionService, needs: tuple[Need, ...]
    ) -> None:
        names = Counter((need.import_name, need.name) for need in needs)
        names.update(("", name) for name in {need.import_name for need in needs} - {""})
        for (_import_name, name), count in names.items():
            if count > 1:
                self._report(SAME_NAME, owner, owner=owner.name, name=name)

    def _find_cycles(self) -> None:
        """Reports each decision that information requirements lead back to, without recursion."""
        done: set[DecisionNode] = set()
        for start in self._nodes.values():
            if not isinstance(start, DecisionNode) or start in done:
                continue
            path: dict[DecisionNode, Iterator[DecisionNode]] = {start: _required(start)}
            while path:
                node = next(reversed(path))
                following = next(path[node], None)
                if following is None:
                    path.pop(node)
                    done.add(node)
                elif following in path:
                    self._report_cycle(list(path), following)
                elif following not in done:
                    path[following] = _required(following)

    def _report_cycle(self, path: list[DecisionNode], back_to: DecisionNode) -> None:
        self.has_cycles = True
        circle = [*path[path.index(back_to) :], back_to]
        names = " → ".join(node.element.name for node in circle)
        self._report(CYCLE, back_to.element, path=names)

    def _report(self, wording: Wording, element: Element, **details: object) -> None:
        self.problems.append(
            make_problem(RULE, wording, details, element_id=element.id, line=element.line)
        )


def _is_declared(need: Need) -> bool:
    """Whether it is more than a label in a drawing."""
    return need.node.model.declares_inputs


def _further_names(node: DecisionNode, decisions: tuple[Need, ...]) -> tuple[FurtherName, ...]:
    elements = [
        need.node.element
        for need in decisions
        if isinstance(need.node, DecisionNode) and not need.import_name
    ]
    return further_names(elements, node.names)


def _node(model: Model, element: DrgElement) -> Node:
    match element:
        case InputData():
            return InputNode(model, element)
        case Decision():
            return DecisionNode(model, element)
        case KnowledgeModel():
            return KnowledgeNode(model, element)
        case DecisionService():
            return ServiceNode(model, element)


def _required(node: DecisionNode) -> Iterator[DecisionNode]:
    return (need.node for need in node.needs if isinstance(need.node, DecisionNode))
