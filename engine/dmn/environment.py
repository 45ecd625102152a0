"""One evaluation of decisions: each is evaluated once, after those it requires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from engine.dmn import reasons
from engine.dmn.explanation import Explained, report_error, report_warning
from engine.dmn.inputs import MISSING, Inputs, read_texts
from engine.dmn.requirements import (
    DecisionNode,
    FunctionNode,
    InputNode,
    KnowledgeNode,
    Need,
    ServiceNode,
    ValueNode,
)
from engine.dmn.signatures import ModelFunction
from engine.feel.errors import Unfit
from engine.feel.feel import Frame
from engine.feel.types import FeelType, coerce
from engine.feel.values import Function


class Environment:
    """Inputs, and what has been made of them. An imported model has its own within this one.

    `known` are values that are neither looked up nor evaluated: the parameters of a service.
    `reads_texts`: inputs are JSON, so that dates and durations may be texts.
    """

    def __init__(
        self,
        evaluation: Explained,
        inputs: Inputs,
        known: Mapping[ValueNode, object] | None = None,
        *,
        reads_texts: bool = False,
    ) -> None:
        self.evaluation = evaluation
        self.reads_texts = reads_texts
        self._inputs = inputs
        self._values: dict[ValueNode, object] = dict(known or {})
        self._functions: dict[FunctionNode, Function] = {}
        self._imported: dict[str, Environment] = {"": self}

    def value(self, wanted: DecisionNode) -> object:
        """The value of a decision, after those of all it requires. Raises LimitReached."""
        waiting = [(self, wanted)]
        while waiting:
            environment, node = waiting[-1]
            missing = environment._missing(node)
            if missing:
                waiting.extend(missing)
                continue
            waiting.pop()
            if node not in environment._values:
                environment._values[node] = environment._evaluate(node)
        return self._values[wanted]

    def parameter(self, node: ValueNode) -> object:
        """The input of a node's name, as one of its type."""
        return self.argument(node.element.variable.name, node.type)

    def argument(self, name: str, feel_type: FeelType | None) -> object:
        """The input of a name; null and a warning where it is not given, an error where it does
        not fit the type."""
        found = self._inputs.find(name)
        if found is MISSING:
            report_warning(self._frame({}), reasons.NOT_GIVEN, name=name)
            return None
        if feel_type is None:
            return found
        try:
            return coerce(read_texts(found, feel_type) if self.reads_texts else found, feel_type)
        except Unfit as reason:
            report_error(self._frame({}), reasons.INPUT, reason=reason, name=name)
            return None

    def function(self, wanted: FunctionNode) -> Function:
        """A knowledge model or decision service as a function. Those it requires are made, too."""
        scopes: list[tuple[FunctionNode, dict[str, object]]] = []
        waiting = [wanted]
        while waiting:
            node = waiting.pop()
            if node not in self._functions:
                scope: dict[str, object] = {}
                self._functions[node] = self._make_function(node, scope)
                scopes.append((node, scope))
                waiting.extend(_required_functions(node))
        for node, scope in scopes:
            self._fill(scope, _functions_of(node), self._function_of)
            scope.setdefault(node.element.variable.name, self._functions[node])
        return self._functions[wanted]

    def answer(self, node: ServiceNode) -> object:
        """What a service answers: the value of its output decision, or of several by name."""
        values = {each.element.variable.name: self.value(each) for each in node.outputs}
        value = next(iter(values.values())) if len(values) == 1 else values
        return self._typed(value, node.signature.result, node.element.name)

    def _missing(self, node: DecisionNode) -> list[tuple[Environment, DecisionNode]]:
        """The decisions to evaluate before this one, and where."""
        if node in self._values:
            return []
        required = [
            (self._within(need.import_name), need.node)
            for need in reversed(node.needs)
            if isinstance(need.node, DecisionNode)
        ]
        return [(within, each) for within, each in required if each not in within._values]

    def _evaluate(self, node: DecisionNode) -> object:
        element = node.element
        self.evaluation.begin(element.name)
        inputs: dict[str, object] = {}
        self._fill(inputs, node.needs, self._value_of)
        inputs |= self._read(node)
        imports = {need.import_name for need in (*node.needs, *node.functions)}
        scope = {
            name: dict(value) if name in imports and isinstance(value, dict) else value
            for name, value in inputs.items()
        }
        self._fill(scope, node.functions, self._function_of)
        around = self._around(node, inputs)
        value = node.run(Frame(scope, around, self.evaluation))
        value = self._typed(value, node.type, element.name)
        self.evaluation.end(element.id or element.name, {**self._seen(node), **inputs}, value)
        return value

    def _around(self, node: DecisionNode, inputs: Mapping[str, object]) -> Frame | None:
        """The names that a decision sees beside those that the standard gives it."""
        values = {each.name: each.find(inputs) for each in node.further_names}
        if node.is_open:
            values = {**self._inputs.values, **values}
        return self._frame(values) if values else None

    def _read(self, node: DecisionNode) -> dict[str, object]:
        """Given inputs that the columns of a decision's table are, as values of their types."""
        given = self._inputs.values
        return {
            name: self.argument(name, feel_type)
            for name, feel_type in node.columns.items()
            if name in given
        }

    def _seen(self, node: DecisionNode) -> dict[str, object]:
        """The given values that the texts of a decision read though it does not require them."""
        given = self._inputs.values
        return {name: given[name] for name in node.reads if name in given}

    def _typed(self, value: object, feel_type: FeelType | None, name: str) -> object:
        """The value as a result of the type; null and an error where it is not."""
        if feel_type is None:
            return value
        try:
            return coerce(value, feel_type)
        except Unfit as reason:
            report_error(self._frame({}), reasons.RESULT, reason=reason, name=name)
            return None

    def _fill(
        self,
        scope: dict[str, object],
        needs: Sequence[Need],
        value_of: Callable[[Need], object],
    ) -> None:
        """Puts what is required under its name, what is imported into a context of the import."""
        for need in needs:
            if not need.import_name:
                scope[need.name] = value_of(need)
                continue
            imported = scope.setdefault(need.import_name, {})
            if isinstance(imported, dict):
                imported[need.name] = value_of(need)

    def _value_of(self, need: Need) -> object:
        within = self._within(need.import_name)
        if isinstance(need.node, InputNode):
            return within._input(need.node)
        return within._values[need.node] if isinstance(need.node, DecisionNode) else None

    def _function_of(self, need: Need) -> object:
        node = need.node
        return self.function(node) if isinstance(node, (KnowledgeNode, ServiceNode)) else None

    def _input(self, node: InputNode) -> object:
        if node not in self._values:
            self._values[node] = self.parameter(node)
        return self._values[node]

    def _make_function(self, node: FunctionNode, scope: Mapping[str, object]) -> Function:
        run = partial(self._call, node) if isinstance(node, ServiceNode) else node.run
        return ModelFunction(node.element.name, node.signature, run, self._frame(scope))

    def _call(self, node: ServiceNode, frame: Frame) -> object:
        """Evaluates a service with the parameters in a frame: it sees nothing of this room."""
        known = {
            parameter: frame.values[name]
            for parameter, name in zip(node.parameters, node.signature.parameters, strict=True)
        }
        return serving(self.evaluation, known).answer(node)

    def _within(self, import_name: str) -> Environment:
        """Where the elements of an imported model are evaluated."""
        if import_name not in self._imported:
            inputs = self._inputs.within(import_name)
            self._imported[import_name] = (
                self
                if inputs is self._inputs
                else Environment(self.evaluation, inputs, reads_texts=self.reads_texts)
            )
        return self._imported[import_name]

    def _frame(self, values: Mapping[str, object]) -> Frame:
        return Frame(values, None, self.evaluation)


def serving(evaluation: Explained, parameters: Mapping[ValueNode, object]) -> Environment:
    """What the decisions of a service are evaluated in: its parameters, and nothing else."""
    labelled = {
        node.element.variable.name: value
        for node, value in parameters.items()
        if isinstance(node, InputNode) and not node.model.declares_inputs
    }
    return Environment(evaluation, Inputs(labelled), parameters)


def _functions_of(node: FunctionNode) -> tuple[Need, ...]:
    return node.functions if isinstance(node, KnowledgeNode) else ()


def _required_functions(node: FunctionNode) -> list[FunctionNode]:
    return [
        need.node
        for need in _functions_of(node)
        if isinstance(need.node, (KnowledgeNode, ServiceNode))
    ]
