"""Verifies a detached CMS over stored bytes. The checks run in the order of `Check`; the first one
that fails is said.

The moment that counts is the server's own (`at`), when the signature arrives. A signing time in the
CMS is a claim of the signer's computer and is not required (RFC 5652 section 11.3 does not either);
where there is one it must be within a day of `at`, so that evidence does not contradict itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from engine.errors import SignatureRefused
from engine.signatures import oids
from engine.signatures.chain import NOT_REVOKED, Chain, build_chain, check_revocation
from engine.signatures.checks import (
    Expectation,
    algorithms,
    check_content,
    check_signature,
    check_signing_time,
    check_subject,
    check_usages,
)
from engine.signatures.evidence import Evidence, Signer
from engine.signatures.parsing import MALFORMED, SignedMessage, parse
from engine.signatures.refusal import refused
from engine.signatures.revocation import (
    GivenAnswers,
    NoRevocationSource,
    RevocationAnswers,
    RevocationMode,
    RevocationSource,
)
from engine.signatures.subject import Subject
from engine.signatures.trust import TrustStore, is_demo


class Check(StrEnum):
    """What is checked, in this order."""

    PARSE = "parse"
    ONE_SIGNER = "one_signer"
    CERTIFICATE = "certificate"
    ALGORITHM = "algorithm"
    CONTENT_TYPE = "content_type"
    CONTENT = "content"
    MESSAGE_DIGEST = "message_digest"
    SIGNATURE = "signature"
    SIGNING_TIME = "signing_time"
    CHAIN = "chain"
    VALIDITY = "validity"
    KEY_USAGE = "key_usage"
    EXTENDED_KEY_USAGE = "extended_key_usage"
    SIGNER = "signer"
    ORGANISATION = "organisation"
    ROLE = "role"
    REVOCATION = "revocation"


def verify(
    cms: bytes,
    content: bytes,
    trust: TrustStore,
    expect: Expectation,
    at: datetime,
    mode: RevocationMode = RevocationMode.OFF,
    source: RevocationSource | None = None,
) -> Evidence:
    """Verifies `cms` (DER or BER) as the signature of `expect` over `content` at the moment `at`.

    `at` has a zone. `source` is asked for revocation answers unless the mode is off. Raises
    SignatureRefused for the first check that fails.
    """
    message = parse(cms)
    digest_name, key_kind = algorithms(message)
    check_content(message, content, digest_name)
    check_signature(message, digest_name, key_kind)
    check_signing_time(message, at)
    chain = build_chain(message.signer, message.certificates, trust, at)
    check_usages(message.signer)
    subject = check_subject(message.signer, expect)
    answers = RevocationAnswers()
    if mode is not RevocationMode.OFF:
        answers = (source or NoRevocationSource()).answers(
            tuple(each.dump() for each in chain.certificates)
        )
    revocation = check_revocation(chain, trust, at, mode, answers)
    return Evidence(
        checks=passed(message, subject, revocation),
        signer=signer_of(message.signer, subject),
        verified_at=at,
        signing_time=message.signing_time,
        content_sha256=hashlib.sha256(content).hexdigest(),
        cms_sha256=hashlib.sha256(cms).hexdigest(),
        digest_algorithm=digest_name,
        message_digest=message.message_digest.hex(),
        signature_algorithm=f"{key_kind}-{digest_name}",
        chain=_pem(chain),
        revocation_mode=mode,
        revocation=revocation,
        answers=answers,
        has_time_stamp=message.has_time_stamp,
        signature_sha256=hashlib.sha256(message.signature).hexdigest(),
        is_demo=any(is_demo(each) for each in chain.certificates),
    )


def ask_revocation(
    cms: bytes, trust: TrustStore, at: datetime, source: RevocationSource
) -> RevocationAnswers:
    """What `source` says of the certificates of a signature, to be given to `verify` later.

    Nobody is asked about a signature without a chain to a trusted root: `verify` refuses it anyway.
    """
    try:
        message = parse(cms)
        chain = build_chain(message.signer, message.certificates, trust, at)
    except SignatureRefused:
        return RevocationAnswers()
    return source.answers(tuple(each.dump() for each in chain.certificates))


def reverify(
    evidence: Evidence | Mapping[str, Any], cms: bytes, content: bytes, trust: TrustStore
) -> Evidence:
    """Verifies a stored signature again, for the moment and with the answers of its evidence.

    The roots are today's: a root that is no longer trusted refuses. Raises SignatureRefused
    (evidence where evidence, CMS and content do not belong together).
    """
    try:
        known = evidence if isinstance(evidence, Evidence) else Evidence.from_json(evidence)
        mode = RevocationMode(known.revocation_mode)
        stored = [
            asn1_x509.Certificate.load(pem.unarmor(text.encode())[2], strict=True)
            for text in known.chain[1:-1]
        ]
    except MALFORMED as error:
        raise refused("evidence") from error
    if (known.content_sha256, known.cms_sha256) != (
        hashlib.sha256(content).hexdigest(),
        hashlib.sha256(cms).hexdigest(),
    ):
        raise refused("evidence")
    again = verify(
        cms,
        content,
        TrustStore(trust.roots, (*trust.issuing, *stored)),
        Expectation(
            iin=known.signer.iin,
            bins=frozenset({known.signer.bin or known.signer.iin}),
            roles=frozenset(oids.ROLES),
        ),
        known.verified_at,
        mode,
        GivenAnswers(known.answers),
    )
    if again.signer != known.signer:
        raise refused("evidence")
    return again


def passed(message: SignedMessage, subject: Subject, revocation: str) -> tuple[str, ...]:
    """The checks that were made: some apply only to what a signature says of itself."""
    idle = set()
    if message.signing_time is None:
        idle.add(Check.SIGNING_TIME)
    if subject.bin is None:
        idle.add(Check.ROLE)
    if revocation != NOT_REVOKED:
        idle.add(Check.REVOCATION)
    return tuple(check for check in Check if check not in idle)


def signer_of(certificate: x509.Certificate, subject: Subject) -> Signer:
    """Whose certificate it is, as evidence keeps it."""
    return Signer(
        subject=subject.name,
        common_name=subject.common_name,
        organisation=subject.organisation,
        iin=subject.iin or "",
        bin=subject.bin,
        roles=tuple(name for oid, name in oids.ROLES.items() if oid in subject.roles),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _pem(chain: Chain) -> tuple[str, ...]:
    return tuple(pem.armor("CERTIFICATE", each.dump()).decode() for each in chain.certificates)
