"""What a rule says about a diagram, and the refusal of a file that is none."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import DeploymentRefused
from engine.problems import Problem, Severity, Wording, make_problem

__all__ = ["DiagramRefused", "Problem", "Severity", "Wording", "make_problem"]


class DiagramRefused(DeploymentRefused):
    """A file can't be read as a diagram; `problems` says why."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
