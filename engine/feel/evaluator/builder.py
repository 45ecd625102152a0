"""What both dialects have in common: constants, lists, operators, logic and choices as closures.

A closure only calls functions of this room and those that are given; the Python attributes of a
value are never read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from engine.feel import syntax
from engine.feel.errors import Unfit
from engine.feel.evaluator.frame import Frame
from engine.feel.syntax import Node

Run = Callable[[Frame], object]
Operation = Callable[..., object]


class Builder(ABC):
    """Makes the closures of one text. `operations` are the dialect's operators and methods."""

    operations: Mapping[str, Operation]

    def __init__(self, text: str) -> None:
        self.text = text

    @abstractmethod
    def unfit(self, frame: Frame, reason: Unfit, position: int) -> object:
        """What an operation gives whose operands do not fit: null, or an error is raised."""

    @abstractmethod
    def logic(self, node: syntax.Logic) -> Run:
        """The closure of `and` and `or`."""

    @abstractmethod
    def truth(self, value: object) -> bool:
        """A value where a condition is asked for. Raises Unfit."""

    @abstractmethod
    def special(self, node: Node) -> Run:
        """The closure of a node that the dialect knows for itself."""

    def build(self, node: Node) -> Run:
        """The closure of a tree."""
        match node:
            case syntax.Literal(value=value):
                return lambda frame: value
            case syntax.ListLiteral(items=items):
                runs = [self.build(item) for item in items]
                return lambda frame: [run(frame) for run in runs]
            case syntax.Operation():
                return self._operation(node)
            case syntax.Logic():
                return self.logic(node)
            case syntax.If():
                return self._if(node)
            case _:
                return self.special(node)

    def _operation(self, node: syntax.Operation) -> Run:
        operation = self.operations[node.operator]
        if len(node.operands) == 2:
            left, right = self.build(node.operands[0]), self.build(node.operands[1])
            return self._infix(operation, left, right, node.position)
        operands = [self.build(operand) for operand in node.operands]
        unfit, position = self.unfit, node.position

        def run(frame: Frame) -> object:
            try:
                return operation(*[operand(frame) for operand in operands])
            except Unfit as reason:
                return unfit(frame, reason, position)

        return run

    def _infix(self, operation: Operation, left: Run, right: Run, position: int) -> Run:
        unfit = self.unfit

        def run(frame: Frame) -> object:
            try:
                return operation(left(frame), right(frame))
            except Unfit as reason:
                return unfit(frame, reason, position)

        return run

    def _if(self, node: syntax.If) -> Run:
        condition = self.condition(node.condition)
        then, otherwise = self.build(node.then), self.build(node.otherwise)
        return lambda frame: then(frame) if condition(frame) else otherwise(frame)

    def condition(self, node: Node) -> Callable[[Frame], bool]:
        """The closure of a node whose value is asked for as a condition."""
        run, truth, unfit, position = self.build(node), self.truth, self.unfit, node.position

        def condition(frame: Frame) -> bool:
            try:
                return truth(run(frame))
            except Unfit as reason:
                unfit(frame, reason, position)
                return False

        return condition
