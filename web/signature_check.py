"""Signatures as the engine asks for them, verified as this installation was told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.errors import SignatureRefused
from engine.identity import Actor
from engine.signatures import (
    Evidence,
    Expectation,
    GivenAnswers,
    NoRevocationSource,
    RevocationAnswers,
    RevocationMode,
    RevocationSource,
    TrustStore,
    ask_revocation,
    verify,
)
from engine.signatures.http_revocation import HttpRevocationSource
from engine.signatures.ncanode import (
    NcaNode,
    Statement,
    is_for_ncanode,
    verify_with_statement,
)
from engine.signatures.parsing import MALFORMED, parse
from engine.signatures.subject import Subject, read_subject

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
    """Verifies a signature as that of the person who is signed in, for what they sign for.

    `ncanode` None: signatures with GOST algorithms are refused by the built-in verifier.
    """

    def __init__(
        self,
        trust: TrustStore,
        mode: RevocationMode = RevocationMode.OFF,
        source: RevocationSource | None = None,
        ncanode: NcaNode | None = None,
    ) -> None:
        self.trust = trust
        self.mode = mode
        self._source = source or NoRevocationSource()
        self._ncanode = ncanode

    def ask(self, cms: bytes, content: bytes, at: datetime) -> RevocationAnswers | Statement | None:
        """See `SignatureVerifier`: asks NCANode, or the authority about revocation."""
        if self._ncanode is not None and is_for_ncanode(cms):
            return self._ncanode.ask(cms, content, self.mode)
        if self.mode is RevocationMode.OFF:
            return None
        return ask_revocation(cms, self.trust, at, self._source)

    def verify(
        self,
        cms: bytes,
        content: bytes,
        actor: Actor,
        party: str | None,
        at: datetime,
        asked: object,
    ) -> Mapping[str, Any]:
        """The evidence. An employer signs for the enterprise at hand, staff for their centre.

        Raises SignatureRefused.
        """
        own = party is not None and (party in actor.bins or party == actor.iin)
        bins = frozenset({party or ""}) if own else actor.bins
        expectation = Expectation(iin=actor.iin or "", bins=bins)
        return self.examine(cms, content, expectation, at, asked).as_json()

    def examine(
        self, cms: bytes, content: bytes, expect: Expectation, at: datetime, asked: object
    ) -> Evidence:
        """Verifies a signature as that of `expect`. Raises SignatureRefused."""
        if self._ncanode is not None and is_for_ncanode(cms):
            statement = asked if isinstance(asked, Statement) else None
            return verify_with_statement(cms, content, self.trust, expect, at, self.mode, statement)
        answers = asked if isinstance(asked, RevocationAnswers) else RevocationAnswers()
        return verify(cms, content, self.trust, expect, at, self.mode, GivenAnswers(answers))


def certificate_in(cms: bytes) -> Certificate | None:
    """The signer's certificate as a signature names it; None where it can't be read."""
    try:
        certificate = parse(cms).signer
        return Certificate(
            subject=read_subject(certificate),
            issuer=certificate.issuer.rfc4514_string(),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
        )
    except (SignatureRefused, *MALFORMED):
        return None


def signatures_of(
    settings: Mapping[str, str], trust: TrustStore, *, demo: bool
) -> TrustedSignatures:
    """The verifier that the settings QADAM_EDS_… choose.

    Revocation is `required` unless told otherwise, in a demonstration `off`: its authority has no
    service. Raises ValueError for a setting that can't be used.
    """
    wanted = settings.get("QADAM_EDS_REVOCATION") or ("off" if demo else "required")
    if wanted not in set(RevocationMode):
        raise ValueError(
            f"Expected QADAM_EDS_REVOCATION to be required, soft or off, but found {wanted!r}"
        )
    mode = RevocationMode(wanted)
    return TrustedSignatures(trust, mode, _source(settings, mode), _ncanode(settings))


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
