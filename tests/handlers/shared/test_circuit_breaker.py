"""A circuit breaker under a clock that is set, and under threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from handlers.shared.circuit_breaker import BreakerLimits, CircuitBreaker, CircuitOpen
from tests.support.house import BEGINNING, Clock

REST = timedelta(seconds=30)
PATIENCE = timedelta(seconds=0.2)


class Broken(Exception):
    pass


def fail() -> str:
    raise Broken


def succeed() -> str:
    return "answer"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    return CircuitBreaker(clock, BreakerLimits(failures=3, rest=REST, patience=PATIENCE))


def failing(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        with pytest.raises(Broken):
            breaker.call(fail)


def never() -> str:
    raise AssertionError("no call was to be made")


def test_it_opens_after_so_many_failures_in_a_row(breaker: CircuitBreaker, clock: Clock) -> None:
    failing(breaker, 2)
    assert breaker.call(succeed) == "answer"
    assert breaker.failing_since is None
    failing(breaker, 1)
    clock.advance(seconds=5)
    failing(breaker, 1)
    assert breaker.state == "closed"
    clock.advance(seconds=5)
    failing(breaker, 1)
    assert breaker.state == "open"
    assert breaker.failing_since == BEGINNING
    with pytest.raises(CircuitOpen) as refused:
        breaker.call(never)
    assert (refused.value.since, refused.value.until) == (
        BEGINNING,
        BEGINNING + timedelta(seconds=10) + REST,
    )


def test_after_the_rest_one_success_closes_it(breaker: CircuitBreaker, clock: Clock) -> None:
    failing(breaker, 3)
    clock.advance(seconds=29)
    with pytest.raises(CircuitOpen):
        breaker.call(never)
    clock.advance(seconds=1)
    assert breaker.call(succeed) == "answer"
    assert (breaker.state, breaker.failing_since) == ("closed", None)
    failing(breaker, 2)
    assert breaker.state == "closed", "it counts from the beginning"


def test_after_the_rest_one_failure_opens_it_anew(breaker: CircuitBreaker, clock: Clock) -> None:
    failing(breaker, 3)
    clock.advance(seconds=30)
    failing(breaker, 1)
    assert breaker.state == "open"
    with pytest.raises(CircuitOpen) as refused:
        breaker.call(never)
    assert refused.value.since == BEGINNING, "it has failed since the first failure"
    assert refused.value.until == clock() + REST


def test_a_clock_that_is_set_back_does_not_keep_it_open(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    failing(breaker, 3)
    clock.advance(days=-1)
    assert breaker.call(succeed) == "answer"


def started(
    breaker: CircuitBreaker, make: Callable[[], str]
) -> tuple[threading.Event, threading.Thread, list[object]]:
    """A call in a thread of its own that goes on until the event is set; what came of it."""
    inside, go_on, outcome = threading.Event(), threading.Event(), []

    def call() -> str:
        inside.set()
        assert go_on.wait(30)
        return make()

    def run() -> None:
        try:
            outcome.append(breaker.call(call))
        except (Broken, CircuitOpen) as error:
            outcome.append(type(error))

    thread = threading.Thread(target=run)
    thread.start()
    assert inside.wait(30)
    return go_on, thread, outcome


def test_half_open_lets_one_call_through(breaker: CircuitBreaker, clock: Clock) -> None:
    failing(breaker, 3)
    clock.advance(seconds=30)
    go_on, thread, outcome = started(breaker, succeed)
    assert breaker.state == "half-open"
    with pytest.raises(CircuitOpen) as refused:
        breaker.call(never)
    assert refused.value.until == clock() + REST, "its patience was over"
    go_on.set()
    thread.join(30)
    assert outcome == ["answer"]
    assert breaker.call(succeed) == "answer"


@pytest.mark.parametrize(("make", "came"), [(succeed, ["answer"] * 6), (fail, [CircuitOpen] * 6)])
def test_others_wait_for_the_outcome_of_the_trial(
    clock: Clock, make: Callable[[], str], came: list[object]
) -> None:
    breaker = CircuitBreaker(clock, BreakerLimits(3, REST, patience=timedelta(seconds=30)))
    failing(breaker, 3)
    clock.advance(seconds=30)
    go_on, trial, _outcome = started(breaker, make)
    outcomes: list[object] = []

    def call() -> None:
        try:
            outcomes.append(breaker.call(succeed))
        except CircuitOpen as error:
            outcomes.append(type(error))

    others = [threading.Thread(target=call) for _ in range(6)]
    for each in others:
        each.start()
    others[0].join(0.2)
    assert outcomes == [], "nobody is refused while it is not known"
    go_on.set()
    for each in (trial, *others):
        each.join(30)
    assert outcomes == came


def test_a_rest_that_was_asked_for_is_kept_and_then_tried(
    breaker: CircuitBreaker, clock: Clock
) -> None:
    breaker.rest_until(clock() + timedelta(minutes=5))
    clock.advance(minutes=4)
    with pytest.raises(CircuitOpen) as refused:
        breaker.call(never)
    assert refused.value.since == BEGINNING
    assert refused.value.until == BEGINNING + timedelta(minutes=5)
    clock.advance(minutes=1)
    assert breaker.call(succeed) == "answer"
    assert breaker.state == "closed"


def test_a_rest_may_be_ended(breaker: CircuitBreaker, clock: Clock) -> None:
    breaker.end_rest()
    assert breaker.call(succeed) == "answer"
    breaker.rest_until(clock() + timedelta(hours=5))
    breaker.end_rest()
    failing(breaker, 1)
    with pytest.raises(CircuitOpen) as refused:
        breaker.call(never)
    assert refused.value.until == clock() + REST, "the trial failed"
    breaker.end_rest()
    assert breaker.call(succeed) == "answer"


@pytest.mark.parametrize(("make", "outcome"), [(succeed, "answer"), (fail, Broken)])
def test_a_call_that_ends_after_the_circuit_opened_does_not_count(
    breaker: CircuitBreaker, clock: Clock, make: Callable[[], str], outcome: object
) -> None:
    go_on, thread, came = started(breaker, make)
    failing(breaker, 3)
    clock.advance(seconds=10)
    go_on.set()
    thread.join(30)
    assert came == [outcome]
    assert breaker.state == "open"
    with pytest.raises(CircuitOpen) as refused:
        breaker.call(never)
    assert refused.value.until == BEGINNING + REST


def test_many_threads_make_as_many_calls_as_the_limit_lets(clock: Clock) -> None:
    breaker = CircuitBreaker(clock, BreakerLimits(failures=5, rest=REST))
    made = []

    def call(_number: int) -> type:
        try:
            breaker.call(lambda: made.append(1) or fail())
        except (Broken, CircuitOpen) as error:
            return type(error)
        raise AssertionError("it neither failed nor was refused")

    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(call, range(400)))
    assert 5 <= len(made) <= 5 + 7, "those that were under way when it opened may end"
    assert came.count(Broken) == len(made)
    assert breaker.state == "open"


@pytest.mark.parametrize(("failures", "rest"), [(0, REST), (1, timedelta(0))])
def test_limits_that_make_no_sense_are_refused(failures: int, rest: timedelta) -> None:
    with pytest.raises(ValueError, match="at least one failure"):
        BreakerLimits(failures, rest)
    with pytest.raises(ValueError, match="patience"):
        BreakerLimits(1, REST, patience=-REST)
