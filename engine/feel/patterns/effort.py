"""How much one use of a pattern may take, and its share of the evaluation that uses it.

Steps of our own matcher are counted. What RE2 and compiling take can't be counted: time on the
processor is measured and counted as steps, so that a loop over patterns ends as any other loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time_ns

from engine.feel.budget import spend
from engine.feel.errors import LimitReached

STEPS = 1_000_000
"""Steps of our own matcher for one use of a pattern."""

SECONDS = 2
"""Seconds on the processor that RE2 may take for one use of a pattern."""

_NANOSECONDS = 1_000_000_000
_STEP = 2_000
"""Nanoseconds that count as one step of an evaluation."""


class Stopwatch:
    """Counts the time of this thread since it was made."""

    def __init__(self) -> None:
        self._start = thread_time_ns()
        self._spent = 0

    def check(self) -> None:
        """Spends the steps since the last check. Raises LimitReached."""
        taken = thread_time_ns() - self._start
        if taken > SECONDS * _NANOSECONDS:
            raise LimitReached("seconds for a regular expression", SECONDS)
        steps = taken // _STEP - self._spent
        self._spent += steps
        spend(steps)


@contextmanager
def measured() -> Iterator[None]:
    """Spends what the block took, also where it fails. Raises LimitReached."""
    watch = Stopwatch()
    try:
        yield
    finally:
        watch.check()


class Steps:
    """Counts the steps of our own matcher."""

    def __init__(self) -> None:
        self._left = STEPS

    def spend(self, steps: int) -> None:
        """Raises LimitReached."""
        spend(steps)
        self._left -= steps
        if self._left < 0:
            raise LimitReached("steps of a regular expression", STEPS)
