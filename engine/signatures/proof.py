"""Proves a stored signature again, and says of each check how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import SignatureRefused
from engine.signatures.evidence import BUILT_IN, Evidence
from engine.signatures.ncanode import VERIFIER as NCANODE
from engine.signatures.ncanode import reverify_statement
from engine.signatures.parsing import MALFORMED
from engine.signatures.refusal import refused
from engine.signatures.trust import TrustStore
from engine.signatures.verification import Check, reverify

BELONGS = "evidence"
"""The check that comes before all others: evidence, signature and document belong together."""

_SAME_CHECK = {"revoked": Check.REVOCATION, "verifier": Check.SIGNATURE}


class Outcome(StrEnum):
    """How a check went: `idle` was not made then and is not made now, `open` was not reached."""

    HOLDS = "holds"
    FAILED = "failed"
    IDLE = "idle"
    OPEN = "open"


@dataclass(frozen=True)
class Proof:
    """Each check with its outcome, in order. `refusal` is None where the signature holds."""

    checks: tuple[tuple[str, Outcome], ...]
    evidence: Evidence | None
    refusal: SignatureRefused | None

    @property
    def holds(self) -> bool:
        return self.refusal is None


def prove(evidence: Mapping[str, Any], cms: bytes, content: bytes, trust: TrustStore) -> Proof:
    """Verifies a stored signature for the moment and with the answers of its evidence.

    Only what is stored is used, and today's roots: no other system is asked.
    """
    try:
        again = _again(evidence, cms, content, trust)
    except SignatureRefused as refusal:
        return failed(refusal)
    return held(again)


def held(evidence: Evidence) -> Proof:
    """The proof of a verification that went well."""
    made = set(evidence.checks)
    checks = ((check, Outcome.HOLDS if check in made else Outcome.IDLE) for check in Check)
    return Proof(((BELONGS, Outcome.HOLDS), *checks), evidence, None)


def failed(refusal: SignatureRefused) -> Proof:
    """The proof of a verification that did not go well."""
    order = [BELONGS, *Check]
    at = order.index(_SAME_CHECK.get(refusal.check, refusal.check))
    outcomes = (
        Outcome.HOLDS if place < at else Outcome.FAILED if place == at else Outcome.OPEN
        for place in range(len(order))
    )
    return Proof(tuple(zip(order, outcomes, strict=True)), None, refusal)


def _again(evidence: Mapping[str, Any], cms: bytes, content: bytes, trust: TrustStore) -> Evidence:
    try:
        known = Evidence.from_json(evidence)
    except MALFORMED as error:
        raise refused(BELONGS) from error
    if known.verifier == NCANODE:
        return reverify_statement(known, cms, content, trust)
    if known.verifier != BUILT_IN:
        raise refused(BELONGS)
    return reverify(known, cms, content, trust)
