"""How FK-B.03 asks the decision tables beside its diagram, `fk_b03/measures.dmn`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from engine.errors import EngineError
from engine.external_task import Decided


class AnswerUnusable(EngineError):
    """A decision of the tables gave something else than it is made for."""


class Decide(Protocol):
    """Makes a decision by its id: `ExternalTask.decide` and `Completion.decide`.

    Inputs are named as the tables name them. Raises DecisionFailed.
    """

    def __call__(self, decision: str, inputs: Mapping[str, object]) -> Decided: ...


class DecidedBy(NamedTuple):
    """Which version of which decision gave an answer."""

    decision: str
    version: int

    def as_data(self) -> dict[str, object]:
        """Plain data to keep with a case; the rows that matched are in its history."""
        return self._asdict()


def answer_of(
    decide: Decide, decision: str, inputs: Mapping[str, object]
) -> tuple[dict[str, Any], DecidedBy]:
    """The context that a decision gives, and which version gave it.

    Raises DecisionFailed, AnswerUnusable.
    """
    decided = decide(decision, inputs)
    if not isinstance(decided.value, Mapping):
        raise AnswerUnusable(
            f"Expected decision {decision} to give a context, but it gave {decided.value!r}"
        )
    return dict(decided.value), DecidedBy(decided.decision, decided.version)
