"""What can be asked of models: decisions and functions with the inputs they need, and whether
given inputs are those."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations
from typing import Literal, TypeAlias, TypeVar

from engine.dmn.compiling import Compilation
from engine.dmn.inputs import MISSING, Inputs, read_texts
from engine.dmn.model import Decision, DecisionTable, LiteralExpression, Model
from engine.dmn.requirements import DecisionNode, InputNode, KnowledgeNode, Node, ServiceNode
from engine.feel.errors import ExpressionSyntaxError, Unfit
from engine.feel.feel import (
    Evaluation,
    FeelExpression,
    FeelUnaryTests,
    WithinLimits,
    from_json,
    parse_expression,
    parse_unary_tests,
)
from engine.feel.types import ANY, Constrained, FeelType, Reference, coerce, name_of, simple_type

Kind: TypeAlias = Literal["decision", "service", "knowledge model"]

FaultKind: TypeAlias = Literal["missing", "unknown", "unfit"]

Parsed = TypeVar("Parsed", FeelExpression, FeelUnaryTests)

_MOST_REFERENCES = 100


@dataclass(frozen=True, slots=True)
class Input:
    """A value that is asked for; `imports` are the names of the imports it comes by, outermost
    first."""

    name: str
    type: FeelType = ANY
    imports: tuple[str, ...] = ()

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
    instead. `reason` says how the value does not fit.
    """

    kind: FaultKind
    name: str
    nearest: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A decision, service or knowledge model that can be evaluated.

    `takes_more`: it reads whatever it is given, as its model declares no inputs; `inputs` are then
    the names that its texts certainly read.
    """

    kind: Kind
    id: str | None
    name: str
    model: Model
    inputs: tuple[Input, ...]
    takes_more: bool = False

    @property
    def address(self) -> str:
        """What finds it among all models that were compiled together."""
        return f"{self.model.namespace}#{self.id or self.name}"

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
            try:
                coerce(read_texts(value, each.type), each.type)
            except Unfit as unfit:
                yield Fault("unfit", each.name, reason=str(unfit))

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
            return Question(
                "decision", element.id, element.name, model, tuple(inputs), node.is_open
            )
        case ServiceNode(element=element):
            inputs = [Input(each.element.variable.name, each.type) for each in node.parameters]
            return Question("service", element.id, element.name, model, tuple(inputs))
        case KnowledgeNode(element=element, signature=signature):
            inputs = [
                Input(name, ANY if feel_type is None else feel_type)
                for name, feel_type in zip(signature.parameters, signature.types, strict=True)
            ]
            return Question("knowledge model", element.id, element.name, model, tuple(inputs))
        case InputNode():
            return None


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
                yield Input(need.name, need.node.type, path)
            elif isinstance(need.node, DecisionNode):
                waiting.append((need.node, path))


def _read(wanted: DecisionNode) -> list[Input]:
    """What decisions that see all given inputs read by name, in tables and literal expressions."""
    found: dict[str, Input] = {}
    waiting, seen = [wanted], {wanted}
    while waiting:
        node = waiting.pop(0)
        required = [need.node for need in node.needs if isinstance(need.node, DecisionNode)]
        own = {need.import_name or need.name for need in (*node.needs, *node.functions)}
        if node.is_open:
            for each in _free(node.element, own):
                found.setdefault(each.name, each)
        fresh = [each for each in required if each not in seen]
        waiting.extend(fresh)
        seen.update(fresh)
    return list(found.values())


def _free(decision: Decision, own: set[str]) -> Iterator[Input]:
    """The names that a decision's texts read and that are not of what it requires."""
    for parsed, type_ref in _texts(decision, own):
        for name in parsed.names:
            if name not in own:
                is_whole = parsed.text.strip() == name and type_ref is not None
                yield Input(name, (simple_type(type_ref or "") or ANY) if is_whole else ANY)


def _texts(
    decision: Decision, names: set[str]
) -> Iterator[tuple[FeelExpression | FeelUnaryTests, str | None]]:
    """The texts that can be parsed, each with the type that its value is declared to have."""
    match decision.expression:
        case LiteralExpression(text=text):
            yield from _parsed(parse_expression, text, names)
        case DecisionTable(inputs=clauses, rules=rules):
            for clause in clauses:
                yield from _parsed(parse_expression, clause.expression.text, names, clause.type_ref)
            for rule in rules:
                for cell in rule.inputs:
                    yield from _parsed(parse_unary_tests, cell.text, names)
                for cell in rule.outputs:
                    yield from _parsed(parse_expression, cell.text, names)


def _parsed(
    parse: Callable[[str, set[str]], Parsed],
    text: str,
    names: set[str],
    type_ref: str | None = None,
) -> Iterator[tuple[Parsed, str | None]]:
    if not text.strip():
        return
    try:
        yield parse(text, names), type_ref
    except ExpressionSyntaxError:
        return


def _nearest(name: str, others: Sequence[str]) -> str | None:
    """The one of the other names that is most like this one, however it is spelt."""
    plain = {_plain(each): each for each in reversed(others)}
    found = get_close_matches(_plain(name), plain, n=1)
    return plain[found[0]] if found else None


def _plain(name: str) -> str:
    return "".join(name.casefold().replace("_", " ").split())
