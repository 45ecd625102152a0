"""What passes, and every way in which a signature is refused, in the order of the checks."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from asn1crypto import algos, core
from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from engine.signatures import (
    Check,
    Evidence,
    Expectation,
    SignatureRefused,
    TrustStore,
    oids,
    reverify,
    verify,
)
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.refusal import MESSAGES
from engine.signatures.signing import sign_detached

CONTENT = "Өтініш № 1".encode()
Verify = Callable[..., Evidence]


def signed(key: DemoKey, content: bytes = CONTENT, **options: Any) -> bytes:
    return sign_detached(key.private_key, key.certificate, content, key.issuing, **options)


@pytest.fixture(name="verified")
def _verified(trust: TrustStore, people: SimpleNamespace, at: datetime) -> Verify:
    def verified(cms: bytes, content: bytes = CONTENT, **changes: Any) -> Evidence:
        expect = Expectation(
            changes.get("iin", people.iin), changes.get("bins", frozenset({people.bin}))
        )
        return verify(cms, content, changes.get("trust", trust), expect, changes.get("at", at))

    return verified


def refused(check: str, verified: Verify, *arguments: Any, **changes: Any) -> SignatureRefused:
    with pytest.raises(SignatureRefused) as caught:
        verified(*arguments, **changes)
    assert caught.value.check == check
    assert set(caught.value.messages) == {"kk", "ru", "en"}
    assert "{detail}" not in "".join(caught.value.messages.values())
    return caught.value


def changed(cms: bytes, change: Callable[[Any, Any], None]) -> bytes:
    """The CMS after `change(signed data, signer info)`, encoded anew; not signed again."""
    info = asn1.ContentInfo.load(cms)
    change(info["content"], info["content"]["signer_infos"][0])
    return info.dump(force=True)


def signed_anew(key: DemoKey, cms: bytes, change: Callable[[Any], None]) -> bytes:
    """The CMS after `change(signer info)`, with a right signature over the changed attributes."""

    def sign(_data: Any, signer: Any) -> None:
        change(signer)
        attributes = asn1.CMSAttributes.load(signer["signed_attrs"].untag().dump(force=True))
        signer["signature"] = key.private_key.sign(
            attributes.dump(), padding.PKCS1v15(), hashes.SHA256()
        )

    return changed(cms, sign)


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


def test_bytes_that_are_no_signature(verified: Verify, head: DemoKey) -> None:
    good = signed(head)
    for cms in (b"", b"\x30", b"PDF", good[:-1], good + b"\x00", b"\x00" * (1024 * 1024 + 1)):
        refused("parse", verified, cms)
    other_type = asn1.ContentInfo({"content_type": "data", "content": b"x"}).dump()
    refused("parse", verified, other_type)


def test_two_signers_and_none(head: DemoKey, verified: Verify) -> None:
    def twice(data: Any, signer: Any) -> None:
        data["signer_infos"] = [signer, signer]

    def never(data: Any, _signer: Any) -> None:
        data["signer_infos"] = []

    refused("one_signer", verified, changed(signed(head), twice))
    refused("one_signer", verified, changed(signed(head), never))


def test_attributes_that_are_missing_or_twice(head: DemoKey, verified: Verify) -> None:
    def without(data: Any, signer: Any) -> None:
        signer["signed_attrs"] = None

    def twice(signer: Any) -> None:
        attributes = list(signer["signed_attrs"])
        signer["signed_attrs"] = asn1.CMSAttributes([*attributes, attributes[-1]])

    def two_values(signer: Any) -> None:
        digest = hashlib.sha256(CONTENT).digest()
        signer["signed_attrs"] = asn1.CMSAttributes(
            [
                signer["signed_attrs"][0],
                asn1.CMSAttribute({"type": "message_digest", "values": [digest, digest[::-1]]}),
            ]
        )

    refused("parse", verified, changed(signed(head), without))
    refused("parse", verified, signed_anew(head, signed(head), twice))
    refused("parse", verified, signed_anew(head, signed(head), two_values))


def test_a_missing_certificate(head: DemoKey, person: DemoKey, verified: Verify) -> None:
    def strip(data: Any, _signer: Any) -> None:
        data["certificates"] = []

    refused("certificate", verified, changed(signed(head), strip))
    other = sign_detached(head.private_key, head.certificate, CONTENT)

    def exchange(data: Any, _signer: Any) -> None:
        data["certificates"] = asn1.ContentInfo.load(signed(person))["content"]["certificates"]

    refused("certificate", verified, changed(other, exchange))


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


def test_a_foreign_root_of_the_same_name(
    tmp_path: Path, authority: DemoAuthority, people: SimpleNamespace, verified: Verify
) -> None:
    foreign = DemoAuthority.create(tmp_path / "foreign")
    assert foreign.root.certificate.subject == authority.root.certificate.subject
    key = foreign.issue("Асан Үлгі", people.iin, people.bin)
    refused("chain", verified, signed(key))
    with_root = sign_detached(
        key.private_key, key.certificate, CONTENT, (*key.issuing, foreign.root.certificate)
    )
    refused("chain", verified, with_root)


def test_nobody_is_trusted_by_an_empty_store(head: DemoKey, verified: Verify) -> None:
    refused("chain", verified, signed(head), trust=TrustStore(()))


def test_a_chain_with_a_link_missing(head: DemoKey, verified: Verify) -> None:
    refused("chain", verified, sign_detached(head.private_key, head.certificate, CONTENT))


def test_a_person_can_not_issue_certificates(
    authority: DemoAuthority, head: DemoKey, people: SimpleNamespace, verified: Verify
) -> None:
    pretender = DemoAuthority(authority.directory, head, head)
    key = pretender.issue("Үлгі", people.iin, people.bin)
    cms = sign_detached(
        key.private_key, key.certificate, CONTENT, (head.certificate, *head.issuing)
    )
    refused("chain", verified, cms)


def test_certificates_are_valid_for_a_time(
    authority: DemoAuthority, people: SimpleNamespace, verified: Verify, at: datetime
) -> None:
    day = timedelta(days=1)
    expired = authority.issue(
        "A", people.iin, people.bin, not_before=at - 2 * day, not_after=at - day
    )
    error = refused("validity", verified, signed(expired))
    assert "07.01.2026–08.01.2026" in str(error)
    not_yet = authority.issue("A", people.iin, people.bin, not_before=at + day)
    refused("validity", verified, signed(not_yet))
    assert verified(signed(expired), at=at - day - timedelta(hours=1)).signer.iin


def test_an_authority_is_valid_for_a_time(head: DemoKey, verified: Verify) -> None:
    refused("chain", verified, signed(head), at=datetime(2019, 1, 1, tzinfo=UTC))


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
