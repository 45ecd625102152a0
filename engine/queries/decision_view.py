"""One version of a decision to look at: its logic as it was deployed, and what it requires."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from engine.dmn import Decision, DecisionService, DmnRefused, InputData, KnowledgeModel, Model
from engine.dmn.library import Found, Library
from engine.dmn.model import DrgElement
from engine.dmn.outline import Block, Column, Line, Outliner, Row, TableOutline
from engine.errors import NotFound
from engine.identity import Actor
from engine.queries.decision_names import in_every_language
from engine.queries.names import Names
from engine.queries.rows import AnyRow
from engine.queries.sight import is_operator, of_tenant
from engine.queries.surroundings import Surroundings
from engine.store import decisions
from engine.store.tables import decision_definition, deployment

__all__ = [
    "Block",
    "Column",
    "DecisionView",
    "Line",
    "FunctionView",
    "OtherVersion",
    "Requirement",
    "Row",
    "TableOutline",
]

RequirementKind = Literal["input", "decision", "knowledge model", "service"]

_definition = decision_definition.c
_KINDS = (Decision, InputData, KnowledgeModel, DecisionService)


@dataclass(frozen=True)
class Requirement:
    """What a decision requires. `definition_id`: the version of a decision that it goes by, None
    for other kinds."""

    kind: RequirementKind
    names: Names
    type_ref: str | None = None
    definition_id: str | None = None


@dataclass(frozen=True)
class FunctionView:
    """A knowledge model: the function that decisions call."""

    names: Names
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class OtherVersion:
    """Another version of the same decision."""

    id: str
    version: int


@dataclass(frozen=True)
class DecisionView:
    """A version of a decision with its logic, and that of the knowledge models that it requires at
    any remove; `versions` are all there are, the newest first."""

    id: str
    decision_id: str
    names: Names
    version: int
    version_tag: str | None
    resource_name: str
    deployed_at: datetime
    deployed_by: str
    note: str
    versions: tuple[OtherVersion, ...]
    requires: tuple[Requirement, ...]
    blocks: tuple[Block, ...]
    functions: tuple[FunctionView, ...]


def decision_view(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    definition_id: str,
    *,
    first_rule: int,
    most_rules: int,
) -> DecisionView:
    """For operators and owners. Raises NotFound, also where the file can't be read any more."""
    row = _row(connection, actor, definition_id)
    if row is None or not is_operator(actor, around.settings):
        raise NotFound(f"Expected decision definition {definition_id}, but it does not exist")
    try:
        file = around.decisions.file(connection, row.deployment_id, row.resource_name)
    except DmnRefused as refused:
        raise NotFound(
            f"Expected a file that can be read, but {row.resource_name} of decision definition "
            f"{definition_id} is none"
        ) from refused
    decision = file.decision(row.decision_id)
    outliner = Outliner(first_rule, most_rules)
    library = Library(file.models)
    required = list(_required(library, file.model, decision))
    return DecisionView(
        id=row.id,
        decision_id=row.decision_id,
        names=_names(decision),
        version=row.version,
        version_tag=row.version_tag,
        resource_name=row.resource_name,
        deployed_at=row.deployed_at,
        deployed_by=row.deployed_by,
        note=row.note,
        versions=_versions(connection, row),
        requires=tuple(_requirement(connection, row, each.element) for each in required),
        blocks=outliner.blocks(decision.expression),
        functions=tuple(_functions(library, required, Outliner(1, most_rules))),
    )


def _row(connection: Connection, actor: Actor, definition_id: str) -> AnyRow | None:
    return connection.execute(
        select(
            decision_definition,
            deployment.c.deployed_at,
            deployment.c.deployed_by,
            deployment.c.note,
        )
        .join(deployment, deployment.c.id == _definition.deployment_id)
        .where(_definition.id == definition_id, of_tenant(_definition.tenant, actor))
    ).one_or_none()


def _versions(connection: Connection, row: AnyRow) -> tuple[OtherVersion, ...]:
    found = connection.execute(
        select(_definition.id, _definition.version)
        .where(_definition.tenant == row.tenant, _definition.decision_id == row.decision_id)
        .order_by(_definition.version.desc())
    )
    return tuple(OtherVersion(each.id, each.version) for each in found)


def _required(
    library: Library, model: Model, element: Decision | KnowledgeModel
) -> Iterator[Found]:
    """What an element of a model requires itself, in the order decisions, inputs, knowledge."""
    references = element.required_knowledge
    if isinstance(element, Decision):
        references = (*element.required_decisions, *element.required_inputs, *references)
    for each in references:
        found = library.find(model, each, _KINDS)
        if found is not None:
            yield found


def _requirement(connection: Connection, row: AnyRow, element: DrgElement) -> Requirement:
    definition_id = None
    if isinstance(element, Decision) and element.id is not None:
        record = decisions.as_of_deployment(connection, row.tenant, row.deployment_id, element.id)
        definition_id = None if record is None else record.id
    return Requirement(_kind(element), _names(element), element.variable.type_ref, definition_id)


def _functions(
    library: Library, required: Sequence[Found], outliner: Outliner
) -> Iterator[FunctionView]:
    waiting = list(required)
    seen: set[tuple[str, str | None]] = set()
    for found in waiting:
        element, place = found.element, (found.model.namespace, found.element.id)
        if isinstance(element, KnowledgeModel) and place not in seen:
            seen.add(place)
            yield FunctionView(_names(element), outliner.blocks(element.logic))
            waiting += _required(library, found.model, element)


def _kind(element: DrgElement) -> RequirementKind:
    match element:
        case InputData():
            return "input"
        case Decision():
            return "decision"
        case KnowledgeModel():
            return "knowledge model"
        case DecisionService():
            return "service"


def _names(element: DrgElement) -> Names:
    translations = () if isinstance(element, DecisionService) else element.translations
    return in_every_language(element.name, translations)
