"""What passes, what evidence keeps of it, and that evidence proved again."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from engine.signatures import (
    Check,
    Evidence,
    SignatureRefused,
    TrustStore,
    reverify,
)
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.refusal import MESSAGES
from tests.support.cms import CONTENT, Verify, changed, refused, signed


def test_a_good_signature(head: DemoKey, verified: Verify, people: SimpleNamespace) -> None:
    evidence = verified(signed(head))
    assert evidence.checks == tuple(
        check
        for check in Check
        if check not in (Check.SIGNING_TIME, Check.REVOCATION, Check.TIME_STAMP)
    )
    assert (evidence.signer.iin, evidence.signer.bin) == (people.iin, people.bin)
    assert evidence.signer.common_name == "Асан Үлгі"
    assert evidence.signer.organisation == "ТОО «Образец»"
    assert evidence.signer.roles == ("organisation", "head")
    assert evidence.signer.serial == f"{head.certificate.serial_number:x}"
    assert evidence.content_sha256 == evidence.message_digest
    assert evidence.signature_algorithm == "rsa-sha256"
    assert (evidence.revocation_mode, evidence.revocation) == ("off", "not checked")
    assert evidence.is_demo
    chain = [x509.load_pem_x509_certificate(text.encode()) for text in evidence.chain]
    assert chain[0] == head.certificate
    assert chain[1] == head.issuing[0]
    assert chain[2].subject == chain[2].issuer


def test_evidence_is_json_and_comes_back(head: DemoKey, verified: Verify, at: datetime) -> None:
    evidence = verified(signed(head, signing_time=at - timedelta(minutes=1)))
    assert evidence.signing_time == at - timedelta(minutes=1)
    assert Check.SIGNING_TIME in evidence.checks
    assert Evidence.from_json(json.loads(json.dumps(evidence.as_json()))) == evidence
    with pytest.raises(ValueError, match="format 1"):
        Evidence.from_json({**evidence.as_json(), "format": 2})


def test_a_signature_made_by_another_program(head: DemoKey, verified: Verify, at: datetime) -> None:
    builder = PKCS7SignatureBuilder().set_data(CONTENT)
    builder = builder.add_signer(head.certificate, head.private_key, hashes.SHA384())
    builder = builder.add_certificate(head.issuing[0])
    options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]
    evidence = verified(builder.sign(Encoding.DER, options), at=datetime.now(UTC))
    assert evidence.signature_algorithm == "rsa-sha384"
    assert evidence.signing_time is not None


def test_attached_content_is_accepted_only_when_it_is_the_stored_one(
    head: DemoKey, verified: Verify
) -> None:
    def attach(content: bytes) -> bytes:
        def change(data: Any, _signer: Any) -> None:
            data["encap_content_info"]["content"] = content

        return changed(signed(head), change)

    assert verified(attach(CONTENT)).signer.iin
    refused("content", verified, attach(b"another document"))


def test_elliptic_curves(authority: DemoAuthority, verified: Verify, head: DemoKey) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    issuing = authority.issuing
    old = head.certificate
    builder = x509.CertificateBuilder(
        issuer_name=old.issuer,
        subject_name=old.subject,
        public_key=key.public_key(),
        serial_number=7,
        not_valid_before=old.not_valid_before_utc,
        not_valid_after=old.not_valid_after_utc,
        extensions=[
            each for each in old.extensions if not isinstance(each.value, x509.SubjectKeyIdentifier)
        ],
    )
    certificate = builder.sign(issuing.private_key, hashes.SHA256())
    message = PKCS7SignatureBuilder().set_data(CONTENT)
    message = message.add_signer(certificate, key, hashes.SHA256())
    message = message.add_certificate(issuing.certificate)
    options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]
    cms = message.sign(Encoding.DER, options)
    evidence = verified(cms, at=datetime.now(UTC))
    assert evidence.signature_algorithm == "ecdsa-sha256"


def test_a_stored_signature_is_verified_again(
    head: DemoKey, verified: Verify, trust: TrustStore, people: SimpleNamespace, tmp_path: Path
) -> None:
    cms = signed(head)
    evidence = verified(cms)
    assert reverify(evidence, cms, CONTENT, trust) == evidence
    stored = json.loads(json.dumps(evidence.as_json()))
    assert reverify(stored, cms, CONTENT, trust) == evidence

    def expect_refusal(check: str, *arguments: Any) -> None:
        with pytest.raises(SignatureRefused) as caught:
            reverify(*arguments)
        assert caught.value.check == check

    expect_refusal("evidence", stored, cms, CONTENT + b" ", trust)
    expect_refusal("evidence", stored, signed(head, b"x"), CONTENT, trust)
    expect_refusal("evidence", {}, cms, CONTENT, trust)
    expect_refusal("evidence", {**stored, "chain": ["x", "y", "z"]}, cms, CONTENT, trust)
    expect_refusal("chain", stored, cms, CONTENT, TrustStore(()))
    other_signer = {**stored, "signer": {**stored["signer"], "iin": people.other_iin}}
    expect_refusal("signer", other_signer, cms, CONTENT, trust)
    other_name = {**stored, "signer": {**stored["signer"], "common_name": "B"}}
    expect_refusal("evidence", other_name, cms, CONTENT, trust)


def test_a_stored_signature_outlives_its_certificate(
    authority: DemoAuthority, verified: Verify, people: SimpleNamespace, at: datetime
) -> None:
    key = authority.issue("A", people.iin, people.bin, not_after=at + timedelta(days=1))
    cms = signed(key)
    evidence = verified(cms)
    refused("validity", verified, cms, at=at + timedelta(days=30))
    trust = TrustStore.from_directory(authority.trust_directory, demo=True)
    assert reverify(evidence, cms, CONTENT, trust) == evidence


def test_random_changes_raise_nothing_but_refusals(head: DemoKey, verified: Verify) -> None:
    chance = random.Random(79)
    good = signed(head)
    for _ in range(1500):
        changed_bytes = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(changed_bytes))
            match chance.randrange(3):
                case 0:
                    changed_bytes[place] = chance.randrange(256)
                case 1:
                    del changed_bytes[place : place + chance.randint(1, 9)]
                case _:
                    changed_bytes[place:place] = chance.randbytes(chance.randint(1, 9))
        try:
            evidence = verified(bytes(changed_bytes))
        except SignatureRefused as error:
            assert error.check in set(Check)
        else:
            assert evidence.message_digest == hashlib.sha256(CONTENT).hexdigest()


def test_random_bytes_raise_nothing_but_refusals(verified: Verify) -> None:
    chance = random.Random(80)
    for _ in range(1500):
        refused("parse", verified, chance.randbytes(chance.randint(0, 300)))
    nested = b"\x30\x80" * 5000
    refused("parse", verified, nested)
    refused("parse", verified, core.OctetString(b"x" * 100).dump())


def test_every_check_has_a_sentence_in_each_language() -> None:
    assert set(MESSAGES) >= set(Check)
    for texts in MESSAGES.values():
        assert set(texts) == {"kk", "ru", "en"}
        assert len({("{detail}" in text) for text in texts.values()}) == 1
