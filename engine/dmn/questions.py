"""What can be asked of models: decisions and functions with the inputs they need, and whether
given inputs are those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, TypeAlias

from engine.dmn.compiling import Compilation
from engine.dmn.inputs import MISSING, Inputs, read_texts
from engine.dmn.model import DecisionTable, InputClause, Model, Translations
from engine.dmn.requirements import (
    DecisionNode,
    InputNode,
    KnowledgeNode,
    Node,
    ServiceNode,
    ValueNode,
)
from engine.feel.errors import Unfit
from engine.feel.feel import Evaluation, WithinLimits, from_json
from engine.feel.types import (
    ANY,
    Constrained,
    FeelType,
    Misfit,
    Reference,
    coerce,
    misfit,
    name_of,
)
from engine.near_names import near_names

Kind: TypeAlias = Literal["decision", "service", "knowledge model"]

FaultKind: TypeAlias = Literal["missing", "unknown", "unfit"]

_MOST_REFERENCES = 100


@dataclass(frozen=True, slots=True)
class Input:
    """A value that is asked for; `imports` are the names of the imports it comes by, outermost
    first.

    `further_names` are its id and what it is called in other languages; `translations` are of
    these those that have a language.
    """

    name: str
    type: FeelType = ANY
    imports: tuple[str, ...] = ()
    further_names: frozenset[str] = field(default=frozenset(), compare=False)
    translations: Translations = field(default=(), compare=False)

    @property
    def names(self) -> frozenset[str]:
        """The names under which it may be given: its own, with those of imports before it."""
        paths = (
            path
            for length in range(len(self.imports) + 1)
            for path in combinations(self.imports, length)
        )
        return frozenset(".".join((*path, self.name)) for path in paths)

    def find(self, given: Inputs) -> object:
        """Its value as it was given, MISSING where it was not."""
        for each in self.imports:
            given = given.within(each)
        return given.find(self.name)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one input.

    `name` is the input's, or the one that is no input's; `nearest` a name that may be meant
    instead. `reason` says how the value does not fit, `misfit` which part of it.
    """

    kind: FaultKind
    name: str
    nearest: str | None = None
    reason: str = ""
    misfit: Misfit | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A decision, service or knowledge model that can be evaluated.

    `takes_more`: it reads whatever it is given, as its model declares no inputs; `inputs` are then
    the names that its texts certainly read, `may_read` others that may be members of items instead.
    """

    kind: Kind
    id: str | None
    name: str
    model: Model
    inputs: tuple[Input, ...]
    takes_more: bool = False
    translations: Translations = ()
    may_read: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """What finds it among all models that were compiled together."""
        return f"{self.model.namespace}#{self.id or self.name}"

    @property
    def names(self) -> frozenset[str]:
        """What it is called, in every language."""
        return frozenset((self.name, *(name for _, name in self.translations)))

    def named(self, given: Mapping[str, object]) -> dict[str, object]:
        """Given inputs under the names that the decision reads.

        An id, or a name of another language, stands for the one input that has it and that is not
        given besides.
        """
        values = dict(given)
        for name in self._strange(values):
            meant = [each.name for each in self.inputs if name in each.further_names]
            if len(meant) == 1 and meant[0] not in values:
                values[meant[0]] = values.pop(name)
        return values

    def faults(self, given: Mapping[str, object]) -> list[Fault]:
        """What is wrong with JSON inputs. Raises LimitExceeded."""
        with WithinLimits(self.name, Evaluation()):
            values: dict[str, object] = {}
            found: list[Fault] = []
            for name, value in given.items():
                try:
                    values[name] = from_json(value)
                except Unfit as unfit:
                    values[name] = None
                    found.append(Fault("unfit", name, reason=str(unfit)))
            strange = self._strange(values)
            found += self._not_fitting(values, strange)
            if not self.takes_more:
                meant = {each.nearest for each in found}
                found += self._unknown([name for name in strange if name not in meant])
            return found

    def _strange(self, values: Mapping[str, object]) -> list[str]:
        """The given names that are no input's."""
        known = {name for each in self.inputs for name in each.names}
        imports = {name for each in self.inputs for name in each.imports}
        return [
            name
            for name, value in values.items()
            if name not in known and not (name in imports and isinstance(value, dict))
        ]

    def _not_fitting(self, values: Mapping[str, object], strange: Sequence[str]) -> Iterator[Fault]:
        given = Inputs(values)
        for each in self.inputs:
            value = each.find(given)
            if value is MISSING:
                yield Fault("missing", each.name, _nearest(each.name, strange))
                continue
            read = value
            try:
                read = read_texts(value, each.type)
                coerce(read, each.type)
            except Unfit as unfit:
                yield Fault("unfit", each.name, None, str(unfit), misfit(read, each.type))

    def _unknown(self, strange: Sequence[str]) -> Iterator[Fault]:
        names = [each.name for each in self.inputs]
        for name in strange:
            yield Fault("unknown", name, _nearest(name, names))


def questions(models: Sequence[Model]) -> tuple[Question, ...]:
    """All that can be asked of models that belong together, model by model as in their files."""
    return tuple(
        question for node in Compilation(models).nodes if (question := _question(node)) is not None
    )


def type_in_words(feel_type: FeelType) -> str:
    """A type for people: its name in FEEL, of an item definition what it stands for."""
    for _ in range(_MOST_REFERENCES):
        match feel_type:
            case Reference(resolve=resolve):
                feel_type = resolve()
            case Constrained(base, _, text):
                return f"{type_in_words(base)} ({text})"
            case _:
                break
    return name_of(feel_type)


def _question(node: Node) -> Question | None:
    model = node.model
    match node:
        case DecisionNode(element=element):
            inputs = [*_required(node), *_read(node)]
            certain = {each.name for each in inputs}
            return Question(
                "decision",
                element.id,
                element.name,
                model,
                tuple(inputs),
                node.is_open,
                element.translations,
                tuple(name for name in _may_read(node) if name not in certain),
            )
        case ServiceNode(element=element):
            inputs = [_given(each.element.variable.name, each) for each in node.parameters]
            return Question("service", element.id, element.name, model, tuple(inputs))
        case KnowledgeNode(element=element, signature=signature):
            inputs = [
                Input(name, ANY if feel_type is None else feel_type)
                for name, feel_type in zip(signature.parameters, signature.types, strict=True)
            ]
            return Question(
                "knowledge model",
                element.id,
                element.name,
                model,
                tuple(inputs),
                translations=element.translations,
            )
        case InputNode():
            return None


def _given(name: str, node: ValueNode, imports: tuple[str, ...] = ()) -> Input:
    element = node.element
    further = (element.id, element.name, element.label, *(each for _, each in element.translations))
    return Input(
        name,
        node.type,
        imports,
        frozenset(each for each in further if each),
        element.translations,
    )


def _required(wanted: DecisionNode) -> Iterator[Input]:
    """The input data of a decision and of all decisions that it requires."""
    waiting: list[tuple[DecisionNode, tuple[str, ...]]] = [(wanted, ())]
    seen: set[tuple[Node, tuple[str, ...]]] = set(waiting)
    while waiting:
        node, imports = waiting.pop(0)
        for need in node.needs:
            path = (*imports, need.import_name) if need.import_name else imports
            if (need.node, path) in seen:
                continue
            seen.add((need.node, path))
            if isinstance(need.node, InputNode):
                yield _given(need.name, need.node, path)
            elif isinstance(need.node, DecisionNode):
                waiting.append((need.node, path))


def _read(wanted: DecisionNode) -> list[Input]:
    """What decisions that see all given inputs read by name."""
    found: dict[str, Input] = {}
    for node in _open_nodes(wanted):
        for each in _free(node):
            found.setdefault(each.name, each)
    return list(found.values())


def _may_read(wanted: DecisionNode) -> list[str]:
    """What decisions that see all given inputs may read by name."""
    nodes = _open_nodes(wanted)
    names = (name for node in nodes for name in node.may_read if name not in node.names)
    return list(dict.fromkeys(names))


def _open_nodes(wanted: DecisionNode) -> Iterator[DecisionNode]:
    """A decision and those it requires, as far as they see all given inputs."""
    waiting, seen = [wanted], {wanted}
    while waiting:
        node = waiting.pop(0)
        if node.is_open:
            yield node
        required = [need.node for need in node.needs if isinstance(need.node, DecisionNode)]
        fresh = [each for each in dict.fromkeys(required) if each not in seen]
        waiting.extend(fresh)
        seen.update(fresh)


def _free(node: DecisionNode) -> Iterator[Input]:
    """The names that a decision's texts read and that are not of what it requires."""
    clauses = _clauses(node)
    for name in node.reads:
        if name in node.names:
            continue
        clause = clauses.get(name)
        translations = () if clause is None else clause.translations
        further = (None if clause is None else clause.label, *(each for _, each in translations))
        yield Input(
            name,
            node.columns.get(name, ANY),
            (),
            frozenset(each for each in further if each),
            translations,
        )


def _clauses(node: DecisionNode) -> dict[str, InputClause]:
    """The columns of a table by their expressions."""
    table = node.element.expression
    clauses = table.inputs if isinstance(table, DecisionTable) else ()
    return {each.expression.text.strip(): each for each in clauses}


def _nearest(name: str, others: Sequence[str]) -> str | None:
    """The one of the other names that is most like this one, however it is spelt."""
    return next(iter(near_names(name, others, 1)), None)
