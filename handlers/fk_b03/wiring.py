"""Which adapter stands behind the ports of FK-B.03."""

from __future__ import annotations

from handlers.fk_b03.history import (
    DatabaseEligibilityHistory,
    EligibilityHistory,
    RememberedEligibilityHistory,
)
from handlers.fk_b03.ledger import DatabasePlacesLedger, EmptyPlacesLedger, PlacesLedger
from handlers.shared.check_history import CheckHistory
from handlers.shared.wiring import Surroundings


def ports(surroundings: Surroundings) -> dict[type, object]:
    """The ledger of places and the history of checks."""
    if surroundings.begin is None:
        return {
            EligibilityHistory: RememberedEligibilityHistory(),
            PlacesLedger: EmptyPlacesLedger(),
        }
    history = DatabaseEligibilityHistory(surroundings.begin, surroundings.reference_data)
    return {
        CheckHistory: history,
        EligibilityHistory: history,
        PlacesLedger: DatabasePlacesLedger(surroundings.begin),
    }
