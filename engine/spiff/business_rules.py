"""Business rule tasks: a decision is made while the token passes, within the step.

Where it can't be made the token stays, and the engine is told why: once the cause is gone it is
made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.errors import DecisionFailed, StepFailed
from engine.spiff.scoping import enclosing_scope, evaluate, open_local_scope, scope_of
from engine.spiff.specs import Activity
from engine.spiff.waits import DecisionWait

if TYPE_CHECKING:
    from engine.spiff.specification import ScopeSpec
    from engine.spiff.tokens import Token

RESULT = "decisionResult"
"""What output parameters of the task see: a list with an object for each rule that matched."""


@dataclass(frozen=True)
class CalledDecision:
    """Which decision is asked for, once its expressions are evaluated, and where.

    `binding` is latest, deployment, version or versionTag; `version` and `version_tag` are None
    but for the binding that names them. `token` stands at the task, `scope` is where inputs are
    read.
    """

    element_id: str
    token: int
    scope: int
    decision: str
    binding: str
    version: str | None
    version_tag: str | None
    mapping: str


@dataclass(frozen=True)
class DecisionResult:
    """`value` is what the task's mapping makes of `results`, which has one object a result."""

    value: object
    results: Sequence[Mapping[str, object]]


class Decisions(Protocol):
    """The engine's decisions, as this room sees them."""

    def decide(self, called: CalledDecision) -> DecisionResult:
        """Evaluates a decision. Raises DecisionFailed."""


class NoDecisions:
    """Where nothing is deployed."""

    def decide(self, called: CalledDecision) -> DecisionResult:
        """Raises DecisionFailed."""
        raise DecisionFailed(f"Expected a decision {called.decision}, but none is deployed")


NO_DECISIONS = NoDecisions()


@dataclass(frozen=True)
class DecisionReference:
    """What the diagram says: texts or expressions. `result_variable` None: kept nowhere."""

    decision: str
    binding: str
    version: str | None
    version_tag: str | None
    result_variable: str | None
    mapping: str


class BusinessRuleTask(Activity):
    """Done within the step; its token is only ever saved when the decision could not be made."""

    waits_outside = True

    def __init__(
        self, scope: ScopeSpec, name: str, element_id: str | None, reference: DecisionReference
    ) -> None:
        super().__init__(scope, name, element_id)
        self.reference = reference

    def start(self, token: Token) -> bool | None:
        try:
            self._decide(token)
        except DecisionFailed as failure:
            token.waits = True
            token.process.record.open(
                DecisionWait(
                    token.wait_key,
                    token.id,
                    self.bpmn_id,
                    scope_of(token),
                    token.loop_counter,
                    str(failure),
                )
            )
            return None
        return True

    def decide_again(self, token: Token) -> None:
        """Make the decision that could not be made before, with today's variables and tables.

        Raises StepFailed where it still can't be made.
        """
        self._enter_again(token)
        try:
            self._decide(token)
        except DecisionFailed as failure:
            raise StepFailed(self.bpmn_id, str(failure)) from failure
        token.complete()

    def _enter_again(self, token: Token) -> None:
        """Evaluate the input parameters anew, with what is outside of them, not with themselves."""
        if not self.input_parameters:
            return
        outside: dict[str, object] = {}
        for parameter in self.input_parameters:
            with suppress(KeyError):
                outside[parameter.name] = token.process.variables.get(
                    enclosing_scope(token), parameter.name
                )
        values = {
            parameter.name: evaluate(token, parameter.value, outside)
            for parameter in self.input_parameters
        }
        open_local_scope(token, values)

    def _decide(self, token: Token) -> None:
        reference = self.reference
        made = token.process.decisions.decide(
            CalledDecision(
                self.bpmn_id,
                token.id,
                scope_of(token),
                _text(token, reference.decision) or "",
                reference.binding,
                _text(token, reference.version),
                _text(token, reference.version_tag),
                reference.mapping,
            )
        )
        if reference.result_variable is not None:
            token.process.variables.set(scope_of(token), reference.result_variable, made.value)
        if self.output_parameters:
            open_local_scope(token, {RESULT: list(made.results)})


def _text(token: Token, text: str | None) -> str | None:
    """The value of an attribute as text; None stays None."""
    if text is None:
        return None
    value = evaluate(token, text)
    return None if value is None else str(value)
