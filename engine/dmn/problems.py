"""What is wrong with a decision model, and the refusal of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import DeploymentRefused, EngineError
from engine.problems import Problem, Severity, Wording, make_problem

__all__ = ["DecisionError", "DmnRefused", "Problem", "Severity", "Wording", "make_problem"]


class DmnRefused(DeploymentRefused):
    """Files can't be read or compiled as decision models; `problems` says why."""

    problems: tuple[Problem, ...]

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)


NO_RESULT = Wording(
    en="Expected a result of the decision '{decision}', but there is none: {reason}",
    ru="Ожидался результат решения «{decision}», но его нет: {reason}",
    kk="«{decision}» шешімінің нәтижесі күтілді, бірақ ол жоқ: {reason}",
)


class DecisionError(EngineError):
    """A decision has no result: its table contradicts itself, its inputs do not fit, a limit.

    `messages` is the sentence by language, with the English `reason` where there is no other.
    """

    def __init__(self, decision: str, reason: str, messages: Mapping[str, str] = {}) -> None:
        self.messages = {
            language: template.format(
                decision=decision, reason=_continued(messages.get(language, reason))
            )
            for language, template in NO_RESULT.templates().items()
        }
        super().__init__(self.messages["en"])
        self.decision = decision
        self.reason = reason


def _continued(sentence: str) -> str:
    """A sentence as it goes on after a colon; one that begins with an abbreviation stays."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]
