"""The chain from a signer's certificate to a trusted root, and its revocation (RFC 5280)."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import crl, ocsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    CRLValidationError,
    ExpiredError,
    NotYetValidError,
    OCSPValidationError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy
from pyhanko_certvalidator.revinfo.validate_crl import verify_crl
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

from engine.signatures.parsing import MALFORMED, MAX_CERTIFICATES, has_long_arc
from engine.signatures.refusal import refused
from engine.signatures.revocation import RevocationAnswers, RevocationMode
from engine.signatures.trust import TrustStore

NOT_CHECKED, NOT_REVOKED, UNKNOWN = "not checked", "not revoked", "unknown"

LONGEST = 4
"""Certificates of a chain, with the signer's and the root."""

CLOCK_TOLERANCE = timedelta(minutes=2)
"""How far the clock of a revocation service may be ahead of ours."""

_NO_ANSWER = (OCSPValidationError, CRLValidationError, PathError, ValidationError, *MALFORMED)


@dataclass(frozen=True)
class Chain:
    """A valid chain. `certificates` go from the signer's to the root."""

    path: ValidationPath
    certificates: tuple[asn1_x509.Certificate, ...]


def build_chain(
    signer: x509.Certificate,
    others: Sequence[asn1_x509.Certificate],
    trust: TrustStore,
    at: datetime,
) -> Chain:
    """The certificates from the signer's to a root, all of them valid at `at`.

    Of `others` only those count that a trusted root leads to (`_below`): which chains there are to
    try is not for a signature to say. Raises SignatureRefused (chain; validity for the signer's own
    certificate).
    """
    try:
        certificate = asn1_x509.Certificate.load(signer.public_bytes(Encoding.DER), strict=True)
        context = _context(_below(trust, [*trust.issuing, *others], at), trust, at)
        validator = CertificateValidator(certificate, validation_context=context)
        path = _finish(validator.async_validate_path())
        chain = Chain(path, tuple(reversed(list(path.iter_certs(include_root=True)))))
    except (ExpiredError, NotYetValidError) as error:
        raise refused(*_validity(error, signer)) from error
    except (PathError, ValidationError, *MALFORMED) as error:
        raise refused("chain") from error
    root = chain.certificates[-1]
    if not root.not_valid_before <= at <= root.not_valid_after:
        raise refused("chain")
    return chain


def _below(
    trust: TrustStore, candidates: Sequence[asn1_x509.Certificate], at: datetime
) -> list[asn1_x509.Certificate]:
    """Those candidates that were issued below the roots, one for each subject with its key.

    Goes down from the roots, by signatures, as many steps as a chain may have: time grows with the
    number of candidates only. Of two for the same, the one that is valid at `at` is taken.
    """
    above = [each for _, each in _loaded(trust.roots)]
    left = _loaded(candidates)
    found: list[asn1_x509.Certificate] = []
    for _ in range(LONGEST - 2):
        here = [pair for pair in left if any(_issued(pair[1], issuer) for issuer in above)]
        left = [pair for pair in left if pair not in here]
        above = [each for _, each in here]
        found += [each for each, _ in here]
    found.sort(key=lambda each: not each.not_valid_before <= at <= each.not_valid_after)
    one_each: dict[tuple[object, bytes], asn1_x509.Certificate] = {}
    for each in found:
        one_each.setdefault((each.subject.hashable, each.public_key.dump()), each)
    return list(one_each.values())


def _loaded(
    certificates: Sequence[asn1_x509.Certificate],
) -> list[tuple[asn1_x509.Certificate, x509.Certificate]]:
    """Each certificate with what checks its signature; without those that can't be read."""
    pairs = []
    for each in certificates:
        try:
            pairs.append((each, x509.load_der_x509_certificate(each.dump())))
        except MALFORMED:
            continue
    return pairs


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *MALFORMED):
        return False
    return True


def check_revocation(
    chain: Chain,
    trust: TrustStore,
    at: datetime,
    mode: RevocationMode,
    answers: RevocationAnswers,
) -> str:
    """What is known of every certificate below the root: NOT_REVOKED, or UNKNOWN (soft only).

    NOT_CHECKED where the mode is off. Raises SignatureRefused (revoked, revocation).
    """
    if mode is RevocationMode.OFF:
        return NOT_CHECKED
    known = [
        _is_known_good(certificate, chain, trust, at, answers)
        for certificate in chain.certificates[:-1]
    ]
    if all(known):
        return NOT_REVOKED
    if mode is RevocationMode.REQUIRED:
        raise refused("revocation")
    return UNKNOWN


def _is_known_good(
    certificate: asn1_x509.Certificate,
    chain: Chain,
    trust: TrustStore,
    at: datetime,
    answers: RevocationAnswers,
) -> bool:
    """Whether an answer says so, be it of the service or of a list.

    The library's own check passes over answers that a certificate does not announce, so the answers
    are asked one by one. Raises SignatureRefused (revoked).
    """
    context = _context(chain.certificates[1:-1], trust, at, answers)
    for verify in (verify_ocsp_response, verify_crl):
        try:
            _finish(verify(certificate, chain.path, context))
        except RevokedError as error:
            raise refused("revoked") from error
        except _NO_ANSWER:
            continue
        return True
    return False


def _context(
    others: Sequence[asn1_x509.Certificate],
    trust: TrustStore,
    at: datetime,
    answers: RevocationAnswers | None = None,
) -> ValidationContext:
    given = answers or RevocationAnswers()
    return ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=others,
        moment=at,
        allow_fetching=False,
        ocsps=[answer for each in given.ocsp if (answer := _response(each)) is not None],
        crls=[answer for each in given.crls if (answer := _list(each)) is not None],
        revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
        time_tolerance=CLOCK_TOLERANCE if answers else timedelta(0),
    )


def _response(answer: bytes) -> ocsp.OCSPResponse | None:
    """An OCSP response; None for bytes that are none, so that they don't hide other answers.

    Responses come unsealed over HTTP: those with more certificates than a chain needs are none.
    """
    if has_long_arc(answer):
        return None
    try:
        response = ocsp.OCSPResponse.load(answer, strict=True)
        response.response_data["responses"]
        certificates = response.basic_ocsp_response["certs"]
        too_many = len(certificates) > MAX_CERTIFICATES
    except MALFORMED:
        return None
    return None if too_many else response


def _list(answer: bytes) -> crl.CertificateList | None:
    """A revocation list; None for bytes that are none."""
    try:
        revoked = crl.CertificateList.load(answer, strict=True)
        revoked["tbs_cert_list"]["revoked_certificates"]
    except MALFORMED:
        return None
    return revoked


def _finish(validation: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that never waits, as nothing is fetched: it needs no event loop."""
    try:
        validation.send(None)
    except StopIteration as done:
        return done.value
    validation.close()
    raise RuntimeError("Expected a validation that fetches nothing, but it waits")


def _validity(error: ExpiredError | NotYetValidError, signer: x509.Certificate) -> tuple[str, str]:
    if not error.is_ee_cert:
        return "chain", ""
    begins, ends = signer.not_valid_before_utc, signer.not_valid_after_utc
    return "validity", f"{begins:%d.%m.%Y}–{ends:%d.%m.%Y}"
