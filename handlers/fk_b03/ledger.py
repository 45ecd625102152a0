"""The port through which handlers read the ledger of places (completion checks write it)."""

from __future__ import annotations

from typing import Protocol

from handlers.fk_b03 import records
from handlers.shared.ports import Begin, port


@port
class PlacesLedger(Protocol):
    """How many places an enterprise holds."""

    def taken(self, identifier: str, financial_year: int, *, except_for: str = "") -> int:
        """Places applied for or contracted this year, without those of one application."""


class DatabasePlacesLedger:
    """The ledger in the database."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin

    def taken(self, identifier: str, financial_year: int, *, except_for: str = "") -> int:
        """See PlacesLedger."""
        with self._begin() as connection:
            return records.count_taken(
                connection, identifier, financial_year, except_for=except_for
            )


class EmptyPlacesLedger:
    """No places are taken: for one run of one handler without a database."""

    def taken(self, identifier: str, financial_year: int, *, except_for: str = "") -> int:
        """See PlacesLedger."""
        return 0
