"""The checks of enterprises: how far one is, who keeps them waiting, and those carried out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from handlers.shared.check_history import CheckHistory, KeptCheck
from handlers.shared.outage_records import Outage, keys_awaiting, outages
from handlers.shared.progress_records import InquiryProgress, progress_of
from handlers.shared.registries import EnterpriseRegistry
from handlers.shared.registry_health import registry_problems
from web.storage import Readable


class CheckStore:
    """Reads the checks from the database of the installation."""

    def __init__(
        self, database: Readable, history: CheckHistory, registry: EnterpriseRegistry
    ) -> None:
        self._database = database
        self._history = history
        self._registry = registry

    @property
    def topic(self) -> str:
        """The topic of the external task that checks."""
        return self._history.topic

    def conditions(self) -> Sequence[Mapping[str, Any]]:
        """What is checked, in order: `number` and `title` (by language)."""
        return self._history.conditions()

    def inquiry(self, instance_id: str) -> InquiryProgress | None:
        """The questions to registries that go on for an instance."""
        return self.inquiries([instance_id]).get(instance_id)

    def inquiries(self, instance_ids: Collection[str]) -> Mapping[str, InquiryProgress]:
        """The questions to registries that go on, by the instance that they are for."""
        with self._database.reading() as connection:
            return progress_of(connection, instance_ids)

    def outages(self) -> Sequence[Outage]:
        """The registries that have not answered somebody who waits, the longest awaited first."""
        with self._database.reading() as connection:
            return outages(connection)

    def awaiting(self, registry: str) -> Sequence[str]:
        """The ids of the jobs that wait for a registry, the oldest first."""
        with self._database.reading() as connection:
            return keys_awaiting(connection, registry)

    def end_rest(self, registry: str) -> None:
        """A registry that was left in peace may be asked again."""
        self._registry.end_rest(registry)

    def registry_problems(self) -> Mapping[str, str]:
        """Asks every registry about nobody: what is wrong (in English), by registry."""
        return registry_problems(self._registry, self._history.registries)

    def of_enterprise(self, party: str) -> Sequence[KeptCheck]:
        """The checks of one enterprise, newest first."""
        return self._history.of_enterprise(party)
