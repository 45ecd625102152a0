"""A time stamp is verified, or it is said what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding

from engine.signatures import (
    Check,
    Evidence,
    Expectation,
    SignatureRefused,
    TimeStampMode,
    TrustStore,
    oids,
    verify,
)
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.proof import Outcome, prove
from engine.signatures.refusal import MESSAGES
from engine.signatures.signing import sign_detached
from tests.support.time_stamps import stamped, time_stamp_key, token, value_of

CONTENT = b"%PDF application"
MINUTE = timedelta(minutes=1)

Verify = Callable[..., Evidence]


@pytest.fixture(name="stamping", scope="module")
def _stamping(authority: DemoAuthority) -> DemoKey:
    return time_stamp_key(authority)


@pytest.fixture(name="cms")
def _cms(head: DemoKey) -> bytes:
    return sign_detached(head.private_key, head.certificate, CONTENT, head.issuing)


@pytest.fixture(name="verified")
def _verified(trust: TrustStore, people: SimpleNamespace, at: datetime) -> Verify:
    def verified(
        cms: bytes, mode: TimeStampMode = TimeStampMode.SOFT, known: TrustStore = trust
    ) -> Evidence:
        expect = Expectation(people.iin, frozenset({people.bin}))
        return verify(cms, CONTENT, known, expect, at, time_stamps=mode)

    return verified


def refused(verified: Verify, cms: bytes) -> SignatureRefused:
    with pytest.raises(SignatureRefused) as caught:
        verified(cms, TimeStampMode.REQUIRED)
    assert caught.value.check == "time_stamp"
    return caught.value


@pytest.mark.parametrize("mode", [TimeStampMode.SOFT, TimeStampMode.REQUIRED])
def test_a_time_stamp_that_holds(
    stamping: DemoKey,
    cms: bytes,
    verified: Verify,
    trust: TrustStore,
    at: datetime,
    mode: TimeStampMode,
) -> None:
    whole = stamped(cms, token(stamping, value_of(cms), at - MINUTE))
    evidence = verified(whole, mode)
    assert (evidence.time_stamp, evidence.time_stamped_at) == ("verified", at - MINUTE)
    assert Check.TIME_STAMP in evidence.checks
    kept = json.loads(json.dumps(evidence.as_json()))
    proof = prove(kept, whole, CONTENT, trust)
    assert proof.evidence == evidence
    assert dict(proof.checks)["time_stamp"] is Outcome.HOLDS


def test_two_are_too_many(stamping: DemoKey, cms: bytes, verified: Verify, at: datetime) -> None:
    one, another = (token(stamping, value_of(cms), moment) for moment in (at, at - MINUTE))
    with pytest.raises(SignatureRefused) as caught:
        verified(stamped(cms, one, another))
    assert caught.value.check == "parse"


def test_not_configured_is_said(
    stamping: DemoKey, cms: bytes, verified: Verify, at: datetime
) -> None:
    whole = stamped(cms, token(stamping, value_of(cms), at, spoil=True))
    evidence = verified(whole, TimeStampMode.OFF)
    assert (evidence.time_stamp, evidence.has_time_stamp) == ("not configured", True)
    assert Check.TIME_STAMP not in evidence.checks


def test_none_is_said_or_refused(cms: bytes, verified: Verify) -> None:
    evidence = verified(cms)
    assert (evidence.time_stamp, evidence.time_stamped_at) == ("absent", None)
    assert Check.TIME_STAMP not in evidence.checks
    assert refused(verified, cms).messages == MESSAGES["time_stamp (absent)"]


WRONG = ["another signature", "long ago", "in two days", "spoilt", "another digest"]


@pytest.mark.parametrize("how", WRONG)
def test_what_is_wrong_with_one(
    stamping: DemoKey, cms: bytes, verified: Verify, at: datetime, how: str
) -> None:
    day = timedelta(days=1)
    own = value_of(cms)
    made = {
        "another signature": [token(stamping, own[::-1], at)],
        "long ago": [token(stamping, own, at - day - MINUTE)],
        "in two days": [token(stamping, own, at + 2 * day)],
        "spoilt": [token(stamping, own, at, spoil=True)],
        "another digest": [token(stamping, own, at, digest="sha512")],
    }
    whole = stamped(cms, *made[how])
    assert refused(verified, whole).messages == MESSAGES["time_stamp"]
    assert verified(whole).time_stamp == "not verified"


def test_a_key_that_is_for_something_else_or_of_nobody(
    authority: DemoAuthority, cms: bytes, verified: Verify, at: datetime, tmp_path: Path
) -> None:
    signing = time_stamp_key(authority, oids.EMAIL_PROTECTION)
    refused(verified, stamped(cms, token(signing, value_of(cms), at)))
    foreign = time_stamp_key(DemoAuthority.create(tmp_path / "foreign"))
    refused(verified, stamped(cms, token(foreign, value_of(cms), at)))


def test_its_certificate_may_be_a_configured_one(
    stamping: DemoKey, cms: bytes, verified: Verify, trust: TrustStore, at: datetime
) -> None:
    whole = stamped(cms, token(stamping, value_of(cms), at, with_certificates=False))
    refused(verified, whole)
    known = tuple(
        asn1_x509.Certificate.load(each.public_bytes(Encoding.DER))
        for each in (stamping.certificate, *stamping.issuing)
    )
    evidence = verified(whole, TimeStampMode.REQUIRED, TrustStore(trust.roots, known))
    assert evidence.time_stamp == "verified"
