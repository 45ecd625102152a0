"""Checking every chain of history, and anchoring the chains outside the database.

An anchor is one line of JSON: a moment, the length and head of every chain, signed with a key that
lies beside the database but whose public half, and the anchors, are kept elsewhere. A cut tail or
a chain that was rewritten with its heads shows against an anchor.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from engine.history import FIRST, ChainFault, verify_chain
from engine.private_files import kept
from engine.store import documents, history
from engine.store.codec import dump_canonical, load_json


@dataclass(frozen=True)
class HistoryReport:
    """How much was checked, and what is wrong."""

    chains: int
    events: int
    faults: tuple[ChainFault, ...]


def verify_history(connection: Any) -> HistoryReport:
    """Checks every chain against its events, and every event for a chain it belongs to."""
    faults: list[ChainFault] = []
    known: set[str] = set()
    events = 0
    for stream, length, head in history.heads(connection):
        known.add(stream)
        events += length
        faults.extend(verify_chain(stream, length, head, history.events(connection, stream)))
    for stream in history.streams(connection):
        if stream not in known:
            faults.append(ChainFault(stream, None, "its events belong to nothing that is there"))
    faults.extend(_changed_documents(connection))
    return HistoryReport(len(known), events, tuple(faults))


def _changed_documents(connection: Any) -> Iterator[ChainFault]:
    """Stored documents and signatures that are no longer what was stored, or was signed."""
    for instance_id, document_id, digest, content in documents.contents(connection):
        if hashlib.sha256(bytes(content)).hexdigest() != digest:
            yield ChainFault(instance_id, None, f"document {document_id} was changed")
    for row in documents.signatures(connection):
        evidence = load_json(row.evidence)
        digest = hashlib.sha256(bytes(row.cms)).hexdigest()
        if not digest == row.cms_digest == evidence.get("cms_sha256", digest):
            yield ChainFault(row.instance_id, None, f"signature {row.id} was changed")
        if evidence.get("content_sha256", row.sha256) != row.sha256:
            yield ChainFault(
                row.instance_id, None, f"document {row.document_id} is not the one signed"
            )


def anchor_history(connection: Any, key_file: Path, now: datetime) -> str:
    """One line that holds the head of every chain, signed."""
    heads = [[stream, length, head] for stream, length, head in history.heads(connection)]
    body = {"at": now.isoformat(), "heads": heads}
    key = _key(key_file)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signature = key.sign(dump_canonical(body))
    return orjson.dumps(
        {
            **body,
            "key": base64.b64encode(public).decode(),
            "signature": base64.b64encode(signature).decode(),
        }
    ).decode()


def check_anchors(connection: Any, text: str) -> Iterator[ChainFault]:
    """What the database no longer holds of what was anchored; `text` is a line an anchor."""
    keys: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        anchor = _read_anchor(line)
        if anchor is None:
            yield ChainFault(f"anchor {number}", None, "it is not as it was signed")
            continue
        keys.add(anchor["key"])
        if len(keys) > 1:
            yield ChainFault(f"anchor {number}", None, "it was signed with another key")
        yield from _compare(connection, anchor)


def _compare(connection: Any, anchor: dict[str, Any]) -> Iterator[ChainFault]:
    for stream, length, head in anchor["heads"]:
        if length == 0:
            if head != FIRST:
                yield ChainFault(stream, None, "the anchor names a head of no events")
            continue
        found = history.event_hash_at(connection, stream, length)
        if found is None:
            yield ChainFault(stream, length, f"it was there at {anchor['at']} and is gone")
        elif found != head:
            yield ChainFault(stream, length, f"it is not what it was at {anchor['at']}")


def _read_anchor(line: str) -> dict[str, Any] | None:
    """The anchor, None where it can't be read or its signature is wrong."""
    try:
        anchor = orjson.loads(line)
        body = {"at": anchor["at"], "heads": anchor["heads"]}
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(anchor["key"]))
        key.verify(base64.b64decode(anchor["signature"]), dump_canonical(body))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, InvalidSignature):
        return None
    return dict(anchor)


def _key(path: Path) -> Ed25519PrivateKey:
    """The key at `path`, made there the first time."""

    def make() -> bytes:
        return Ed25519PrivateKey.generate().private_bytes(
            Encoding.Raw, PrivateFormat.Raw, NoEncryption()
        )

    return Ed25519PrivateKey.from_private_bytes(kept(path, make))
