"""A circuit breaker: what has failed again and again is left in peace for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeVar

Answer = TypeVar("Answer")
State = Literal["closed", "open", "half-open"]


@dataclass(frozen=True)
class BreakerLimits:
    """failures: how many in a row open the circuit. rest: how long it then stays open."""

    failures: int
    rest: timedelta

    def __post_init__(self) -> None:
        if self.failures < 1 or self.rest <= timedelta(0):
            raise ValueError("Expected at least one failure and a rest of more than no time")


class CircuitOpen(Exception):
    """The call was not made. `since`: the first failure in the row; `until`: when it may be."""

    def __init__(self, since: datetime, until: datetime) -> None:
        super().__init__(f"The circuit has been failing since {since} and is open until {until}")
        self.since = since
        self.until = until


class CircuitBreaker:
    """Lets calls through while they succeed; may be used by several threads at once.

    Closed: every call is made; so many failures in a row open it. Open: no call is made until the
    rest is over. Half-open: one call is made as a trial while others are refused; its success
    closes the circuit, its failure opens it anew. Calls that end after the circuit has changed
    no longer count.
    """

    def __init__(self, clock: Callable[[], datetime], limits: BreakerLimits) -> None:
        self._clock = clock
        self._limits = limits
        self._guard = threading.Lock()
        self._state: State = "closed"
        self._period = 0
        self._failures = 0
        self._since: datetime | None = None
        self._opened_at: datetime | None = None

    @property
    def state(self) -> State:
        """The state as the last call left it."""
        with self._guard:
            return self._state

    @property
    def failing_since(self) -> datetime | None:
        """When the first of the present row of failures was; None after a success."""
        with self._guard:
            return self._since

    def call(self, make: Callable[[], Answer]) -> Answer:
        """Makes a call, or raises CircuitOpen; whatever the call raises counts as its failure."""
        period = self._admit()
        try:
            answer = make()
        except BaseException:
            self._note_failure(period)
            raise
        self._note_success(period)
        return answer

    def _admit(self) -> int:
        with self._guard:
            now = self._clock()
            if self._state == "half-open":
                raise CircuitOpen(self._since or now, now)
            if self._state == "open":
                opened_at = self._opened_at or now
                until = opened_at + self._limits.rest
                # A clock that was set back must not keep the circuit open for longer.
                if opened_at <= now < until:
                    raise CircuitOpen(self._since or opened_at, until)
                self._turn("half-open")
            return self._period

    def _note_failure(self, period: int) -> None:
        with self._guard:
            if period != self._period:
                return
            now = self._clock()
            self._since = self._since or now
            self._failures += 1
            if self._state == "half-open" or self._failures >= self._limits.failures:
                self._opened_at = now
                self._turn("open")

    def _note_success(self, period: int) -> None:
        with self._guard:
            if period != self._period:
                return
            self._failures, self._since = 0, None
            if self._state == "half-open":
                self._turn("closed")

    def _turn(self, state: State) -> None:
        self._state = state
        self._period += 1
