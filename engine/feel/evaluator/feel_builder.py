"""The closures of FEEL: null where a value does not fit, with the reason as a warning."""

from __future__ import annotations

from engine.feel import syntax
from engine.feel.built_ins import BUILT_INS
from engine.feel.comparing import compare
from engine.feel.errors import Unfit
from engine.feel.evaluator import access, calls, repetition, testing
from engine.feel.evaluator.builder import Builder, Run
from engine.feel.evaluator.frame import Frame
from engine.feel.evaluator.operations import OPERATIONS
from engine.feel.syntax import Node
from engine.feel.types import is_instance
from engine.feel.values import Range, kind


class FeelBuilder(Builder):
    """Makes the closures of one FEEL text."""

    operations = OPERATIONS

    def unfit(self, frame: Frame, reason: Unfit, position: int) -> object:
        frame.evaluation.warn(str(reason), self.text, position)
        return None

    def truth(self, value: object) -> bool:
        if value is None or isinstance(value, bool):
            return value is True
        raise Unfit(f"expected true or false, but found {kind(value)}")

    def logic(self, node: syntax.Logic) -> Run:
        """Three values: false decides `and`, true decides `or`, else null (10.3.2.4)."""
        left, right = self.build(node.left), self.build(node.right)
        decisive = node.operator == "or"
        unfit, position = self.unfit, node.position

        def run(frame: Frame) -> object:
            first = left(frame)
            if first is decisive:
                return decisive
            second = right(frame)
            if second is decisive:
                return decisive
            if isinstance(first, bool) and isinstance(second, bool):
                return not decisive
            found = f"{kind(first)} and {kind(second)}"
            return unfit(frame, Unfit(f"expected two booleans, but found {found}"), position)

        return run

    def special(self, node: Node) -> Run:
        match node:
            case syntax.Name():
                return self._name(node)
            case syntax.ContextLiteral():
                return self._context(node)
            case syntax.RangeLiteral():
                return self._range(node)
            case syntax.Path():
                return access.path(self, node)
            case syntax.Filter():
                return access.filtered(self, node)
            case syntax.For():
                return repetition.for_(self, node)
            case syntax.Quantified():
                return repetition.quantified(self, node)
            case syntax.Call():
                return calls.call(self, node)
            case syntax.NamedCall():
                return calls.named_call(self, node)
            case syntax.FunctionLiteral():
                return calls.function_literal(self, node)
            case syntax.InstanceOf(value=value, type=feel_type):
                tested = self.build(value)
                return lambda frame: is_instance(tested(frame), feel_type)
            case syntax.In():
                return testing.in_(self, node)
        raise TypeError(f"Expected a node of FEEL, but found {type(node).__name__}")

    def _name(self, node: syntax.Name) -> Run:
        name, text, unfit, position = node.name, self.text, self.unfit, node.position
        built_in = BUILT_INS.get(name)

        def run(frame: Frame) -> object:
            scope: Frame | None = frame
            while scope is not None:
                values = scope.values
                if name in values:
                    try:
                        return values[name]
                    except Unfit as reason:
                        return unfit(frame, reason, position)
                scope = scope.parent
            if built_in is None:
                frame.evaluation.warn(f"Expected variable {name} to be set", text, position)
            return built_in

        return run

    def _context(self, node: syntax.ContextLiteral) -> Run:
        runs = [
            (name, self.build(value)) for name, value in zip(node.names, node.values, strict=True)
        ]

        def run(frame: Frame) -> object:
            entries: dict[str, object] = {}
            within = frame.child(entries)
            for name, value in runs:
                entries[name] = value(within)
            return entries

        return run

    def _range(self, node: syntax.RangeLiteral) -> Run:
        start = self.build(node.start) if node.start is not None else None
        end = self.build(node.end) if node.end is not None else None

        def run(frame: Frame) -> object:
            low = start(frame) if start is not None else None
            high = end(frame) if end is not None else None
            try:
                _check_ends(low, high, start is not None, end is not None)
            except Unfit as reason:
                return self.unfit(frame, reason, node.position)
            return Range(low, high, node.start_included, node.end_included)

        return run


def _check_ends(low: object, high: object, has_start: bool, has_end: bool) -> None:
    for value, is_there in ((low, has_start), (high, has_end)):
        if is_there:
            compare(value, value)
    if has_start and has_end and compare(low, high) > 0:
        raise Unfit("expected a range whose start is not after its end")
