"""Signatures as the engine asks for them, verified against this installation's trust store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.identity import Actor
from engine.signatures import Expectation, TrustStore, verify


class TrustedSignatures:
    """Verifies a signature as that of the person who is signed in, for what they sign for."""

    def __init__(self, trust: TrustStore) -> None:
        self._trust = trust

    def verify(
        self, cms: bytes, content: bytes, actor: Actor, party: str | None, at: datetime
    ) -> Mapping[str, Any]:
        """The evidence. An employer signs for the enterprise at hand, staff for their centre.

        Raises SignatureRefused.
        """
        own = party is not None and (party in actor.bins or party == actor.iin)
        bins = frozenset({party or ""}) if own else actor.bins
        expectation = Expectation(iin=actor.iin or "", bins=bins)
        return verify(cms, content, self._trust, expectation, at).as_json()
