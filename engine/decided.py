"""What is known of a decision that was made: which version, with what, and which rows matched.

Values are JSON; dates and durations are texts of ISO 8601.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from engine.errors import DecisionFailed

__all__ = [
    "MOST_DECISIONS",
    "AskedDecision",
    "Binding",
    "Decide",
    "Decided",
    "Deciding",
    "DecisionEvaluation",
    "DecisionFailed",
    "EvaluatedStep",
    "MatchedRule",
    "no_decisions",
]

MOST_DECISIONS = 1_000
"""How often one handler, or one check, may ask for a decision."""

Binding = Literal["latest", "deployment", "version", "versionTag"]


@dataclass(frozen=True)
class AskedDecision:
    """A decision by its id, and which version: `version` and `version_tag` as `binding` needs."""

    decision: str
    binding: str = "latest"
    version: int | str | None = None
    version_tag: str | None = None


@dataclass(frozen=True)
class MatchedRule:
    """A row of a decision table that matched: its number from 1, and its id in the file.

    `annotations` are (column, text).
    """

    number: int
    id: str | None = None
    annotations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Decided:
    """What a handler or check gets: `value` as DMN has it, `rules` those of the decision itself."""

    value: object
    decision: str
    version: int
    rules: tuple[MatchedRule, ...] = ()


Decide = Callable[[str, Mapping[str, object], Binding, int | None, str | None], Decided]
"""Decision, inputs, binding, version, version tag → what was decided. Raises DecisionFailed."""


def no_decisions(
    decision: str,
    _inputs: Mapping[str, object],
    _binding: Binding,
    _version: int | None,
    _version_tag: str | None,
) -> Decided:
    """Where no engine stands behind. Raises DecisionFailed."""
    raise DecisionFailed(f"Expected a decision {decision}, but no engine is there to make it")


@dataclass(frozen=True)
class EvaluatedStep:
    """One decision of those that were evaluated for the one that was asked for, itself included."""

    decision: str
    name: str
    inputs: Mapping[str, object]
    rules: tuple[MatchedRule, ...]
    outputs: object


@dataclass(frozen=True)
class DecisionEvaluation:
    """A whole evaluation, as history keeps it. `definition_id` is the id of the version.

    `steps` are in the order of evaluation, the decision that was asked for last; `warnings` say
    why FEEL gave null.
    """

    definition_id: str
    decision: str
    name: str
    version: int
    deployment_id: str
    inputs: Mapping[str, object]
    value: object
    steps: tuple[EvaluatedStep, ...]
    warnings: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[MatchedRule, ...]:
        """The rows of the decision itself that matched."""
        own = [step.rules for step in self.steps if step.decision == self.decision]
        return own[-1] if own else ()

    @property
    def decided(self) -> Decided:
        """What a handler or check gets of it."""
        return Decided(self.value, self.decision, self.version, self.rules)

    def as_json(self) -> dict[str, object]:
        """All of it as JSON."""
        return asdict(self)


class Deciding:
    """Whoever may ask for decisions: handlers by their task, checks by their completion."""

    decisions: Decide

    def decide(
        self,
        decision: str,
        inputs: Mapping[str, object],
        *,
        binding: Binding = "latest",
        version: int | None = None,
        version_tag: str | None = None,
    ) -> Decided:
        """Evaluates a deployed decision; history keeps it with what the handler or check gives.

        `inputs` are the values of its input data by name; those that are left out are null.
        `binding` "deployment" is the version of the process's own deployment, "version" and
        "versionTag" the one that `version` or `version_tag` names. Raises DecisionFailed, which
        is an incident where no handler catches it.
        """
        return self.decisions(decision, inputs, binding, version, version_tag)
