"""How long is waited before registries that did not answer are asked again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.shared.registries import RegistryUnavailable

_EARLIER = 0.2
_LATER = timedelta(seconds=5)


@dataclass(frozen=True)
class Patience:
    """How long registries that do not answer are waited for.

    waits: before each new question, the last one again and again. lasts: how long that goes on by
    itself, counted from when the registry was first awaited; then tries count, and an operator is
    to look.
    """

    waits: tuple[timedelta, ...]
    lasts: timedelta

    def __post_init__(self) -> None:
        if not self.waits:
            raise ValueError("Expected at least one wait")

    def after(self, failures: int) -> timedelta:
        """The wait after so many failures, of which there was at least one."""
        return self.waits[min(failures, len(self.waits)) - 1]


def next_wait(
    patience: Patience,
    key: str,
    now: datetime,
    missing: Collection[RegistryUnavailable],
    failures: Collection[int],
) -> timedelta:
    """The wait before the next try: longer where all that is missing is left in peace longer.

    `failures`: of each registry that was asked, this one among them. Inquiries that failed at one
    moment do not all come back at one: each comes a part of the wait earlier, or a little later
    than what is left in peace may be asked. Which part, its key says.
    """
    part = _part(key)
    wait = patience.after(min(failures)) * (1 - _EARLIER * part) if failures else timedelta(0)
    known = [error.retry_at - now for error in missing if error.retry_at is not None]
    return max(wait, min(known) + _LATER * part) if len(known) == len(missing) else wait


def _part(key: str) -> float:
    """A number from 0 to 1, as good as random but always the same for one key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 2**32
