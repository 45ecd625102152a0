"""A stored signature is proved again, check by check."""

from __future__ import annotations

import json
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from engine.signatures import Check, Expectation, TrustStore, verify
from engine.signatures.demo import DemoKey
from engine.signatures.proof import Outcome, prove
from engine.signatures.signing import sign_detached

CONTENT = b"%PDF application"


@pytest.fixture(name="stored")
def _stored(
    head: DemoKey, trust: TrustStore, people: SimpleNamespace, at: datetime
) -> tuple[dict[str, Any], bytes]:
    """(evidence, CMS) as they come out of the database."""
    cms = sign_detached(head.private_key, head.certificate, CONTENT, head.issuing)
    expect = Expectation(people.iin, frozenset({people.bin}))
    return json.loads(json.dumps(verify(cms, CONTENT, trust, expect, at).as_json())), cms


def test_every_check_is_named_with_its_outcome(
    stored: tuple[dict[str, Any], bytes], trust: TrustStore
) -> None:
    proof = prove(*stored, CONTENT, trust)
    assert proof.holds
    assert [check for check, _ in proof.checks] == ["evidence", *Check]
    idle = {check for check, outcome in proof.checks if outcome is Outcome.IDLE}
    assert idle == {Check.SIGNING_TIME, Check.REVOCATION, Check.TIME_STAMP}


def test_evidence_of_before_there_were_other_verifiers(
    stored: tuple[dict[str, Any], bytes], trust: TrustStore
) -> None:
    evidence, cms = stored
    for name in ("verifier", "statement", "signature_sha256"):
        del evidence[name]
    assert prove(evidence, cms, CONTENT, trust).holds


def test_the_first_check_that_fails_is_told_and_the_rest_is_open(
    stored: tuple[dict[str, Any], bytes],
) -> None:
    proof = prove(*stored, CONTENT, TrustStore(()))
    assert not proof.holds
    outcomes = dict(proof.checks)
    assert outcomes[Check.SIGNATURE] is Outcome.HOLDS
    assert outcomes[Check.CHAIN] is Outcome.FAILED
    assert outcomes[Check.SIGNER] is Outcome.OPEN


@pytest.mark.parametrize("evidence", [{}, {"format": 1}, {"format": 2}])
def test_evidence_that_is_none(
    stored: tuple[dict[str, Any], bytes], trust: TrustStore, evidence: dict[str, Any]
) -> None:
    proof = prove(evidence, stored[1], CONTENT, trust)
    assert dict(proof.checks)["evidence"] is Outcome.FAILED


def test_another_document(stored: tuple[dict[str, Any], bytes], trust: TrustStore) -> None:
    proof = prove(*stored, CONTENT + b" ", trust)
    assert proof.refusal is not None
    assert proof.refusal.check == "evidence"
