"""Registries: from a file and over HTTP."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.shared import demo
from handlers.shared.circuit_breaker import BreakerLimits
from handlers.shared.http import Limits
from handlers.shared.registries import FileRegistry, HttpRegistry, RegistryUnavailable
from tests.support.house import Clock
from tests.support.scripted_registries import Behaviour, Gateway, after, answering, first

TODAY = date(2026, 3, 2)
LIMITS = Limits(connect=5.0, read=5.0, whole=10.0, answer=1000)
DOWN = answering(503, b"")
HELD = answering(200, {"listed": False})


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pauses() -> list[float]:
    """The pauses between tries; none is made."""
    return []


@pytest.fixture
def registry(gateway: Gateway, clock: Clock, pauses: list[float]) -> HttpRegistry:
    return HttpRegistry(
        gateway.address,
        clock=clock,
        token="secret",
        limits=LIMITS,
        breaker=BreakerLimits(2, timedelta(seconds=30)),
        sleep=pauses.append,
    )


def test_a_file_answers_for_each_registry(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"150140000022": {"heads": {"matches": True}}}))
    registry = FileRegistry(path, lambda: TODAY)
    assert registry.ask("heads", "150140000022") == {"matches": True}
    assert registry.ask("insolvency", "150140000022") is None
    assert registry.ask("heads", "150140000999") is None


def test_a_day_may_be_counted_from_today(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"1": {"business_register": {"registered_on": "today-P90D"}}}))
    record = FileRegistry(path, lambda: TODAY).ask("business_register", "1")
    assert record == {"registered_on": "2025-12-02"}


def test_a_registry_that_is_down_in_the_file_is_unavailable() -> None:
    registry = FileRegistry(demo.ENTERPRISES, lambda: TODAY)
    with pytest.raises(RegistryUnavailable, match="social_payments"):
        registry.ask("social_payments", "150140002019")


def test_an_unreadable_file_is_unavailable_and_not_an_empty_answer(tmp_path: Path) -> None:
    with pytest.raises(RegistryUnavailable, match="can't be read"):
        FileRegistry(tmp_path / "missing.json", lambda: TODAY).ask("heads", "1")


def test_http_asks_by_path_and_gives_the_record(gateway: Gateway, registry: HttpRegistry) -> None:
    gateway.usual = HELD
    assert registry.ask("unreliable taxpayers", "15/01") == {"listed": False}
    assert gateway.requests == [("/gateway/unreliable%20taxpayers/15%2F01", "Bearer secret")]


def test_http_404_means_that_nothing_is_held(gateway: Gateway, registry: HttpRegistry) -> None:
    gateway.usual = answering(404, b"<html>no such page")
    for _ in range(5):
        assert registry.ask("heads", "1") is None
    assert registry.breaker("heads").state == "closed"


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (answering(403, {}), "it answered 403 without a record"),
        (answering(429, b""), "it answered 429"),
        (answering(302, b"", Location="/elsewhere"), "it answered 302"),
        (answering(200, b"<html>"), "not JSON"),
        (answering(200, []), "200 without a record"),
        (answering(200, b""), "200 without a record"),
        (answering(200, b"[" + b"1," * 1000 + b"1]"), "longer than 1000 bytes"),
    ],
    ids=["403", "429", "302", "garbage", "list", "empty", "oversized"],
)
def test_every_other_answer_is_none_and_is_not_asked_for_twice(
    gateway: Gateway, registry: HttpRegistry, behaviour: Behaviour, told: str
) -> None:
    gateway.usual = behaviour
    with pytest.raises(RegistryUnavailable, match=f"registry heads, but .*{told}"):
        registry.ask("heads", "1")
    assert gateway.questions["heads"] == 1


def test_a_slow_one_is_not_asked_twice(gateway: Gateway, clock: Clock) -> None:
    gateway.usual = after(1.0, HELD)
    registry = HttpRegistry(gateway.address, clock=clock, limits=Limits(read=0.2))
    with pytest.raises(RegistryUnavailable, match="no answer in time"):
        registry.ask("heads", "1")
    assert gateway.questions["heads"] == 1


def test_a_fault_that_passes_is_got_over_within_one_question(
    gateway: Gateway, registry: HttpRegistry, pauses: list[float]
) -> None:
    gateway.usual = first(2, DOWN, HELD)
    assert registry.ask("heads", "1") == {"listed": False}
    assert gateway.questions["heads"] == 3
    assert 0.1 <= pauses[0] <= 0.4
    assert 0.2 <= pauses[1] <= 0.8
    assert registry.breaker("heads").failing_since is None


def test_a_fault_that_does_not_pass_ends_the_question_after_three_tries(
    gateway: Gateway, registry: HttpRegistry
) -> None:
    gateway.usual = answering(500, {})
    with pytest.raises(RegistryUnavailable, match="it answered 500"):
        registry.ask("heads", "1")
    assert gateway.questions["heads"] == 3


def test_pauses_differ_so_that_not_all_come_back_at_once(
    gateway: Gateway, registry: HttpRegistry, pauses: list[float]
) -> None:
    gateway.usual = DOWN
    for name in "abcdefgh":
        with pytest.raises(RegistryUnavailable):
            registry.ask(name, "1")
    assert len(set(pauses)) == 16


def test_a_refused_connection_is_unavailable(clock: Clock, pauses: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    registry = HttpRegistry(address, clock=clock, limits=LIMITS, sleep=pauses.append)
    with pytest.raises(RegistryUnavailable, match="connection failed"):
        registry.ask("heads", "1")
    assert len(pauses) == 2


def test_a_registry_that_fails_again_and_again_is_left_in_peace_and_tried_later(
    gateway: Gateway, registry: HttpRegistry, clock: Clock
) -> None:
    gateway.behaviours["heads"] = DOWN
    gateway.usual = HELD
    for _ in range(2):
        with pytest.raises(RegistryUnavailable):
            registry.ask("heads", "1")
    assert gateway.questions["heads"] == 6
    clock.advance(seconds=10)
    told = "has not answered since 02.03.2026 09:00:00 and .* until 02.03.2026 09:00:30"
    with pytest.raises(RegistryUnavailable, match=told) as refused:
        registry.ask("heads", "2")
    assert refused.value.retry_at == clock() + timedelta(seconds=20)
    assert gateway.questions["heads"] == 6
    assert registry.ask("insolvency", "1") == {"listed": False}, "each has a breaker of its own"
    gateway.behaviours["heads"] = HELD
    clock.advance(seconds=20)
    assert registry.ask("heads", "1") == {"listed": False}
    assert registry.breaker("heads").state == "closed"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x", "registry"])
def test_other_addresses_are_refused(address: str, clock: Clock) -> None:
    with pytest.raises(ValueError, match="http or https"):
        HttpRegistry(address, clock=clock)


def test_no_try_at_all_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="at least one try"):
        HttpRegistry("http://127.0.0.1:9", clock=clock, tries=0)
