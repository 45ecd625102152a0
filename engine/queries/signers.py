"""Who learns whose certificate signed: an IIN is personal data.

Those whose case it is, the unit's staff and the party, see it whole, and so does the signer. Others
who see the case (operators, process owners) see that it was signed, by whom and what was checked,
without what would tell the IIN.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.identifiers import masked
from engine.identity import Actor

_TELLING = ("chain", "statement", "ocsp", "crls")
"""Parts of evidence that hold certificates, or what was said of them."""


def knows_signer(actor: Actor, unit: str | None, party: str | None, signer: str) -> bool:
    """Whether the actor may learn the whole IIN in a signature of a case with these labels."""
    return (
        actor.is_system
        or actor.user == signer
        or (actor.units is not None and unit in actor.units)
        or (actor.parties is not None and party in actor.parties)
    )


def without_iin(evidence: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence whose IIN shows its last digits only, without certificates."""
    kept = {name: value for name, value in evidence.items() if name not in _TELLING}
    signer = kept.get("signer")
    if isinstance(signer, Mapping):
        shown = {name: value for name, value in signer.items() if name != "subject"}
        kept["signer"] = {**shown, "iin": masked(str(signer.get("iin") or ""))}
    return kept
