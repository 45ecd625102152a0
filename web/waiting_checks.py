"""Checks that wait for a registry: when it is back, they need not wait for their next try."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.commands import Command, HastenJobs
from engine.identity import Actor
from engine.results import JobsHastened
from handlers.shared.outage_records import keys_put_off, put_forward
from web.storage import Storage

log = logging.getLogger(__name__)

BETWEEN_TWO = timedelta(milliseconds=250)
"""Between the next tries of two checks: what was down is not asked by all of them at once."""

_AT_ONCE = 200


class WaitingChecks:
    """Brings forward the checks that wait for a registry, the one that began first before others.

    A check that would ask sooner anyway keeps its time; one that has an incident is left to the
    operator.
    """

    def __init__(self, database: Storage, execute: Callable[[Command, Actor], Any]) -> None:
        self._database = database
        self._execute = execute

    def wake(self, registry: str) -> None:
        """All that wait for this registry ask soon, one after the other."""
        with self._database.reading() as connection:
            keys = keys_put_off(connection, registry)
        turns = {key: turn * BETWEEN_TWO for turn, key in enumerate(keys, start=1)}
        woken = sum(self._hasten(turns, keys[at : at + _AT_ONCE]) for at in _starts(keys))
        if woken:
            log.info("registry %s is back: %d checks that wait for it ask soon", registry, woken)

    def _hasten(self, turns: dict[str, timedelta], keys: list[str]) -> int:
        command = HastenJobs({key: turns[key] for key in keys})
        hastened: JobsHastened = self._execute(command, Actor.system())
        with self._database.transaction() as connection:
            put_forward(connection, hastened.due_at)
        return len(hastened.due_at)


def _starts(keys: list[str]) -> range:
    return range(0, len(keys), _AT_ONCE)
