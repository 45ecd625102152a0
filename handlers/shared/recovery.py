"""Noticing that a registry which failed is back: whoever waits for it need not wait for longer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

Back = Callable[[str], None]
"""Is told the name of a registry that answers again."""


class Recovery:
    """Tells of the first answer of each registry after a failure; for several threads at once.

    The very first answer since the start is told too: how it was before, nobody here knows.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._answering: set[str] = set()
        self._listeners: list[Back] = []

    def listen(self, back: Back) -> None:
        """Has `back` told, in the thread of whoever got the answer."""
        self._listeners.append(back)

    def failed(self, registry: str) -> None:
        """A registry gave no answer."""
        with self._guard:
            self._answering.discard(registry)

    def answered(self, registry: str) -> None:
        """A registry answered. What a listener fails at is logged: the answer counts anyway."""
        with self._guard:
            if registry in self._answering:
                return
            self._answering.add(registry)
        for back in self._listeners:
            try:
                back(registry)
            except Exception:
                log.exception(
                    "registry %s is back, but who waits for it could not be told", registry
                )
