"""Documents of instances, with the signatures over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.definitions import Definitions
from engine.errors import NotAllowed, NotFound
from engine.identity import Actor
from engine.queries.document_names import document_names, is_attachment, step_names
from engine.queries.names import Names
from engine.queries.rows import AnyRow
from engine.queries.sight import sees_instance
from engine.queries.signers import knows_signer, without_iin
from engine.queries.surroundings import Surroundings
from engine.store.codec import load_json
from engine.store.tables import document, process_instance, signature

_document, _instance, _signature = document.c, process_instance.c, signature.c
_COLUMNS = [column for column in _document if column.name not in ("content", "tenant")]


@dataclass(frozen=True)
class SignatureRow:
    """A verified signature. `evidence` says what was checked, by whose certificate and when.

    `is_open`: the actor may have the signature and its evidence as files. To others the evidence
    shows no whole IIN.
    """

    id: str
    task_id: str
    signer: str
    signed_at: datetime
    evidence: Mapping[str, Any]
    is_open: bool = True


@dataclass(frozen=True)
class DocumentRef:
    """A stored document without its bytes; `size` is in bytes, `sha256` in hex.

    `name` is that of its file; `names` is what the process calls it, by language, and `step_names`
    what made it: empty where it is not known. `attached`: a person gave it at a form, and its file
    has the name that they gave it. `business_key` is that of its instance.
    """

    id: str
    instance_id: str
    name: str
    media_type: str
    sha256: str
    size: int
    created_at: datetime
    signatures: tuple[SignatureRow, ...] = ()
    names: Names = field(default_factory=dict, kw_only=True)
    step_names: Names = field(default_factory=dict, kw_only=True)
    attached: bool = field(default=False, kw_only=True)
    business_key: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class DocumentContent:
    """A document with its bytes."""

    ref: DocumentRef
    content: bytes


@dataclass(frozen=True)
class SignatureFile:
    """A detached signature as it was given: CMS in DER."""

    signature: SignatureRow
    document: DocumentRef
    cms: bytes


def document_content(
    connection: Connection, around: Surroundings, actor: Actor, document_id: str
) -> DocumentContent:
    """A document of an instance that the actor sees. Raises NotFound."""
    row = connection.execute(
        _select().add_columns(_document.content).where(_document.id == document_id)
    ).one_or_none()
    if row is None or not sees_instance(connection, actor, around.settings, row.instance_id):
        raise NotFound(f"Expected document {document_id}, but it does not exist")
    signatures = _signatures(connection, actor, [document_id]).get(document_id, [])
    return DocumentContent(_ref(connection, around.definitions, row, signatures), row.content)


def signature_file(
    connection: Connection, around: Surroundings, actor: Actor, signature_id: str
) -> SignatureFile:
    """A signature over a document of an instance that the actor sees.

    Raises NotFound; NotAllowed for who may not learn whose certificate it holds.
    """
    row = connection.execute(
        _select_signatures().add_columns(_signature.cms).where(_signature.id == signature_id)
    ).one_or_none()
    if row is None or not sees_instance(connection, actor, around.settings, row.instance_id):
        raise NotFound(f"Expected signature {signature_id}, but it does not exist")
    signed = document_ref(connection, around.definitions, row.document_id)
    if signed is None:
        raise NotFound(f"Expected document {row.document_id}, but it does not exist")
    found = _signed(actor, row)
    if not found.is_open:
        raise NotAllowed(
            f"Expected to open signature {signature_id}, but its certificate is for those whose "
            "case it is"
        )
    return SignatureFile(found, signed, row.cms)


def documents_of(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    instance_id: str,
    variables: Mapping[str, object],
) -> tuple[DocumentRef, ...]:
    """The documents of one instance, oldest first.

    With them those that its variables refer to in other instances that the actor sees: a contract
    that was told of, say.
    """
    told = sorted(_references(variables.values()))
    rows = [
        row
        for row in connection.execute(_OWN_AND_TOLD, {"instance_id": instance_id, "told": told})
        if row.instance_id == instance_id
        or sees_instance(connection, actor, around.settings, row.instance_id)
    ]
    signatures = _signatures(connection, actor, [row.id for row in rows])
    return tuple(
        _ref(connection, around.definitions, row, signatures.get(row.id, [])) for row in rows
    )


def document_ref(
    connection: Connection, definitions: Definitions, document_id: str
) -> DocumentRef | None:
    """One document without its signatures; None where it is gone."""
    row = connection.execute(_select().where(_document.id == document_id)).one_or_none()
    return None if row is None else _ref(connection, definitions, row, [])


def _references(values: Iterable[object]) -> set[str]:
    """The ids of documents that values hold."""
    return {
        reference
        for value in values
        if isinstance(value, Mapping) and isinstance(reference := value.get("document"), str)
    }


def _select() -> Select[Any]:
    return select(*_COLUMNS, _instance.definition_id, _instance.business_key).join(
        process_instance, _instance.id == _document.instance_id
    )


def _select_signatures() -> Select[Any]:
    return select(
        _signature.id,
        _signature.instance_id,
        _signature.task_id,
        _signature.document_id,
        _signature.signer,
        _signature.signed_at,
        _signature.evidence,
        _instance.unit,
        _instance.party,
    ).join(process_instance, _instance.id == _signature.instance_id)


_OWN_AND_TOLD = (
    _select()
    .where(
        (_document.instance_id == bindparam("instance_id"))
        | _document.id.in_(bindparam("told", expanding=True))
    )
    .order_by(_document.id)
)
_SIGNATURES = (
    _select_signatures()
    .where(_signature.document_id.in_(bindparam("document_ids", expanding=True)))
    .order_by(_signature.id)
)


def _signatures(
    connection: Connection, actor: Actor, document_ids: list[str]
) -> dict[str, list[SignatureRow]]:
    found: dict[str, list[SignatureRow]] = defaultdict(list)
    for row in connection.execute(_SIGNATURES, {"document_ids": document_ids}):
        found[row.document_id].append(_signed(actor, row))
    return found


def _signed(actor: Actor, row: AnyRow) -> SignatureRow:
    evidence = load_json(row.evidence)
    is_open = knows_signer(actor, row.unit, row.party, row.signer)
    return SignatureRow(
        row.id,
        row.task_id,
        row.signer,
        row.signed_at,
        evidence if is_open else without_iin(evidence),
        is_open,
    )


def _ref(
    connection: Connection, definitions: Definitions, row: AnyRow, signatures: list[SignatureRow]
) -> DocumentRef:
    definition = definitions.get(connection, row.definition_id)
    return DocumentRef(
        id=row.id,
        instance_id=row.instance_id,
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        created_at=row.created_at,
        signatures=tuple(signatures),
        names=document_names(definition, row.kind, row.element_id),
        step_names=step_names(definition, row.element_id),
        attached=is_attachment(definition, row.kind),
        business_key=row.business_key,
    )
