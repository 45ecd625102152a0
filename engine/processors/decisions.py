"""Decisions of one instance during one command: made in its steps, by checks and by handlers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.decided import (
    MOST_DECISIONS,
    AskedDecision,
    Binding,
    Decide,
    Decided,
    DecisionEvaluation,
    DecisionFailed,
)
from engine.decisions import (
    DecisionDefinition,
    find_decision,
    inputs_of,
    make_decision,
    map_results,
    results_of,
)
from engine.expression_functions import functions_for
from engine.processors.history import record
from engine.processors.work import Surroundings, Work
from engine.scopes import Functions, Scopes
from engine.spiff import CalledDecision, DecisionResult
from engine.store import decisions, instances
from engine.store.instances import InstanceRecord
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Made:
    """A decision, and where it was made; `token` None: in the check of a start or cancellation."""

    evaluation: DecisionEvaluation
    element_id: str
    token: int | None


@dataclass(frozen=True)
class Given:
    """What a handler gives: the inputs by name, and when it asks."""

    inputs: Mapping[str, object]
    now: datetime


class InstanceDecisions:
    """What an instance asks of the deployed decisions. History learns of it with the step.

    Decisions are those of the instance's tenant; `deployment_id` is that of its process.
    """

    def __init__(
        self,
        work: Work,
        instance: InstanceRecord,
        deployment_id: str,
        scopes: Scopes,
        functions: Callable[[], Functions],
    ) -> None:
        self._work = work
        self._instance = instance
        self._deployment_id = deployment_id
        self._scopes = scopes
        self._functions = functions
        self._made: list[Made] = []

    def decide(self, called: CalledDecision) -> DecisionResult:
        """The decision of a business rule task. Raises DecisionFailed."""
        asked = AskedDecision(called.decision, called.binding, called.version, called.version_tag)
        definition = self._find(asked)
        given = inputs_of(definition, self._scopes.view(called.scope))
        evaluation = make_decision(definition, given, self._functions())
        results = results_of(definition.decision, evaluation)
        value = map_results(called.mapping, results)
        self._made.append(Made(evaluation, called.element_id, called.token))
        return DecisionResult(value, results)

    def ask_at(self, element_id: str, token: int | None) -> Decide:
        """What a completion check at an element asks with: see `Completion.decide`."""

        def ask(
            decision: str,
            inputs: Mapping[str, object],
            binding: Binding,
            version: int | None,
            version_tag: str | None,
        ) -> Decided:
            if len(self._made) >= MOST_DECISIONS:
                raise DecisionFailed(f"Expected at most {MOST_DECISIONS} decisions in one check")
            definition = self._find(AskedDecision(decision, binding, version, version_tag))
            evaluation = make_decision(definition, inputs, self._functions())
            self._made.append(Made(evaluation, element_id, token))
            return evaluation.decided

        return ask

    def were_made(
        self, evaluations: Sequence[DecisionEvaluation], element_id: str, token: int
    ) -> None:
        """Takes over what a handler was told outside of the transaction."""
        self._made.extend(Made(each, element_id, token) for each in evaluations)

    def tell_history(self) -> None:
        """Writes the decisions that were made since the last time."""
        made, self._made = self._made, []
        for each in made:
            self._tell(each)

    def _find(self, asked: AskedDecision) -> DecisionDefinition:
        work = self._work
        return find_decision(
            work.connection,
            work.around.decisions,
            self._instance.tenant,
            self._deployment_id,
            asked,
        )

    def _tell(self, made: Made) -> None:
        work, evaluation = self._work, made.evaluation
        place = {"element": made.element_id, "token": made.token}
        record(work, self._instance, "DecisionEvaluated", {**place, **evaluation.as_json()})
        decisions.add_evaluation(
            work.uow,
            self._instance.id,
            made.element_id,
            made.token,
            evaluation.definition_id,
            [
                {
                    "decision": step.decision,
                    "rules": [[rule.number, rule.id] for rule in step.rules],
                }
                for step in evaluation.steps
                if step.rules
            ],
            self._instance.history_length,
            work.now,
        )


def decide_for_handler(
    connection: Any, around: Surroundings, instance_id: str, asked: AskedDecision, given: Given
) -> DecisionEvaluation:
    """A decision for the handler of a job, outside of any command: nothing is written.

    Raises DecisionFailed.
    """
    row = instances.read(UnitOfWork(connection), instance_id)
    if row is None:
        raise DecisionFailed(f"Expected process instance {instance_id}, but it does not exist")
    process = around.definitions.get(connection, row.definition_id)
    functions = functions_for(connection, process, ZoneInfo(around.settings.zone), given.now)
    definition = find_decision(
        connection, around.decisions, row.tenant, process.record.deployment_id, asked
    )
    return make_decision(definition, given.inputs, functions)
