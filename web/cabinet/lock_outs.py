"""Enterprises of the person that can't be checked again yet."""

from __future__ import annotations

from dataclasses import dataclass

from web.cabinet.check import verdict_of
from web.cabinet.enterprises import own_enterprises
from web.context import surroundings


@dataclass(frozen=True)
class LockOut:
    """An enterprise that did not pass its last check for a year; `again_from` in words."""

    party: str
    name: str
    financial_year: int
    again_from: str


def lock_outs() -> list[LockOut]:
    """The lock-outs of the person's own enterprises, by name and year; none where none are kept."""
    store = surroundings().checks
    if store is None:
        return []
    return [
        LockOut(party, name, year, again_from)
        for party, name in own_enterprises().items()
        for year, again_from in sorted(_of_enterprise(party).items())
        if again_from is not None
    ]


def _of_enterprise(party: str) -> dict[int, str | None]:
    """When the newest check of each year lets a new one be made; None: at once."""
    store = surroundings().checks
    newest: dict[int, str | None] = {}
    for kept in store.of_enterprise(party) if store is not None else ():
        newest.setdefault(kept.financial_year, verdict_of(kept.verdict).again_from)
    return newest
