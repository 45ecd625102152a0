"""What an evaluation knows while it runs: names with their values, its budget, its warnings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.feel import limits
from engine.feel.budget import Budget

Functions = Mapping[str, Callable[..., object]]
"""Functions that the engine gives to expressions, by name. They take and give JSON values."""

NO_FUNCTIONS: Functions = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FeelWarning:
    """Why a value is null: a sentence, the expression, and the place in it (0-based)."""

    reason: str
    text: str
    position: int


@dataclass(slots=True)
class Evaluation:
    """One evaluation: everything that expressions calling each other have in common."""

    functions: Functions = field(default_factory=lambda: NO_FUNCTIONS)
    budget: Budget = field(default_factory=Budget)
    warnings: list[FeelWarning] = field(default_factory=list)

    def warn(self, reason: str, text: str, position: int) -> None:
        """Keeps a reason for null; the first ones only, so that loops can't fill memory."""
        if len(self.warnings) < limits.WARNINGS:
            self.warnings.append(FeelWarning(reason[:1].upper() + reason[1:], text, position))


class Frame:
    """Names in scope: those of this frame, then those of the frames around it."""

    __slots__ = ("evaluation", "parent", "values")

    def __init__(
        self, values: Mapping[str, object], parent: Frame | None, evaluation: Evaluation
    ) -> None:
        self.values = values
        self.parent = parent
        self.evaluation = evaluation

    def child(self, values: Mapping[str, object]) -> Frame:
        """A frame within this one."""
        return Frame(values, self, self.evaluation)
