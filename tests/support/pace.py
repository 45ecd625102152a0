"""How long work takes, in laps: what a fixed piece of work takes on the same machine meanwhile.

Seconds tell of the machine and of what else it does; a lap becomes slower as the work does. A
hundred laps are about a second where nothing else runs. Only the time of this thread counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time

_ROUNDS = 48_000
_AGAIN = 5


@contextmanager
def within(most: float) -> Iterator[None]:
    """Raises AssertionError when what is inside takes more laps."""
    begun = thread_time()
    yield
    spent, slowest = thread_time() - begun, _lap()
    for _ in range(_AGAIN):
        if spent <= most * slowest:
            return
        slowest = max(slowest, _lap())
    raise AssertionError(f"Expected at most {most:g} laps, but it took {spent / slowest:.1f}")


def laps(action: Callable[[], object]) -> float:
    """How many laps an action takes, by the slower one of those before and after it."""
    before = _lap()
    begun = thread_time()
    action()
    spent = thread_time() - begun
    return spent / max(before, _lap())


def _lap() -> float:
    """Seconds that the fixed piece of work takes now: calls, texts, lists and mappings."""
    begun = thread_time()
    known: dict[str, list[int]] = {}
    for number in range(_ROUNDS):
        known.setdefault(f"name {_mixed(number) % 97}", []).append(number)
    assert sum(map(len, known.values())) == _ROUNDS
    return thread_time() - begun


def _mixed(number: int) -> int:
    return (number * 2_654_435_761 ^ number >> 3) & 0xFFFF_FFFF
