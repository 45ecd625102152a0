"""The port that keeps every eligibility check and finds the newest one of an enterprise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from handlers.fk_b03 import records
from handlers.fk_b03.eligibility import TABLE
from handlers.fk_b03.facts import REGISTRIES
from handlers.shared.check_history import KeptCheck
from handlers.shared.ports import Begin, port
from handlers.shared.reference_data import ReferenceData

TOPIC = "fk_b03.check_eligibility"
"""The topic of row 1.3."""

Outcome = Mapping[str, Any]
"""What one check gave: plain data, the variables of row 1.3."""


@port
class EligibilityHistory(Protocol):
    """The checks of row 1.3, over all applications of an enterprise."""

    def latest(self, identifier: str, financial_year: int) -> Outcome | None:
        """The newest check, None where there was none."""

    def keep(
        self, key: str, identifier: str, financial_year: int, checked_at: datetime, outcome: Outcome
    ) -> None:
        """Keeps a check once per key."""


class DatabaseEligibilityHistory:
    """The checks in the database; also a `CheckHistory`."""

    topic = TOPIC
    registries = REGISTRIES

    def __init__(self, begin: Begin, reference_data: ReferenceData) -> None:
        self._begin = begin
        self._reference_data = reference_data

    def conditions(self) -> Sequence[Mapping[str, Any]]:
        """See CheckHistory."""
        told: Sequence[Mapping[str, Any]] = self._reference_data.table(TABLE).extras["conditions"]
        return told

    def latest(self, identifier: str, financial_year: int) -> Outcome | None:
        """See EligibilityHistory."""
        with self._begin() as connection:
            found = records.checks_of(connection, identifier, financial_year, limit=1)
        return found[0] if found else None

    def keep(
        self, key: str, identifier: str, financial_year: int, checked_at: datetime, outcome: Outcome
    ) -> None:
        """See EligibilityHistory."""
        with self._begin() as connection:
            records.keep_check(
                connection,
                key=key,
                identifier=identifier,
                financial_year=financial_year,
                checked_at=checked_at,
                outcome=outcome,
            )

    def of_enterprise(self, identifier: str) -> Sequence[KeptCheck]:
        """See CheckHistory."""
        with self._begin() as connection:
            found = records.all_checks_of(connection, identifier)
        return [KeptCheck(year, at, outcome["eligibility"]) for year, at, outcome in found]


class RememberedEligibilityHistory:
    """The checks in memory: for one run of one handler, and for tests."""

    def __init__(self) -> None:
        self._outcomes: dict[tuple[str, int], dict[str, Outcome]] = {}

    def latest(self, identifier: str, financial_year: int) -> Outcome | None:
        """See EligibilityHistory."""
        kept = list(self._outcomes.get((identifier, financial_year), {}).values())
        return kept[-1] if kept else None

    def keep(
        self, key: str, identifier: str, financial_year: int, checked_at: datetime, outcome: Outcome
    ) -> None:
        """See EligibilityHistory."""
        self._outcomes.setdefault((identifier, financial_year), {}).setdefault(key, outcome)
