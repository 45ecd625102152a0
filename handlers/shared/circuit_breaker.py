"""A circuit breaker: what has failed again and again is left in peace for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeVar

Answer = TypeVar("Answer")
State = Literal["closed", "open", "half-open"]


@dataclass(frozen=True)
class BreakerLimits:
    """failures: how many in a row open the circuit. rest: how long it then stays open.

    patience: how long a call waits at most for the outcome of the trial that another one makes.
    """

    failures: int
    rest: timedelta
    patience: timedelta = timedelta(seconds=15)

    def __post_init__(self) -> None:
        if self.failures < 1 or self.rest <= timedelta(0):
            raise ValueError("Expected at least one failure and a rest of more than no time")
        if self.patience < timedelta(0):
            raise ValueError("Expected a patience of no time or more")


class CircuitOpen(Exception):
    """The call was not made. `since`: the first failure in the row; `until`: when it may be."""

    def __init__(self, since: datetime, until: datetime) -> None:
        super().__init__(f"The circuit has been failing since {since} and is open until {until}")
        self.since = since
        self.until = until


class CircuitBreaker:
    """Lets calls through while they succeed; may be used by several threads at once.

    Closed: every call is made; so many failures in a row open it. Open: no call is made until the
    rest is over. Half-open: one call is made as a trial while others wait for its outcome; its
    success closes the circuit and lets them through, its failure opens it anew and refuses them.
    Calls that end after the circuit has changed no longer count.
    """

    def __init__(self, clock: Callable[[], datetime], limits: BreakerLimits) -> None:
        self._clock = clock
        self._limits = limits
        self._guard = threading.Condition()
        self._state: State = "closed"
        self._period = 0
        self._failures = 0
        self._since: datetime | None = None
        self._opened_at: datetime | None = None
        self._until: datetime | None = None

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

    def rest_until(self, moment: datetime) -> None:
        """Opens the circuit until then: whoever is called has asked for it."""
        with self._guard:
            self._since = self._since or self._clock()
            self._open(moment)

    def end_rest(self) -> None:
        """The next call is a trial, even if the circuit was to stay open for longer."""
        with self._guard:
            if self._state == "open":
                self._until = self._opened_at

    def _admit(self) -> int:
        with self._guard:
            self._await_trial()
            now = self._clock()
            if self._state == "open":
                opened_at, until = self._opened_at or now, self._until or now
                # A clock that was set back must not keep the circuit open for longer.
                if opened_at <= now < until:
                    raise CircuitOpen(self._since or opened_at, until)
                self._turn("half-open")
            return self._period

    def _await_trial(self) -> None:
        """Waits while a trial is under way. Raises CircuitOpen where it takes too long."""
        give_up = time.monotonic() + self._limits.patience.total_seconds()
        while self._state == "half-open":
            left = give_up - time.monotonic()
            if left <= 0:
                now = self._clock()
                raise CircuitOpen(self._since or now, now + self._limits.rest)
            self._guard.wait(left)

    def _note_failure(self, period: int) -> None:
        with self._guard:
            if period != self._period:
                return
            now = self._clock()
            self._since = self._since or now
            self._failures += 1
            if self._state == "half-open" or self._failures >= self._limits.failures:
                self._open(now + self._limits.rest)

    def _note_success(self, period: int) -> None:
        with self._guard:
            if period != self._period:
                return
            self._failures, self._since = 0, None
            if self._state == "half-open":
                self._turn("closed")

    def _open(self, until: datetime) -> None:
        self._opened_at, self._until = self._clock(), until
        self._turn("open")

    def _turn(self, state: State) -> None:
        self._state = state
        self._period += 1
        self._guard.notify_all()
