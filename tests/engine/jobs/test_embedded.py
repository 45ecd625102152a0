"""The executor's thread, beside its jobs: every hour it removes what has expired."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.commands import CleanUp, Command
from engine.identity import Actor
from engine.jobs import EmbeddedExecutor
from engine.results import CleanedUp, LockedJobs
from tests.support.house import Clock

PATIENCE = 10.0
DONE = CleanedUp(1, 0, 0, 0, is_done=True)


class Engine:
    """Counts the cleanups; there are no jobs."""

    def __init__(self) -> None:
        self.cleanups = 0
        self.turns = 0
        self.answer: Any = DONE

    def __call__(self, command: Command, _actor: Actor) -> Any:
        if not isinstance(command, CleanUp):
            self.turns += 1
            return LockedJobs((), None)
        self.cleanups += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def look(engine: Engine, clock: Clock) -> Iterator[Callable[[], None]]:
    """Lets the executor look for work twice: what the first look left behind is done by then."""
    runner: Any = None
    executor = EmbeddedExecutor(engine, runner, Actor.system(), clock)

    started: list[bool] = []

    def twice() -> None:
        if not started:
            started.append(True)
            executor.start()
        for _ in range(2):
            before = engine.turns
            executor.wake()
            give_up = time.monotonic() + PATIENCE
            while engine.turns == before:
                assert time.monotonic() < give_up, "the executor does not look"
                time.sleep(0.005)

    yield twice
    executor.stop()


def test_it_cleans_up_at_once_and_then_every_hour(
    engine: Engine, clock: Clock, look: Callable[[], None]
) -> None:
    look()
    assert engine.cleanups == 1
    clock.advance(minutes=59)
    look()
    assert engine.cleanups == 1
    clock.advance(minutes=1)
    look()
    assert engine.cleanups == 2


def test_what_is_left_comes_a_second_later(
    engine: Engine, clock: Clock, look: Callable[[], None]
) -> None:
    engine.answer = CleanedUp(1000, 0, 0, 0, is_done=False)
    look()
    seen = engine.cleanups
    clock.advance(seconds=1)
    look()
    assert engine.cleanups == seen + 1


def test_a_cleanup_that_fails_stops_no_work(
    engine: Engine,
    clock: Clock,
    look: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    engine.answer = RuntimeError("the disk is full")
    with caplog.at_level(logging.ERROR):
        look()
        look()
    assert "could not be removed" in caplog.text
    assert engine.cleanups == 1
