"""What a process application that checks enterprises tells of its checks to the cabinet's pages.

An application that does so gives an adapter in its `wiring`; without one there is no such page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class KeptCheck:
    """A check that was carried out. `verdict` is the variable that it left in its case:

    passed, checked_at, fresh_until, next_check_from, summary, conditions (number, met, title,
    reason, advice); texts are by language, as they were then.
    """

    financial_year: int
    checked_at: datetime
    verdict: Mapping[str, Any]


class CheckHistory(Protocol):
    """The checks of enterprises. `topic`: that of the external task that carries them out.

    `registries`: the names of those that a check asks.
    """

    @property
    def topic(self) -> str: ...

    def conditions(self) -> Sequence[Mapping[str, Any]]:
        """What is checked, in order: plain data, `number` and `title` (by language)."""

    @property
    def registries(self) -> Sequence[str]: ...

    def of_enterprise(self, identifier: str) -> Sequence[KeptCheck]:
        """The checks of one enterprise over all years, newest first."""
