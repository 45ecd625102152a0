"""Verifies a detached CMS over stored bytes. The checks run in the order of `Check`; the first one
that fails is said.

What does not depend on who was to sign is examined first, once and outside any transaction
(`examine`); whom it is of, and that nothing speaks against the key, is accepted then
(`Examined.accept`), which costs nothing.

The moment that counts is the server's own (`at`), when the signature arrives. A signing time in the
CMS is a claim of the signer's computer and is not required (RFC 5652 section 11.3 does not either);
where there is one it must be within a day of `at`, so that evidence does not contradict itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509

from engine.errors import SignatureRefused
from engine.signatures import oids
from engine.signatures.chain import (
    NOT_REVOKED,
    UNKNOWN,
    Chain,
    build_chain,
    check_revocation,
)
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
from engine.signatures.subject import Subject, read_subject
from engine.signatures.time_stamp import (
    NOT_CONFIGURED,
    VERIFIED,
    TimeStamp,
    TimeStampMode,
    check_time_stamp,
)
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
    TIME_STAMP = "time_stamp"


@dataclass(frozen=True)
class Examined:
    """A signature that holds, whoever was to sign.

    `evidence` is not complete: what `accept` gives is. `refusal`: what speaks against the key or
    the time stamp; it is said when the signer is the right one.
    """

    evidence: Evidence
    certificate: x509.Certificate
    refusal: SignatureRefused | None = None

    def accept(self, expect: Expectation) -> Evidence:
        """The evidence that this is the signature of `expect`.

        Raises SignatureRefused (signer, organisation, role, and `refusal`).
        """
        subject = check_subject(self.certificate, expect)
        if self.refusal is not None:
            raise self.refusal
        return replace(self.evidence, checks=_passed(self.evidence, subject, expect))


def verify(
    cms: bytes,
    content: bytes,
    trust: TrustStore,
    expect: Expectation,
    at: datetime,
    mode: RevocationMode = RevocationMode.OFF,
    source: RevocationSource | None = None,
    time_stamps: TimeStampMode = TimeStampMode.OFF,
) -> Evidence:
    """Verifies `cms` (DER or BER) as the signature of `expect` over `content` at the moment `at`.

    See `examine`. Raises SignatureRefused for the first check that fails.
    """
    return examine(parse(cms), content, trust, at, mode, source, time_stamps).accept(expect)


def examine(
    message: SignedMessage,
    content: bytes,
    trust: TrustStore,
    at: datetime,
    mode: RevocationMode = RevocationMode.OFF,
    source: RevocationSource | None = None,
    time_stamps: TimeStampMode = TimeStampMode.OFF,
) -> Examined:
    """Examines a signature over `content` that arrived at the moment `at`, which has a zone.

    `source` is asked for revocation answers unless the mode is off. Raises SignatureRefused for the
    first check before SIGNER that fails.
    """
    digest_name, key_kind = algorithms(message)
    check_content(message, content, digest_name)
    check_signature(message, digest_name, key_kind)
    check_signing_time(message, at)
    chain = build_chain(message.signer, message.certificates, trust, at)
    check_usages(message.signer)
    subject = subject_of(message)
    answers = RevocationAnswers()
    if mode is not RevocationMode.OFF:
        answers = (source or NoRevocationSource()).answers(
            tuple(each.dump() for each in chain.certificates)
        )
    revocation, time_stamp, refusal = UNKNOWN, TimeStamp(NOT_CONFIGURED), None
    try:
        revocation = check_revocation(chain, trust, at, mode, answers)
        time_stamp = check_time_stamp(message, trust, at, time_stamps)
    except SignatureRefused as refused_then:
        refusal = refused_then
    evidence = Evidence(
        checks=(),
        signer=signer_of(message.signer, subject),
        verified_at=at,
        signing_time=message.signing_time,
        content_sha256=hashlib.sha256(content).hexdigest(),
        cms_sha256=hashlib.sha256(message.cms).hexdigest(),
        digest_algorithm=digest_name,
        message_digest=message.message_digest.hex(),
        signature_algorithm=f"{key_kind}-{digest_name}",
        chain=_pem(chain),
        revocation_mode=mode,
        revocation=revocation,
        answers=answers,
        has_time_stamp=message.time_stamp is not None,
        signature_sha256=hashlib.sha256(message.signature).hexdigest(),
        is_demo=any(is_demo(each) for each in chain.certificates),
        time_stamp_mode=time_stamps,
        time_stamp=time_stamp.outcome,
        time_stamped_at=time_stamp.moment,
    )
    return Examined(evidence, message.signer, refusal)


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
        time_stamps = TimeStampMode(known.time_stamp_mode)
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
        expectation_of(known),
        known.verified_at,
        mode,
        GivenAnswers(known.answers),
        time_stamps,
    )
    if again.signer != known.signer:
        raise refused("evidence")
    return again


def expectation_of(known: Evidence) -> Expectation:
    """That the signer is still whom the evidence names, by the checks that were made then."""
    made = set(known.checks)
    return Expectation(
        iin=known.signer.iin,
        bins=frozenset({known.signer.bin or known.signer.iin})
        if Check.ORGANISATION in made
        else None,
        roles=frozenset(oids.ROLES) if Check.ROLE in made else None,
    )


def subject_of(message: SignedMessage) -> Subject:
    """Whose certificate it is. Raises SignatureRefused (certificate)."""
    try:
        return read_subject(message.signer)
    except MALFORMED as error:
        raise refused("certificate") from error


def _passed(evidence: Evidence, subject: Subject, expect: Expectation) -> tuple[str, ...]:
    """The checks that were made: some apply only to what a signature says of itself."""
    idle = set()
    if evidence.signing_time is None:
        idle.add(Check.SIGNING_TIME)
    if expect.bins is None:
        idle.add(Check.ORGANISATION)
    if subject.bin is None or expect.roles is None:
        idle.add(Check.ROLE)
    if evidence.revocation != NOT_REVOKED:
        idle.add(Check.REVOCATION)
    if evidence.time_stamp != VERIFIED:
        idle.add(Check.TIME_STAMP)
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
