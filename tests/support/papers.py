"""A letter that a handler writes, a form that takes a file, and a verifier that trusts everyone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

from benchmarks.fk_b03 import EverySignatureHolds
from engine.external_task import Document
from engine.signatures.evidence import Signer

LABEL = {"kk": "Қағаз", "ru": "Бумага", "en": "Paper"}
FORM = {
    "type": "object",
    "x-title": LABEL,
    "additionalProperties": False,
    "properties": {
        "paper": {"type": "string", "format": "document", "x-label": LABEL},
        "note": {"type": "string", "x-label": LABEL},
    },
}


def every_signature_of(name: str) -> EverySignatureHolds:
    """A verifier that trusts every signature; its evidence names this signer."""
    moment = datetime(2026, 1, 9, tzinfo=UTC)
    return EverySignatureHolds(Signer("", name, None, "", None, (), "", "", moment, moment))


class Made(TypedDict):
    letter: Document


def letter(who: str) -> Made:
    """Writes to someone."""
    return {"letter": Document(f"{who}.txt", "text/plain", f"Dear {who}".encode())}
