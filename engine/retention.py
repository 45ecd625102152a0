"""What process applications keep beside the engine's tables, and when it goes.

    @on_erasure
    def forget_messages(erased: ErasedInstance) -> None: ...

    @on_cleanup
    def prune_inquiries(cleanup: Cleanup) -> int: ...

Both run in the engine's transaction, on the connection that they are given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar


@dataclass(frozen=True)
class ErasedInstance:
    """A process instance whose data is being erased.

    `jobs` are the ids of the external tasks that were completed in it: the idempotency keys under
    which handlers wrote. `signed`: what was signed is erased too.
    """

    instance_id: str
    process_id: str
    business_key: str | None
    party: str | None
    jobs: frozenset[str]
    signed: bool
    now: datetime
    connection: Any


@dataclass(frozen=True)
class Cleanup:
    """Removing what has expired. `jobs_left` says which of these jobs there still are; at most
    `limit` rows of a kind are removed at a time."""

    now: datetime
    limit: int
    jobs_left: Callable[[Collection[str]], frozenset[str]]
    connection: Any


Erasure = Callable[[ErasedInstance], None]
Pruning = Callable[[Cleanup], int]
"""Removes what has expired; says how many rows that were."""


@dataclass(frozen=True)
class Retention:
    """What the process applications registered."""

    erasures: tuple[Erasure, ...] = ()
    prunings: tuple[Pruning, ...] = ()


_ERASURE = "__qadam_erasure__"
_PRUNING = "__qadam_pruning__"
_Function = TypeVar("_Function", bound=Callable[..., Any])


def on_erasure(function: _Function) -> _Function:
    """Marks a function that is called for each instance whose data is erased."""
    setattr(function, _ERASURE, True)
    return function


def on_cleanup(function: _Function) -> _Function:
    """Marks a function that removes what has expired."""
    setattr(function, _PRUNING, True)
    return function


def is_erasure(candidate: object) -> bool:
    """Whether a function was marked by `on_erasure`."""
    return getattr(candidate, _ERASURE, False) is True


def is_pruning(candidate: object) -> bool:
    """Whether a function was marked by `on_cleanup`."""
    return getattr(candidate, _PRUNING, False) is True
