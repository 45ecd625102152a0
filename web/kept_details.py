"""The details that enterprises keep, as the cabinet reads and keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.addresses import is_email
from handlers.shared.addresses import DETAIL
from handlers.shared.details_records import KeptDetails, keep_details, kept_details
from web.storage import Storage


class DetailsStore:
    """What enterprises kept, in the database of the installation."""

    def __init__(self, database: Storage) -> None:
        self._database = database

    def kept(self, party: str) -> Sequence[KeptDetails]:
        """All that an enterprise kept, the newest first: those are in force."""
        with self._database.reading() as connection:
            return kept_details(connection, party)

    def keep(self, party: str, details: Mapping[str, Any], user: str, now: datetime) -> bool:
        """Keeps details; False where they are those in force already."""
        with self._database.transaction() as connection:
            return keep_details(connection, party, details, changed_by=user, now=now)


def has_address(kept: Sequence[KeptDetails]) -> bool:
    """Whether the details in force, the first of them, name an e-mail address."""
    return bool(kept) and is_email(str(kept[0].details.get(DETAIL) or ""))
