"""Deployed decisions, and the decisions that were made in an instance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.decisions import DecisionDefinitions
from engine.errors import NotFound
from engine.identity import Actor
from engine.queries.decision_names import DecisionNames, names_in
from engine.queries.names import Names
from engine.queries.rows import AnyRow
from engine.queries.sight import instance_not_found, is_operator, of_tenant, sees_instance
from engine.settings import EngineSettings
from engine.store.codec import load_json
from engine.store.tables import (
    decision_definition,
    decision_evaluation,
    deployment,
    history_event,
    resource,
)

_definition = decision_definition.c
_evaluation = decision_evaluation.c
_event = history_event.c
_MADE = (
    select(
        _evaluation.id,
        _evaluation.element_id,
        _evaluation.token,
        _evaluation.definition_id,
        _evaluation.rules,
        _evaluation.evaluated_at,
        _definition.decision_id,
        _definition.name,
        _definition.version,
        _definition.version_tag,
    )
    .join(decision_definition, _definition.id == _evaluation.definition_id)
    .where(_evaluation.instance_id == bindparam("instance_id"))
    .order_by(_evaluation.id)
)
_MADE_BY_TOKENS = _MADE.where(_evaluation.token.is_not(None))
_EVALUATED = _MADE.add_columns(
    _event.payload, _definition.deployment_id, _definition.resource_name
).join(
    history_event,
    (_event.stream == _evaluation.instance_id) & (_event.number == _evaluation.event_number),
)


@dataclass(frozen=True)
class DecisionRow:
    """One version of a decision. `inputs` are the names of the variables that it reads; `names`
    are those of the newest version."""

    id: str
    decision_id: str
    name: str
    names: Names
    version: int
    version_tag: str | None
    is_latest: bool
    inputs: tuple[str, ...]
    resource_name: str
    deployment_id: str
    deployed_at: datetime
    deployed_by: str
    source: str
    note: str


@dataclass(frozen=True)
class DecisionFileView:
    """The file of one version of a decision, as it was deployed."""

    definition_id: str
    decision_id: str
    version: int
    resource_name: str
    xml: bytes


@dataclass(frozen=True)
class RuleRef:
    """A row of a decision table that matched: its number from 1, and its id in the file."""

    number: int
    id: str | None


@dataclass(frozen=True)
class TableRules:
    """The rows that matched in the table of one decision, which may be one below the asked one."""

    decision: str
    rules: tuple[RuleRef, ...]


@dataclass(frozen=True)
class MadeDecision:
    """Which version of a decision was asked, and which rows decided.

    `token` None: in the check of a start or a cancellation.
    """

    id: str
    element_id: str
    token: int | None
    definition_id: str
    decision_id: str
    name: str
    version: int
    version_tag: str | None
    tables: tuple[TableRules, ...]
    evaluated_at: datetime

    @property
    def rules(self) -> tuple[RuleRef, ...]:
        """The rows of the decision itself."""
        own = [table.rules for table in self.tables if table.decision == self.decision_id]
        return own[-1] if own else ()


@dataclass(frozen=True)
class EvaluatedDecision:
    """A decision with what went in and what came out.

    `names` are what its file calls decisions, inputs and outputs. `evaluation` is the payload of
    its event in history: `inputs`, `value`, `steps`, `warnings`. None once it was erased, and for
    those who stand for a party: an office's notes are among it.
    """

    made: MadeDecision
    names: DecisionNames
    evaluation: Mapping[str, Any] | None


def decision_definitions(
    connection: Connection, known: DecisionDefinitions, settings: EngineSettings, actor: Actor
) -> tuple[DecisionRow, ...]:
    """Every version by decision, the newest first; empty but for operators and owners."""
    if not is_operator(actor, settings):
        return ()
    rows = connection.execute(
        select(
            decision_definition,
            deployment.c.deployed_at,
            deployment.c.deployed_by,
            deployment.c.source,
            deployment.c.note,
        )
        .join(deployment, deployment.c.id == _definition.deployment_id)
        .where(of_tenant(_definition.tenant, actor))
        .order_by(_definition.tenant, _definition.decision_id, _definition.version.desc())
    )
    latest: dict[tuple[str, str], Names] = {}
    found = []
    for row in rows:
        decision = (row.tenant, row.decision_id)
        is_latest = decision not in latest
        if is_latest:
            file = names_in(connection, known, row.deployment_id, row.resource_name)
            latest[decision] = file.decision(row.decision_id, row.name)
        found.append(
            DecisionRow(
                id=row.id,
                decision_id=row.decision_id,
                name=row.name,
                names=latest[decision],
                version=row.version,
                version_tag=row.version_tag,
                is_latest=is_latest,
                inputs=tuple(
                    each["name"] for each in load_json(row.inputs) if each.get("is_certain", True)
                ),
                resource_name=row.resource_name,
                deployment_id=row.deployment_id,
                deployed_at=row.deployed_at,
                deployed_by=row.deployed_by,
                source=row.source,
                note=row.note,
            )
        )
    return tuple(found)


def decision_file(
    connection: Connection, settings: EngineSettings, actor: Actor, definition_id: str
) -> DecisionFileView:
    """The DMN XML of a version, for operators and owners. Raises NotFound."""
    row = connection.execute(
        select(
            _definition.decision_id,
            _definition.version,
            _definition.resource_name,
            resource.c.content,
        )
        .join(
            resource,
            (resource.c.deployment_id == _definition.deployment_id)
            & (resource.c.name == _definition.resource_name),
        )
        .where(_definition.id == definition_id, of_tenant(_definition.tenant, actor))
    ).one_or_none()
    if row is None or not is_operator(actor, settings):
        raise NotFound(f"Expected decision definition {definition_id}, but it does not exist")
    return DecisionFileView(
        definition_id, row.decision_id, row.version, row.resource_name, row.content
    )


def evaluated_decisions(
    connection: Connection,
    known: DecisionDefinitions,
    settings: EngineSettings,
    actor: Actor,
    instance_id: str,
) -> tuple[EvaluatedDecision, ...]:
    """The decisions that were made in an instance, in order. Raises NotFound."""
    if not sees_instance(connection, actor, settings, instance_id):
        raise instance_not_found(instance_id)
    rows = connection.execute(_EVALUATED, {"instance_id": instance_id}).all()
    inside = actor.is_system or actor.parties is None
    named = {
        file: names_in(connection, known, *file)
        for file in {(row.deployment_id, row.resource_name) for row in rows}
    }
    return tuple(
        EvaluatedDecision(
            _made_of(row),
            named[row.deployment_id, row.resource_name],
            load_json(row.payload) if inside and row.payload is not None else None,
        )
        for row in rows
    )


def made_by_token(connection: Connection, instance_id: str) -> Mapping[int, list[MadeDecision]]:
    """The decisions that were made in an instance, by the token that asked."""
    found: dict[int, list[MadeDecision]] = defaultdict(list)
    for row in connection.execute(_MADE_BY_TOKENS, {"instance_id": instance_id}):
        found[row.token].append(_made_of(row))
    return found


def _made_of(row: AnyRow) -> MadeDecision:
    return MadeDecision(
        id=row.id,
        element_id=row.element_id,
        token=row.token,
        definition_id=row.definition_id,
        decision_id=row.decision_id,
        name=row.name,
        version=row.version,
        version_tag=row.version_tag,
        tables=tuple(
            TableRules(each["decision"], tuple(RuleRef(*rule) for rule in each["rules"]))
            for each in load_json(row.rules)
        ),
        evaluated_at=row.evaluated_at,
    )
