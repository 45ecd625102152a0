"""Signatures as the engine asks for them, verified as this installation was told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.signatures import (
    Examined,
    NoRevocationSource,
    RevocationMode,
    RevocationSource,
    TimeStampMode,
    TrustStore,
    examine,
)
from engine.signatures.http_revocation import HttpRevocationSource
from engine.signatures.ncanode import NcaNode, examine_by_statement
from engine.signatures.parsing import SignedMessage, parse
from engine.signatures.subject import Subject
from engine.signatures.verification import subject_of

BUILT_IN, NCANODE = "built-in", "ncanode"
OCSP_OF_THE_AUTHORITY = "http://ocsp.pki.gov.kz/"
"""The National Certification Authority's own service."""


@dataclass(frozen=True)
class Certificate:
    """Whose certificate a signature names, before anything of it is believed."""

    subject: Subject
    issuer: str
    not_before: datetime
    not_after: datetime


class TrustedSignatures:
    """Examines signatures by the roots, services and modes of this installation.

    `ncanode` None: signatures with GOST algorithms are refused by the built-in verifier.
    """

    def __init__(
        self,
        trust: TrustStore,
        mode: RevocationMode = RevocationMode.OFF,
        source: RevocationSource | None = None,
        ncanode: NcaNode | None = None,
        time_stamps: TimeStampMode = TimeStampMode.OFF,
    ) -> None:
        self.trust = trust
        self.mode = mode
        self.time_stamps = time_stamps
        self._source = source or NoRevocationSource()
        self._ncanode = ncanode

    def examine(self, cms: bytes, content: bytes, at: datetime) -> Examined:
        """See `SignatureVerifier`. Raises SignatureRefused."""
        return self.examine_message(parse(cms), content, at)

    def examine_message(self, message: SignedMessage, content: bytes, at: datetime) -> Examined:
        """Examines a signature that was read already. Raises SignatureRefused."""
        if self._ncanode is None or not message.is_gost:
            return examine(
                message, content, self.trust, at, self.mode, self._source, self.time_stamps
            )
        statement = self._ncanode.ask(message.cms, content, self.mode)
        return examine_by_statement(
            message, content, self.trust, at, self.mode, statement, self.time_stamps
        )


def certificate_of(message: SignedMessage) -> Certificate:
    """The signer's certificate as a signature names it. Raises SignatureRefused (certificate)."""
    certificate = message.signer
    return Certificate(
        subject=subject_of(message),
        issuer=certificate.issuer.rfc4514_string(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def signatures_of(
    settings: Mapping[str, str], trust: TrustStore, *, demo: bool
) -> TrustedSignatures:
    """The verifier that the settings QADAM_EDS_… choose.

    Revocation is `required` unless told otherwise, in a demonstration `off`: its authority has no
    service. Time stamps are `soft`. Raises ValueError for a setting that can't be used.
    """
    wanted = settings.get("QADAM_EDS_REVOCATION") or ("off" if demo else "required")
    if wanted not in set(RevocationMode):
        raise ValueError(
            f"Expected QADAM_EDS_REVOCATION to be required, soft or off, but found {wanted!r}"
        )
    mode = RevocationMode(wanted)
    return TrustedSignatures(
        trust, mode, _source(settings, mode), _ncanode(settings), time_stamps_of(settings)
    )


def time_stamps_of(settings: Mapping[str, str]) -> TimeStampMode:
    """What QADAM_EDS_TIME_STAMP says. Raises ValueError for a setting that can't be used."""
    wanted = settings.get("QADAM_EDS_TIME_STAMP") or TimeStampMode.SOFT
    if wanted not in set(TimeStampMode):
        raise ValueError(
            f"Expected QADAM_EDS_TIME_STAMP to be required, soft or off, but found {wanted!r}"
        )
    return TimeStampMode(wanted)


def _source(settings: Mapping[str, str], mode: RevocationMode) -> RevocationSource | None:
    if mode is RevocationMode.OFF:
        return None
    lists = (settings.get("QADAM_EDS_CRL_URLS") or "").split()
    ocsp = settings.get("QADAM_EDS_OCSP_URL", "" if lists else OCSP_OF_THE_AUTHORITY)
    return HttpRevocationSource(ocsp or None, lists)


def _ncanode(settings: Mapping[str, str]) -> NcaNode | None:
    chosen = settings.get("QADAM_EDS_VERIFIER") or BUILT_IN
    if chosen == BUILT_IN:
        return None
    if chosen != NCANODE:
        raise ValueError(
            f"Expected QADAM_EDS_VERIFIER to be {BUILT_IN} or {NCANODE}, but found {chosen!r}"
        )
    return NcaNode(settings.get("QADAM_NCANODE_URL") or "")
