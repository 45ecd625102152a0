"""The chain from a signer's certificate to a trusted root, and its revocation (RFC 5280)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from engine.signatures.parsing import MALFORMED
from engine.signatures.refusal import refused
from engine.signatures.revocation import RevocationAnswers, RevocationMode
from engine.signatures.trust import TrustStore

_SIGNER_ONLY = RevocationCheckingPolicy(
    ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
    intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED_SOFT,
)
_POLICIES = {
    RevocationMode.OFF: NO_REVOCATION,
    RevocationMode.SOFT: _SIGNER_ONLY,
    RevocationMode.REQUIRED: REQUIRE_REVINFO,
}

Chain = tuple[asn1_x509.Certificate, ...]


def build_chain(
    signer: x509.Certificate,
    others: Sequence[asn1_x509.Certificate],
    trust: TrustStore,
    at: datetime,
) -> Chain:
    """The certificates from the signer's to a root, all of them valid at `at`.

    Raises SignatureRefused (chain; validity for the signer's own certificate).
    """
    try:
        chain = _validate(signer, others, trust, at, RevocationMode.OFF, RevocationAnswers())
    except (ExpiredError, NotYetValidError) as error:
        raise refused(*_validity(error, signer)) from error
    except (PathError, ValidationError, *MALFORMED) as error:
        raise refused("chain") from error
    root = chain[-1]
    if not root.not_valid_before <= at <= root.not_valid_after:
        raise refused("chain")
    return chain


def check_revocation(
    signer: x509.Certificate,
    chain: Chain,
    trust: TrustStore,
    at: datetime,
    mode: RevocationMode,
    answers: RevocationAnswers,
) -> str:
    """What is known: "not checked" (off), "not revoked", or "unknown" (soft only).

    Raises SignatureRefused (revoked, revocation).
    """
    if mode is RevocationMode.OFF:
        return "not checked"
    try:
        _validate(signer, chain[1:-1], trust, at, mode, answers)
    except RevokedError as error:
        raise refused("revoked") from error
    except (PathError, ValidationError, *MALFORMED) as error:
        if mode is RevocationMode.SOFT:
            return "unknown"
        raise refused("revocation") from error
    return "not revoked"


def _validate(
    signer: x509.Certificate,
    others: Sequence[asn1_x509.Certificate],
    trust: TrustStore,
    at: datetime,
    mode: RevocationMode,
    answers: RevocationAnswers,
) -> Chain:
    context = ValidationContext(
        trust_roots=list(trust.roots),
        other_certs=[*others, *trust.issuing],
        moment=at,
        allow_fetching=False,
        ocsps=list(answers.ocsp),
        crls=list(answers.crls),
        revinfo_policy=CertRevTrustPolicy(_POLICIES[mode]),
    )
    certificate = asn1_x509.Certificate.load(_der(signer), strict=True)
    validator = CertificateValidator(certificate, validation_context=context)
    path = asyncio.run(validator.async_validate_path())
    return tuple(reversed(list(path.iter_certs(include_root=True))))


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(encoding=_DER)


def _validity(
    error: ExpiredError | NotYetValidError, signer: x509.Certificate
) -> tuple[str, str]:
    if not error.is_ee_cert:
        return "chain", ""
    begins, ends = signer.not_valid_before_utc, signer.not_valid_after_utc
    return "validity", f"{begins:%d.%m.%Y}–{ends:%d.%m.%Y}"
