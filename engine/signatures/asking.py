"""Asking the services that a verification needs: bounded, and left in peace when they are down."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from engine.exchange import Answer, Limits, NoAnswer, exchange_answer

REST = 60.0
"""Seconds for which a service that did not answer is not asked again."""

_TRIES = 2

_log = logging.getLogger(__name__)


class Asking:
    """Asks services over HTTP, each exchange within `limits`.

    A connection that broke is tried once more at once; then, and after any other failure, that
    address counts as down for a minute: those who come meanwhile need not wait for it.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._down_until: dict[str, float] = {}
        self._lock = threading.Lock()

    def ask(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, whatever it says. Raises NoAnswer."""
        with self._lock:
            if self._clock() < self._down_until.get(url, float("-inf")):
                raise NoAnswer("it did not answer a moment ago")
        try:
            return self._tried(method, url, body, headers)
        except NoAnswer as error:
            _log.warning("No answer from %s: %s", url, error)
            self._rest(url)
            raise

    def _tried(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str] | None
    ) -> Answer:
        tried = 0
        while True:
            tried += 1
            try:
                return exchange_answer(method, url, limits=self._limits, body=body, headers=headers)
            except NoAnswer as error:
                if not error.passing or tried == _TRIES:
                    raise

    def _rest(self, url: str) -> None:
        with self._lock:
            self._down_until[url] = self._clock() + REST
