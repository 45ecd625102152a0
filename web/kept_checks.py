"""The checks of enterprises: how far one is, and those that were carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from handlers.shared.check_history import CheckHistory, KeptCheck
from handlers.shared.inquiry_records import InquiryProgress, progress_of


class Readable(Protocol):
    """A database that can be read."""

    def reading(self) -> AbstractContextManager[Any]: ...


class CheckStore:
    """Reads the checks from the database of the installation."""

    def __init__(self, database: Readable, history: CheckHistory) -> None:
        self._database = database
        self._history = history

    @property
    def topic(self) -> str:
        """The topic of the external task that checks."""
        return self._history.topic

    def conditions(self) -> Sequence[Mapping[str, Any]]:
        """What is checked, in order: `number` and `title` (by language)."""
        return self._history.conditions()

    def inquiry(self, instance_id: str) -> InquiryProgress | None:
        """The questions to registries that go on for an instance."""
        with self._database.reading() as connection:
            return progress_of(connection, [instance_id]).get(instance_id)

    def of_enterprise(self, party: str) -> Sequence[KeptCheck]:
        """The checks of one enterprise, newest first."""
        return self._history.of_enterprise(party)
