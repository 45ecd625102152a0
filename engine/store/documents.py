"""Rows of documents, signatures over them, and the nonces of signatures to come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from engine.store.codec import load_json
from engine.store.ids import new_id
from engine.store.tables import document, signature, signature_nonce
from engine.store.unit_of_work import UnitOfWork


@dataclass
class NonceRecord:
    """One row of `signature_nonce`."""

    nonce: str
    task_id: str
    signer: str
    document_id: str
    expires_at: datetime
    used_at: datetime | None


_CONTENT = select(document.c.content).where(document.c.id == bindparam("b_id"))


@dataclass(frozen=True)
class NewDocument:
    """What is to be stored. `kind` is what it is called by, `element_id` what made it."""

    instance_id: str
    tenant: str
    name: str
    media_type: str
    content: bytes
    kind: str
    element_id: str


def add(uow: UnitOfWork, new: NewDocument, at: datetime) -> dict[str, Any]:
    """Stores bytes; returns the reference that a variable holds."""
    row = {
        "id": new_id(),
        "instance_id": new.instance_id,
        "tenant": new.tenant,
        "name": new.name,
        "media_type": new.media_type,
        "sha256": hashlib.sha256(new.content).hexdigest(),
        "size": len(new.content),
        "content": new.content,
        "created_at": at,
        "kind": new.kind,
        "element_id": new.element_id,
    }
    uow.insert(document, row)
    return {
        "document": row["id"],
        "name": new.name,
        "media_type": new.media_type,
        "sha256": row["sha256"],
        "size": row["size"],
    }


def content(uow: UnitOfWork, document_id: str) -> bytes | None:
    """The bytes of a document."""
    found: bytes | None = uow.connection.execute(_CONTENT, {"b_id": document_id}).scalar()
    return found


def digest(uow: UnitOfWork, document_id: str) -> str | None:
    """SHA-256 in hex of a document, as it was stored."""
    query = select(document.c.sha256).where(document.c.id == document_id)
    found: str | None = uow.connection.execute(query).scalar()
    return found


def add_nonce(uow: UnitOfWork, record: NonceRecord) -> None:
    """Writes a nonce given out for one signature."""
    uow.insert(
        signature_nonce,
        {
            "nonce": record.nonce,
            "task_id": record.task_id,
            "signer": record.signer,
            "document_id": record.document_id,
            "expires_at": record.expires_at,
            "used_at": record.used_at,
        },
    )


def nonce(uow: UnitOfWork, value: str, *, lock: bool = True) -> NonceRecord | None:
    """Reads a nonce, and locks it."""
    query = select(signature_nonce).where(signature_nonce.c.nonce == value)
    row = uow.connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else NonceRecord(**row._mapping)


def use_nonce(uow: UnitOfWork, value: str, at: datetime) -> None:
    """Marks a nonce as used."""
    uow.connection.execute(
        update(signature_nonce).where(signature_nonce.c.nonce == value).values(used_at=at)
    )


def cms_known(uow: UnitOfWork, document_id: str, cms: bytes) -> bool:
    """Whether this very signature was sent for this document before."""
    digest = hashlib.sha256(cms).hexdigest()
    found = uow.connection.execute(
        select(signature.c.id).where(
            signature.c.document_id == document_id, signature.c.cms_digest == digest
        )
    ).scalar()
    return found is not None


def signature_known(uow: UnitOfWork, document_id: str, digest: str) -> bool:
    """Whether a signature of this document has the same signature value, however it was packed.

    `digest` is SHA-256 in hex, as evidence keeps it (`signature_sha256`).
    """
    kept = uow.connection.execute(
        select(signature.c.evidence).where(signature.c.document_id == document_id)
    ).scalars()
    return any(load_json(evidence).get("signature_sha256") == digest for evidence in kept)


def add_signature(
    uow: UnitOfWork,
    *,
    instance_id: str,
    task_id: str,
    document_id: str,
    signer: str,
    cms: bytes,
    evidence: bytes,
    at: datetime,
) -> str:
    """Keeps a verified signature with the evidence of its verification."""
    signature_id = new_id()
    uow.insert(
        signature,
        {
            "id": signature_id,
            "instance_id": instance_id,
            "task_id": task_id,
            "document_id": document_id,
            "signer": signer,
            "cms": cms,
            "cms_digest": hashlib.sha256(cms).hexdigest(),
            "evidence": evidence,
            "signed_at": at,
        },
    )
    return signature_id


def erase(uow: UnitOfWork, instance_id: str, *, signed: bool) -> dict[str, int]:
    """Removes an instance's documents, with `signed` those too that bear a signature.

    Returns how many `documents` and `signatures` are gone.
    """
    signatures_gone = 0
    if signed:
        signatures_gone = uow.connection.execute(
            delete(signature).where(signature.c.instance_id == instance_id)
        ).rowcount
    bears_one = select(signature.c.id).where(signature.c.document_id == document.c.id).exists()
    documents_gone = uow.connection.execute(
        delete(document).where(document.c.instance_id == instance_id, ~bears_one)
    ).rowcount
    return {"documents": documents_gone, "signatures": signatures_gone}


def contents(connection: Connection) -> Iterator[tuple[str, str, str, bytes]]:
    """(instance, document, digest as kept, content) of every document."""
    columns = document.c
    rows = connection.execute(
        select(columns.instance_id, columns.id, columns.sha256, columns.content).order_by(
            columns.id
        )
    )
    for row in rows:
        yield row[0], row[1], row[2], row[3]


@dataclass(frozen=True)
class SignedDocument:
    """A stored signature with the document that it is over, as they are in the database."""

    signature_id: str
    signer: str
    signed_at: datetime
    cms: bytes
    evidence: Mapping[str, Any]
    document_id: str
    instance_id: str
    name: str
    content: bytes


def signed_documents(connection: Connection, identifier: str) -> tuple[SignedDocument, ...]:
    """The signature of that id, or all signatures over the document of that id; oldest first."""
    query = (
        select(signature, document.c.name, document.c.content)
        .join(document, document.c.id == signature.c.document_id)
        .where((signature.c.id == identifier) | (document.c.id == identifier))
        .order_by(signature.c.id)
    )
    return tuple(
        SignedDocument(
            signature_id=row.id,
            signer=row.signer,
            signed_at=row.signed_at,
            cms=bytes(row.cms),
            evidence=load_json(row.evidence),
            document_id=row.document_id,
            instance_id=row.instance_id,
            name=row.name,
            content=bytes(row.content),
        )
        for row in connection.execute(query)
    )


def signatures(connection: Connection) -> Iterator[Any]:
    """Every signature, with the digest of its document as `sha256`."""
    query = select(signature, document.c.sha256).join(
        document, document.c.id == signature.c.document_id
    )
    yield from connection.execute(query.order_by(signature.c.id))
