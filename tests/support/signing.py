"""Signatures that a person might send: their own, and every wrong one."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import algos
from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from engine.signatures import oids
from engine.signatures.demo import DemoAuthority, DemoKey
from engine.signatures.signing import sign_detached

ANOTHER_PERSON = "900101300037"
ANOTHER_ENTERPRISE = "150140000052"

WRONG = {
    "another person": "signer",
    "another enterprise": "organisation",
    "other bytes": "message_digest",
    "expired": "validity",
    "revoked": "revoked",
    "unknown root": "chain",
    "key for logging in": "extended_key_usage",
    "employee": "role",
    "GOST": "algorithm",
    "nonsense": "parse",
}
"""Ways to be wrong, with the check that says so."""


class Keys:
    """Signs over bytes as a person with an enterprise, rightly or wrongly."""

    def __init__(
        self, authority: DemoAuthority, folder: Path, iin: str, bin: str, now: datetime
    ) -> None:
        self.authority = authority
        self._now = now
        self._foreign = DemoAuthority.create(folder / "foreign")
        self._iin, self._bin = iin, bin
        self.revoked = self._issue()

    def right(self, content: bytes) -> bytes:
        return _signed(self._issue(), content)

    def wrong(self, how: str, content: bytes) -> bytes:
        """A signature that is wrong in one of the ways of `WRONG`."""
        match how:
            case "another person":
                return _signed(self._issue(iin=ANOTHER_PERSON), content)
            case "another enterprise":
                return _signed(self._issue(bin=ANOTHER_ENTERPRISE), content)
            case "other bytes":
                return _signed(self._issue(), content + b" ")
            case "expired":
                return _signed(self._issue(not_after=self._now - timedelta(days=1)), content)
            case "revoked":
                return _signed(self.revoked, content)
            case "unknown root":
                return _signed(self._foreign.issue("Демо", self._iin, self._bin), content)
            case "key for logging in":
                return _signed(self._issue(extended_key_usages=["1.3.6.1.5.5.7.3.2"]), content)
            case "employee":
                roles = (oids.ORGANISATION, oids.EMPLOYEE)
                return _signed(self._issue(roles=roles), content)
            case "GOST":
                return _renamed(_signed(self._issue(), content))
            case "nonsense":
                return b"this is no signature"
        raise AssertionError(how)

    def revocation_lists(self) -> tuple[bytes, bytes]:
        """The lists of the issuing authority, which revokes one key, and of the root."""
        revoked = self.revoked.certificate.serial_number
        return (
            _list(self.authority.issuing, revoked, self._now),
            _list(self.authority.root, None, self._now),
        )

    def _issue(
        self,
        *,
        iin: str | None = None,
        bin: str | None = None,
        not_after: datetime = datetime(2059, 1, 1, tzinfo=UTC),
        **options: Any,
    ) -> DemoKey:
        return self.authority.issue(
            "Демо Қол қоюшы",
            iin or self._iin,
            bin or self._bin,
            organisation="ТОО «Үлгі»",
            not_after=not_after,
            **options,
        )


def as_text(cms: bytes) -> str:
    """As NCALayer gives it: base64."""
    return base64.b64encode(cms).decode()


def _signed(key: DemoKey, content: bytes) -> bytes:
    return sign_detached(key.private_key, key.certificate, content, key.issuing)


def _renamed(cms: bytes) -> bytes:
    """The signature with the name of Kazakhstan's algorithm, which no library here knows."""
    info = asn1.ContentInfo.load(cms)
    signer = info["content"]["signer_infos"][0]
    signer["signature_algorithm"] = algos.SignedDigestAlgorithm(
        {"algorithm": "1.2.398.3.10.1.1.2.3.2"}
    )
    return info.dump(force=True)


def _list(issuer: DemoKey, revoked: int | None, now: datetime) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now - timedelta(days=1))
        .next_update(now + timedelta(days=1))
    )
    if revoked is not None:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(revoked)
            .revocation_date(now - timedelta(days=2))
            .build()
        )
    return builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(Encoding.DER)
