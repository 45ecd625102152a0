"""Documents of instances, with the signatures over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.identity import Actor
from engine.queries.rows import AnyRow
from engine.queries.sight import sees_instance
from engine.settings import EngineSettings
from engine.store.codec import load_json
from engine.store.tables import document, signature

_document = document.c
_COLUMNS = [column for column in _document if column.name not in ("content", "tenant")]


@dataclass(frozen=True)
class SignatureRow:
    """A verified signature. `evidence` says what was checked, by whose certificate and when."""

    id: str
    task_id: str
    signer: str
    signed_at: datetime
    evidence: Mapping[str, Any]


@dataclass(frozen=True)
class DocumentRef:
    """A stored document without its bytes; `size` is in bytes, `sha256` in hex."""

    id: str
    instance_id: str
    name: str
    media_type: str
    sha256: str
    size: int
    created_at: datetime
    signatures: tuple[SignatureRow, ...] = ()


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
    connection: Connection, settings: EngineSettings, actor: Actor, document_id: str
) -> DocumentContent:
    """A document of an instance that the actor sees. Raises NotFound."""
    row = connection.execute(
        select(*_COLUMNS, _document.content).where(_document.id == document_id)
    ).one_or_none()
    if row is None or not sees_instance(connection, actor, settings, row.instance_id):
        raise NotFound(f"Expected document {document_id}, but it does not exist")
    signatures = _signatures(connection, row.instance_id).get(document_id, [])
    return DocumentContent(_ref(row, signatures), row.content)


def signature_file(
    connection: Connection, settings: EngineSettings, actor: Actor, signature_id: str
) -> SignatureFile:
    """A signature over a document of an instance that the actor sees. Raises NotFound."""
    row = connection.execute(select(signature).where(signature.c.id == signature_id)).one_or_none()
    if row is None or not sees_instance(connection, actor, settings, row.instance_id):
        raise NotFound(f"Expected signature {signature_id}, but it does not exist")
    signed = document_ref(connection, row.document_id)
    if signed is None:
        raise NotFound(f"Expected document {row.document_id}, but it does not exist")
    return SignatureFile(_signature(row), signed, row.cms)


def documents_of(connection: Connection, instance_id: str) -> tuple[DocumentRef, ...]:
    """The documents of one instance, oldest first."""
    signatures = _signatures(connection, instance_id)
    rows = connection.execute(
        select(*_COLUMNS).where(_document.instance_id == instance_id).order_by(_document.id)
    )
    return tuple(_ref(row, signatures.get(row.id, [])) for row in rows)


def document_ref(connection: Connection, document_id: str) -> DocumentRef | None:
    """One document without its signatures; None where it is gone."""
    row = connection.execute(select(*_COLUMNS).where(_document.id == document_id)).one_or_none()
    return None if row is None else _ref(row, [])


def _signatures(connection: Connection, instance_id: str) -> dict[str, list[SignatureRow]]:
    columns = signature.c
    found: dict[str, list[SignatureRow]] = defaultdict(list)
    rows = connection.execute(
        select(
            columns.id,
            columns.task_id,
            columns.document_id,
            columns.signer,
            columns.signed_at,
            columns.evidence,
        )
        .where(columns.instance_id == instance_id)
        .order_by(columns.id)
    )
    for row in rows:
        found[row.document_id].append(_signature(row))
    return found


def _signature(row: AnyRow) -> SignatureRow:
    return SignatureRow(row.id, row.task_id, row.signer, row.signed_at, load_json(row.evidence))


def _ref(row: AnyRow, signatures: list[SignatureRow]) -> DocumentRef:
    return DocumentRef(
        id=row.id,
        instance_id=row.instance_id,
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        created_at=row.created_at,
        signatures=tuple(signatures),
    )
