"""Where the ledger of the errands lies."""

from __future__ import annotations

from handlers.shared.wiring import Surroundings
from tests.stress.errand import Ledger


def ports(surroundings: Surroundings) -> dict[type, object]:
    """The ledger, in the data folder."""
    return {Ledger: Ledger(surroundings.data_directory / "ledger.jsonl")}
