"""Every single check that refuses a signature, in the order of the checks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from asn1crypto import algos
from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from engine.signatures import (
    Check,
    oids,
)
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.signing import sign_detached
from tests.support.cms import CONTENT, Verify, changed, refused, signed, signed_anew


@pytest.mark.parametrize(
    ("digest", "signature", "shown"),
    [
        ("1.2.398.3.10.1.3.3", "1.2.398.3.10.1.1.2.3.2", "1.2.398.3.10.1.1.2.3.2"),
        ("2.16.840.1.101.3.4.2.1", "1.2.398.3.10.1.1.1.2", "GOST"),
        ("1.3.14.3.2.26", "1.2.840.113549.1.1.5", "1.3.14.3.2.26"),
        ("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.5", "1.2.840.113549.1.1.5"),
        ("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.13", "1.2.840.113549.1.1.13"),
        ("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.10"),
        ("2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.2"),
    ],
)
def test_algorithms_that_are_not_supported(
    head: DemoKey, verified: Verify, digest: str, signature: str, shown: str
) -> None:
    def change(_data: Any, signer: Any) -> None:
        signer["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": digest})
        signer["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": signature})

    error = refused("algorithm", verified, changed(signed(head), change))
    assert "not supported by the built-in verifier" in str(error)
    assert shown in str(error)


def test_a_short_key(authority: DemoAuthority, head: DemoKey, verified: Verify) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    builder = x509.CertificateBuilder(
        issuer_name=head.certificate.issuer,
        subject_name=head.certificate.subject,
        public_key=key.public_key(),
        serial_number=9,
        not_valid_before=head.certificate.not_valid_before_utc,
        not_valid_after=head.certificate.not_valid_after_utc,
        extensions=[],
    )
    certificate = builder.sign(authority.issuing.private_key, hashes.SHA256())
    error = refused("algorithm", verified, sign_detached(key, certificate, CONTENT))
    assert "RSA 1024" in str(error)


def test_content_of_another_type(head: DemoKey, verified: Verify) -> None:
    def outside(data: Any, _signer: Any) -> None:
        data["encap_content_info"]["content_type"] = "signed_data"

    def inside(signer: Any) -> None:
        signer["signed_attrs"][0]["values"] = ["signed_data"]

    refused("content_type", verified, changed(signed(head), outside))
    refused("content_type", verified, signed_anew(head, signed(head), inside))


def test_another_document(head: DemoKey, verified: Verify) -> None:
    refused("message_digest", verified, signed(head), CONTENT + b" ")
    refused("message_digest", verified, signed(head, b"another"))


def test_a_digest_that_was_exchanged_afterwards(head: DemoKey, verified: Verify) -> None:
    def exchange(_data: Any, signer: Any) -> None:
        digest = hashlib.sha256(b"another").digest()
        signer["signed_attrs"][1]["values"] = [digest]

    refused("signature", verified, changed(signed(head), exchange), b"another")


def test_a_changed_signature(head: DemoKey, verified: Verify) -> None:
    def flip(_data: Any, signer: Any) -> None:
        value = bytearray(signer["signature"].native)
        value[7] ^= 1
        signer["signature"] = bytes(value)

    refused("signature", verified, changed(signed(head), flip))


def test_a_certificate_other_than_the_one_that_was_signed(
    head: DemoKey, person: DemoKey, verified: Verify
) -> None:
    def name_certificate(certificate: x509.Certificate) -> Callable[[Any], None]:
        def change(signer: Any) -> None:
            value = {"certs": [{"cert_hash": certificate.fingerprint(hashes.SHA256())}]}
            attribute = {"type": "signing_certificate_v2", "values": [value]}
            signer["signed_attrs"].append(asn1.CMSAttribute(attribute))

        return change

    right = signed_anew(head, signed(head), name_certificate(head.certificate))
    assert verified(right).signer.iin
    wrong = signed_anew(head, signed(head), name_certificate(person.certificate))
    refused("signature", verified, wrong)


@pytest.mark.parametrize("hours", [-25, 25])
def test_a_signing_time_far_from_the_clock(
    head: DemoKey, verified: Verify, at: datetime, hours: int
) -> None:
    cms = signed(head, signing_time=at + timedelta(hours=hours))
    refused("signing_time", verified, cms)


def test_keys_that_are_not_for_signing(
    authority: DemoAuthority, people: SimpleNamespace, verified: Verify
) -> None:
    login = authority.issue("A", people.iin, people.bin, extended_key_usages=["1.3.6.1.5.5.7.3.2"])
    refused("extended_key_usage", verified, signed(login))
    any_use = authority.issue("A", people.iin, people.bin, extended_key_usages=["2.5.29.37.0"])
    refused("extended_key_usage", verified, signed(any_use))


@pytest.mark.parametrize("kept", [(), (x509.ExtendedKeyUsage,)])
def test_a_certificate_without_key_usage(
    authority: DemoAuthority, head: DemoKey, verified: Verify, kept: tuple[type, ...]
) -> None:
    builder = x509.CertificateBuilder(
        issuer_name=head.certificate.issuer,
        subject_name=head.certificate.subject,
        public_key=head.private_key.public_key(),
        serial_number=11,
        not_valid_before=head.certificate.not_valid_before_utc,
        not_valid_after=head.certificate.not_valid_after_utc,
        extensions=[each for each in head.certificate.extensions if isinstance(each.value, kept)],
    )
    certificate = builder.sign(authority.issuing.private_key, hashes.SHA256())
    cms = sign_detached(head.private_key, certificate, CONTENT, head.issuing)
    refused("key_usage", verified, cms)


def test_another_person(head: DemoKey, verified: Verify, people: SimpleNamespace) -> None:
    refused("signer", verified, signed(head), iin=people.other_iin)
    refused("signer", verified, signed(head), iin="")


def test_a_certificate_whose_number_is_wrong(
    authority: DemoAuthority, verified: Verify, people: SimpleNamespace
) -> None:
    wrong = people.iin[:11] + str((int(people.iin[11]) + 1) % 10)
    refused("signer", verified, signed(authority.issue("A", wrong, people.bin)), iin=wrong)
    refused("organisation", verified, signed(authority.issue("A", people.iin, "123")))


def test_another_organisation(
    authority: DemoAuthority, head: DemoKey, verified: Verify, people: SimpleNamespace
) -> None:
    refused("organisation", verified, signed(head), bins=frozenset({people.other_bin}))
    refused("organisation", verified, signed(head), bins=frozenset())
    refused("organisation", verified, signed(head), bins=frozenset({people.iin}))
    both = frozenset({people.bin, people.other_bin})
    assert verified(signed(head), bins=both).signer.bin == people.bin


def test_a_sole_trader_signs_as_a_person(
    person: DemoKey, verified: Verify, people: SimpleNamespace
) -> None:
    evidence = verified(signed(person), bins=frozenset({people.iin}))
    assert (evidence.signer.bin, evidence.signer.roles) == (None, ("person",))
    assert Check.ROLE not in evidence.checks
    refused("organisation", verified, signed(person))


def test_an_employee_may_not_sign_for_the_organisation(
    authority: DemoAuthority, verified: Verify, people: SimpleNamespace
) -> None:
    def key(*roles: str) -> DemoKey:
        return authority.issue("A", people.iin, people.bin, roles)

    refused("role", verified, signed(key(oids.ORGANISATION, oids.EMPLOYEE)))
    assert verified(signed(key(oids.ORGANISATION, oids.EMPLOYEE, oids.MAY_SIGN))).signer.roles
