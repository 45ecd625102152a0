"""What is kept beside a signature: proof that holds after the certificate has expired."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.signatures.revocation import RevocationAnswers
from engine.signatures.time_stamp import NOT_CONFIGURED, TimeStampMode

FORMAT = 1
BUILT_IN = "built-in"


@dataclass(frozen=True)
class Signer:
    """Whose certificate signed. `roles` are words (see `oids.ROLES`); times are UTC."""

    subject: str
    common_name: str
    organisation: str | None
    iin: str
    bin: str | None
    roles: tuple[str, ...]
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True)
class Evidence:
    """The record of a verification.

    `checks` are the names of what passed, in order. `verified_at` is the moment for which all was
    checked, `signing_time` what the signer's program claimed, if anything. `chain` are PEM texts,
    the signer's certificate first, the root last. `revocation` is "not checked", "not revoked" or
    "unknown"; `answers` what that was read from. `has_time_stamp`: the CMS holds a token
    (RFC 3161); `time_stamp` is what became of it (see `engine.signatures.time_stamp`),
    `time_stamped_at` the moment that it proves. `is_demo`: the root is the demo
    authority's. `signature_sha256` tells a signature that was only packed anew from another one.
    `verifier` is who verified, `statement` what it answered where it is another system.
    """

    checks: tuple[str, ...]
    signer: Signer
    verified_at: datetime
    signing_time: datetime | None
    content_sha256: str
    cms_sha256: str
    digest_algorithm: str
    message_digest: str
    signature_algorithm: str
    chain: tuple[str, ...]
    revocation_mode: str
    revocation: str
    answers: RevocationAnswers
    has_time_stamp: bool
    is_demo: bool
    signature_sha256: str = ""
    verifier: str = BUILT_IN
    statement: Mapping[str, Any] | None = None
    time_stamp_mode: str = TimeStampMode.OFF
    time_stamp: str = NOT_CONFIGURED
    time_stamped_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """JSON values; `from_json` reads them back."""
        signer, stamped = self.signer, self.time_stamped_at
        return {
            "format": FORMAT,
            "verifier": self.verifier,
            "statement": None if self.statement is None else dict(self.statement),
            "checks": list(self.checks),
            "signer": {
                "subject": signer.subject,
                "common_name": signer.common_name,
                "organisation": signer.organisation,
                "iin": signer.iin,
                "bin": signer.bin,
                "roles": list(signer.roles),
                "issuer": signer.issuer,
                "serial": signer.serial,
                "not_before": signer.not_before.isoformat(),
                "not_after": signer.not_after.isoformat(),
            },
            "verified_at": self.verified_at.isoformat(),
            "signing_time": None if self.signing_time is None else self.signing_time.isoformat(),
            "content_sha256": self.content_sha256,
            "cms_sha256": self.cms_sha256,
            "signature_sha256": self.signature_sha256,
            "digest_algorithm": self.digest_algorithm,
            "message_digest": self.message_digest,
            "signature_algorithm": self.signature_algorithm,
            "chain": list(self.chain),
            "revocation_mode": self.revocation_mode,
            "revocation": self.revocation,
            "ocsp": [base64.b64encode(each).decode() for each in self.answers.ocsp],
            "crls": [base64.b64encode(each).decode() for each in self.answers.crls],
            "has_time_stamp": self.has_time_stamp,
            "time_stamp_mode": self.time_stamp_mode,
            "time_stamp": self.time_stamp,
            "time_stamped_at": None if stamped is None else stamped.isoformat(),
            "is_demo": self.is_demo,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Evidence:
        """Reads what `as_json` gave. Raises ValueError, KeyError for anything else."""
        if data["format"] != FORMAT:
            raise ValueError(f"Expected evidence of format {FORMAT}, but found {data['format']}")
        signer = data["signer"]
        claimed, stamped = data["signing_time"], data.get("time_stamped_at")
        return cls(
            checks=tuple(data["checks"]),
            signer=Signer(
                subject=signer["subject"],
                common_name=signer["common_name"],
                organisation=signer["organisation"],
                iin=signer["iin"],
                bin=signer["bin"],
                roles=tuple(signer["roles"]),
                issuer=signer["issuer"],
                serial=signer["serial"],
                not_before=datetime.fromisoformat(signer["not_before"]),
                not_after=datetime.fromisoformat(signer["not_after"]),
            ),
            verified_at=datetime.fromisoformat(data["verified_at"]),
            signing_time=None if claimed is None else datetime.fromisoformat(claimed),
            content_sha256=data["content_sha256"],
            cms_sha256=data["cms_sha256"],
            digest_algorithm=data["digest_algorithm"],
            message_digest=data["message_digest"],
            signature_algorithm=data["signature_algorithm"],
            chain=tuple(data["chain"]),
            revocation_mode=data["revocation_mode"],
            revocation=data["revocation"],
            answers=RevocationAnswers(
                ocsp=tuple(base64.b64decode(each, validate=True) for each in data["ocsp"]),
                crls=tuple(base64.b64decode(each, validate=True) for each in data["crls"]),
            ),
            has_time_stamp=data["has_time_stamp"],
            is_demo=data["is_demo"],
            signature_sha256=data.get("signature_sha256", ""),
            verifier=data.get("verifier", BUILT_IN),
            statement=data.get("statement"),
            time_stamp_mode=data.get("time_stamp_mode", TimeStampMode.OFF),
            time_stamp=data.get("time_stamp", NOT_CONFIGURED),
            time_stamped_at=None if stamped is None else datetime.fromisoformat(stamped),
        )
