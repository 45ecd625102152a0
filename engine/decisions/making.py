"""Making a decision: which version is meant, and what it says to these inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.decided import (
    AskedDecision,
    DecisionEvaluation,
    DecisionFailed,
    EvaluatedStep,
    MatchedRule,
)
from engine.decisions.definitions import DecisionDefinition, DecisionDefinitions
from engine.dmn import DecisionError, DecisionStep, DmnRefused
from engine.store import decisions
from engine.store.codec import dump_json, load_json
from engine.store.decisions import DecisionRecord

MOST_WARNINGS = 20
"""Reasons for null that are kept with an evaluation."""


def find_decision(
    connection: Any,
    definitions: DecisionDefinitions,
    tenant: str,
    deployment_id: str,
    asked: AskedDecision,
) -> DecisionDefinition:
    """The version that is meant; `deployment_id` is that of the process that asks.

    Raises DecisionFailed.
    """
    record = asked_version(connection, tenant, deployment_id, asked)
    if record is None:
        raise DecisionFailed(
            f"Expected a decision {asked.decision}{_which(asked)}, but none is deployed"
        )
    try:
        return definitions.of(connection, record)
    except DmnRefused as refused:
        raise DecisionFailed(str(refused)) from refused


def asked_version(
    connection: Any, tenant: str, deployment_id: str, asked: AskedDecision
) -> DecisionRecord | None:
    """The row of the version that is meant, None where there is none. Raises DecisionFailed."""
    if asked.binding == "latest":
        return decisions.latest(connection, tenant, asked.decision)
    if asked.binding == "deployment":
        return decisions.as_of_deployment(connection, tenant, deployment_id, asked.decision)
    if asked.binding == "version":
        return decisions.version_of(connection, tenant, asked.decision, _number(asked))
    if asked.binding == "versionTag":
        tag = asked.version_tag
        return None if tag is None else decisions.tagged(connection, tenant, asked.decision, tag)
    raise DecisionFailed(
        "Expected the binding latest, deployment, version or versionTag, "
        f"but found {asked.binding!r}"
    )


def _number(asked: AskedDecision) -> int:
    try:
        return int(asked.version or "")
    except ValueError:
        raise DecisionFailed(
            f"Expected a version of {asked.decision}, but found {asked.version!r}"
        ) from None


def _which(asked: AskedDecision) -> str:
    if asked.binding == "version":
        return f", version {asked.version}"
    if asked.binding == "versionTag":
        return f", version tag {asked.version_tag}"
    return ""


def inputs_of(definition: DecisionDefinition, visible: Mapping[str, object]) -> dict[str, object]:
    """What a decision reads of the variables at a place.

    Raises DecisionFailed where input data of the model has no variable: null must be said, too.
    """
    found: dict[str, object] = {}
    for each in load_json(definition.record.inputs):
        name = each["name"]
        if name in visible:
            found[name] = visible[name]
        elif each.get("is_certain", True) and name in definition.file.input_names:
            raise DecisionFailed(
                f"Expected a variable {name}, which the decision {definition.record.decision_id} "
                "reads, but found none"
            )
    return found


def make_decision(
    definition: DecisionDefinition,
    given: Mapping[str, object],
    functions: Mapping[str, Callable[..., object]],
) -> DecisionEvaluation:
    """Evaluates a decision with inputs by name; those that are not given are null.

    Raises DecisionFailed: its table contradicts itself, a value does not fit, a limit was reached.
    """
    record = definition.record
    try:
        inputs = load_json(dump_json(given))
        outcome = definition.decisions.evaluate(definition.address, given, functions)
        outcome.check()
        return DecisionEvaluation(
            definition_id=record.id,
            decision=record.decision_id,
            name=record.name,
            version=record.version,
            deployment_id=record.deployment_id,
            inputs=inputs,
            value=load_json(dump_json(outcome.value)),
            steps=tuple(_step(each) for each in outcome.steps),
            warnings=tuple(each.reason for each in outcome.warnings[:MOST_WARNINGS]),
        )
    except DecisionError as error:
        raise DecisionFailed(f"{error}; {_named(record)}") from error
    except TypeError as error:
        raise DecisionFailed(f"Expected JSON values, but {error}; {_named(record)}") from error


def _named(record: DecisionRecord) -> str:
    return f"decision {record.decision_id}, version {record.version} in {record.resource_name}"


def _step(step: DecisionStep) -> EvaluatedStep:
    return EvaluatedStep(
        decision=step.decision,
        name=step.name,
        inputs=load_json(dump_json(step.inputs)),
        rules=tuple(MatchedRule(rule.number, rule.id, rule.annotations) for rule in step.rules),
        outputs=load_json(dump_json(step.outputs)),
    )
