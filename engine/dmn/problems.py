"""What is wrong with a decision model, and the refusal of it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import DeploymentRefused, EngineError
from engine.problems import Problem, Severity, Wording, make_problem

__all__ = ["DecisionError", "DmnRefused", "Problem", "Severity", "Wording", "make_problem"]


class DmnRefused(DeploymentRefused):
    """Files can't be read or compiled as decision models; `problems` says why."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)


class DecisionError(EngineError):
    """A decision has no result: its table contradicts itself, its inputs do not fit, a limit."""

    def __init__(self, decision: str, reason: str) -> None:
        super().__init__(f"Expected a result of the decision {decision!r}, but {reason}")
        self.decision = decision
        self.reason = reason
