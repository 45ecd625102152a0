"""How much one evaluation may do: counted where the work is done, without being handed through."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from engine.feel import limits
from engine.feel.errors import LimitReached


@dataclass(slots=True)
class Budget:
    """`steps` that are left, and `height`: the nodes being evaluated within each other now."""

    steps: int = limits.STEPS
    height: int = 0

    def spend(self, steps: int) -> None:
        """Raises LimitReached when the steps are used up."""
        self.steps -= steps
        if self.steps < 0:
            raise LimitReached("steps in one evaluation", limits.STEPS)

    def enter(self, height: int) -> None:
        """Before a body of this height is run; raises LimitReached. `leave` follows it."""
        self.height += height
        if self.height > limits.CALL_HEIGHT:
            self.height -= height
            raise LimitReached("nodes evaluated within each other", limits.CALL_HEIGHT)

    def leave(self, height: int) -> None:
        self.height -= height


CHARACTERS_A_STEP = 16
"""How many characters of a text count as much as one item of a list."""

CURRENT: ContextVar[Budget | None] = ContextVar("feel_budget", default=None)
"""The budget of the evaluation that runs in this thread."""


def spend(steps: int) -> None:
    """Counts work on long or nested values. Raises LimitReached; outside an evaluation, nothing."""
    budget = CURRENT.get()
    if budget is not None:
        budget.spend(steps)
