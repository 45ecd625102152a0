"""Signatures with Kazakhstan's own algorithms (GOST), verified by NCANode: an HTTP verifier that an
installation runs itself.

What can be read without those algorithms is checked here, as for any signature: form, content,
dates, usages, subject. What can't be computed here (digest, signature, chain, revocation) is
NCANode's answer; it is kept as evidence.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from engine.errors import SignatureRefused
from engine.exchange import Limits, NoAnswer, check_address
from engine.signatures.asking import Asking
from engine.signatures.chain import NOT_CHECKED, NOT_REVOKED, UNKNOWN
from engine.signatures.checks import (
    check_attached,
    check_signing_time,
    check_usages,
)
from engine.signatures.evidence import Evidence
from engine.signatures.parsing import MALFORMED, SignedMessage, parse
from engine.signatures.refusal import refused
from engine.signatures.revocation import RevocationAnswers, RevocationMode
from engine.signatures.time_stamp import (
    NOT_CONFIGURED,
    TimeStamp,
    TimeStampMode,
    check_time_stamp,
)
from engine.signatures.trust import TrustStore
from engine.signatures.verification import (
    Examined,
    expectation_of,
    signer_of,
    subject_of,
)

VERIFIER = "NCANode"
LIMITS = Limits(connect=3.0, read=10.0, whole=15.0, answer=4 * 1024 * 1024)
"""Of one question: NCANode asks the authority's services in its turn."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Statement:
    """What NCANode answered about one signature over one content.

    `status` is that of HTTP, 0 where there was no answer; `answer` is then empty.
    """

    cms_sha256: str
    content_sha256: str
    status: int
    answer: Mapping[str, Any]


class NcaNode:
    """An NCANode of version 3 at an address (http or https; ValueError for others)."""

    def __init__(self, url: str, limits: Limits = LIMITS) -> None:
        self._url = f"{check_address(url)}/cms/verify"
        self._asking = Asking(limits)

    def ask(self, cms: bytes, content: bytes, mode: RevocationMode) -> Statement:
        """Its answer about a detached CMS. A service that is down or wrong gives none."""
        body = {
            "revocationCheck": [] if mode is RevocationMode.OFF else ["OCSP"],
            "cms": base64.b64encode(cms).decode(),
            "data": base64.b64encode(content).decode(),
        }
        status, answer = self._post(json.dumps(body).encode())
        return Statement(*_digests(cms, content), status, answer)

    def _post(self, body: bytes) -> tuple[int, Mapping[str, Any]]:
        headers = {"Content-Type": "application/json"}
        try:
            answer = self._asking.ask("POST", self._url, body, headers)
        except NoAnswer:
            return 0, {}
        if answer.status != HTTPStatus.OK:
            _log.warning("NCANode answered %s", answer.status)
        return answer.status, _read(answer.data)


def examine_by_statement(
    message: SignedMessage,
    content: bytes,
    trust: TrustStore,
    at: datetime,
    mode: RevocationMode,
    statement: Statement,
    time_stamps: TimeStampMode = TimeStampMode.OFF,
) -> Examined:
    """Examines a GOST signature that arrived at the moment `at` by what NCANode said of it.

    Raises SignatureRefused for the first check before SIGNER that fails; `verifier` where there is
    no answer, or one about something else.
    """
    check_attached(message, content)
    _require_about(statement, message.cms, content)
    certificate = _certificate(statement, message)
    valid = statement.answer.get("valid") is True
    revoked = _revocations(certificate)
    check_signing_time(message, at)
    if not valid and certificate.get("valid") is not False:
        raise refused("signature")
    _check_validity(message.signer, at)
    if not valid and not any(revoked):
        raise refused("chain")
    check_usages(message.signer)
    revocation, time_stamp, refusal = UNKNOWN, TimeStamp(NOT_CONFIGURED), None
    try:
        revocation = _revocation(revoked, mode)
        time_stamp = check_time_stamp(message, trust, at, time_stamps)
    except SignatureRefused as refused_then:
        refusal = refused_then
    evidence = Evidence(
        checks=(),
        signer=signer_of(message.signer, subject_of(message)),
        verified_at=at,
        signing_time=message.signing_time,
        content_sha256=statement.content_sha256,
        cms_sha256=statement.cms_sha256,
        digest_algorithm=message.digest_oid,
        message_digest=message.message_digest.hex(),
        signature_algorithm=message.signature_oid,
        chain=_chain(message, trust),
        revocation_mode=mode,
        revocation=revocation,
        answers=RevocationAnswers(),
        has_time_stamp=message.time_stamp is not None,
        is_demo=False,
        signature_sha256=hashlib.sha256(message.signature).hexdigest(),
        verifier=VERIFIER,
        statement={"status": statement.status, "answer": statement.answer},
        time_stamp_mode=time_stamps,
        time_stamp=time_stamp.outcome,
        time_stamped_at=time_stamp.moment,
    )
    return Examined(evidence, message.signer, refusal)


def reverify_statement(known: Evidence, cms: bytes, content: bytes, trust: TrustStore) -> Evidence:
    """Verifies a stored GOST signature again, for its moment and by the answer that was kept.

    Raises SignatureRefused (evidence where evidence, CMS and content do not belong together).
    """
    digests = _digests(cms, content)
    kept = known.statement or {}
    if digests != (known.cms_sha256, known.content_sha256):
        raise refused("evidence")
    try:
        mode = RevocationMode(known.revocation_mode)
        time_stamps = TimeStampMode(known.time_stamp_mode)
    except ValueError as error:
        raise refused("evidence") from error
    statement = Statement(*digests, kept.get("status", 0), kept.get("answer") or {})
    again = examine_by_statement(
        parse(cms), content, trust, known.verified_at, mode, statement, time_stamps
    ).accept(expectation_of(known))
    if again.signer != known.signer:
        raise refused("evidence")
    return again


def _digests(cms: bytes, content: bytes) -> tuple[str, str]:
    return hashlib.sha256(cms).hexdigest(), hashlib.sha256(content).hexdigest()


def _require_about(statement: Statement, cms: bytes, content: bytes) -> None:
    """Raises SignatureRefused unless the statement is an answer about this signature."""
    if (statement.cms_sha256, statement.content_sha256) != _digests(cms, content):
        raise refused("verifier")
    if statement.status == HTTPStatus.OK and statement.answer:
        return
    if statement.status == HTTPStatus.BAD_REQUEST:
        about_digest = "digest" in str(statement.answer.get("message", "")).lower()
        raise refused("message_digest" if about_digest else "signature")
    raise refused("verifier")


def _certificate(statement: Statement, message: SignedMessage) -> Mapping[str, Any]:
    """What the answer says of the one signer's certificate. Raises SignatureRefused (verifier)."""
    try:
        (signer,) = statement.answer["signers"]
        certificate: Mapping[str, Any] = signer["certificates"][0]
        iin = certificate["subject"]["iin"]
        _revocations(certificate)
    except (*MALFORMED, LookupError) as error:
        raise refused("verifier") from error
    if subject_of(message).iin != iin:
        raise refused("verifier")
    return certificate


def _revocations(certificate: Mapping[str, Any]) -> list[bool]:
    return [each["revoked"] is not False for each in certificate.get("revocations") or []]


def _revocation(revoked: Sequence[bool], mode: RevocationMode) -> str:
    """Raises SignatureRefused (revoked, revocation)."""
    if any(revoked):
        raise refused("revoked")
    if mode is RevocationMode.OFF:
        return NOT_CHECKED
    if revoked:
        return NOT_REVOKED
    if mode is RevocationMode.REQUIRED:
        raise refused("revocation")
    return UNKNOWN


def _check_validity(signer: x509.Certificate, at: datetime) -> None:
    begins, ends = signer.not_valid_before_utc, signer.not_valid_after_utc
    if not begins <= at <= ends:
        raise refused("validity", f"{begins:%d.%m.%Y}–{ends:%d.%m.%Y}")


def _chain(message: SignedMessage, trust: TrustStore) -> tuple[str, ...]:
    """The certificates from the signer's upwards, by their names, as far as they are at hand."""
    own = asn1_x509.Certificate.load(message.signer.public_bytes(Encoding.DER))
    others = [*message.certificates, *trust.issuing, *trust.roots]
    chain = [own]
    while chain[-1].issuer != chain[-1].subject:
        above = next((each for each in others if each.subject == chain[-1].issuer), None)
        if above is None or above in chain:
            break
        chain.append(above)
    return tuple(pem.armor("CERTIFICATE", each.dump()).decode() for each in chain)


def _read(data: bytes) -> Mapping[str, Any]:
    """A JSON object; an empty one for anything else."""
    try:
        answer = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
