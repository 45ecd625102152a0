"""Evidence of a signature that nobody made, for tests in which no key signs."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.signatures import Evidence, RevocationAnswers, Signer

NOW = datetime(2026, 1, 9, tzinfo=UTC)
EVIDENCE = Evidence(
    checks=(),
    signer=Signer("", "", None, "", None, (), "", "", NOW, NOW),
    verified_at=NOW,
    signing_time=None,
    content_sha256="",
    cms_sha256="",
    digest_algorithm="sha256",
    message_digest="",
    signature_algorithm="rsa-sha256",
    chain=(),
    revocation_mode="off",
    revocation="not checked",
    answers=RevocationAnswers(),
    has_time_stamp=False,
    is_demo=True,
)
