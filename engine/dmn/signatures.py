"""Functions of a model: parameters and types, known before there is a function to call."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.scope import Run
from engine.feel import syntax
from engine.feel.evaluator.calls import DefinedFunction
from engine.feel.feel import Frame
from engine.feel.types import FeelType, FunctionOf

FUNCTION_HEIGHT = 4
"""Python calls that a function of a model costs beside the FEEL texts in it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """None for what has no type."""

    parameters: tuple[str, ...] = ()
    types: tuple[FeelType | None, ...] = ()
    result: FeelType | None = None

    @property
    def type(self) -> FunctionOf:
        return FunctionOf(self.types, self.result)


class ModelFunction(DefinedFunction):
    """A function whose body is a boxed expression, with the frame in which it was made."""

    def __init__(self, name: str | None, signature: Signature, body: Run, frame: Frame) -> None:
        literal = syntax.FunctionLiteral(0, signature.parameters, signature.types, None)
        super().__init__(literal, body, FUNCTION_HEIGHT, frame)
        self.name = name
        self.function_type = signature.type
