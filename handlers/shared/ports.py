"""How a port is marked, and what its adapters reach the database by.

A port is a class that handlers and completion checks ask for by annotation, and that the
bootstrap fills with one adapter (see `wiring`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

Begin = Callable[[], AbstractContextManager[Any]]
"""Opens a transaction: a context that yields a database connection, commits or rolls back."""

_REGISTERED = "__qadam_port__"

Marked = TypeVar("Marked", bound=type)


def port(marked: Marked) -> Marked:
    """Marks a class (mostly a Protocol) as a port: `handlers.discover` finds it."""
    setattr(marked, _REGISTERED, True)
    return marked


def is_port(candidate: object) -> bool:
    """True for a class that `port` marked itself; an adapter that inherits from it is none."""
    return isinstance(candidate, type) and _REGISTERED in vars(candidate)
