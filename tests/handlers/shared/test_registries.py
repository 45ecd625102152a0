"""Registries: from a file and over HTTP."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


def holding(registry: str = "heads", number: str = "1") -> Behaviour:
    """Answers that a record is held."""
    told = {"registry": registry, "number": number, "found": True, "record": {"listed": False}}
    return answering(200, told)


def nothing_held(status: int, **changed: object) -> Behaviour:
    """Answers about heads of 1 that nothing is held."""
    return answering(status, {"registry": "heads", "number": "1", "found": False, **changed})


HELD = holding()


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
    path.write_text(
        json.dumps({"150140000022": {"heads": {"matches": True}}, "*": {"insolvency": None}})
    )
    registry = FileRegistry(path, lambda: TODAY)
    assert registry.ask("heads", "150140000022") == {"matches": True}
    for number in ("150140000022", "150140000999"):
        assert registry.ask("insolvency", number) is None, "all who are on this list are there"
    with pytest.raises(RegistryUnavailable, match="says nothing of this number"):
        registry.ask("heads", "150140000999")


def test_a_day_may_be_counted_from_today(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"1": {"business_register": {"registered_on": "today-P90D"}}}))
    record = FileRegistry(path, lambda: TODAY).ask("business_register", "1")
    assert record == {"registered_on": "2025-12-02"}


def test_a_registry_that_is_down_in_the_file_is_unavailable() -> None:
    registry = FileRegistry(demo.ENTERPRISES, lambda: TODAY)
    with pytest.raises(RegistryUnavailable, match="social_payments"):
        registry.ask("social_payments", "150140002019")


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"1": []}', '{"1": {}, "1": {}}', '{"1": {"heads": "yes"}}']
)
def test_a_file_in_another_form_is_unavailable(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(RegistryUnavailable) as refused:
        FileRegistry(path, lambda: TODAY).ask("heads", "1")
    assert not refused.value.number_only, "the file is amiss, not a number"


def test_an_unreadable_file_is_unavailable_and_not_an_empty_answer(tmp_path: Path) -> None:
    with pytest.raises(RegistryUnavailable, match="can't be read"):
        FileRegistry(tmp_path / "missing.json", lambda: TODAY).ask("heads", "1")


def test_http_asks_by_path_and_gives_the_record(gateway: Gateway, registry: HttpRegistry) -> None:
    gateway.usual = holding("unreliable taxpayers", "15/01")
    assert registry.ask("unreliable taxpayers", "15/01") == {"listed": False}
    assert gateway.requests == [("/gateway/unreliable%20taxpayers/15%2F01", "Bearer secret")]


@pytest.mark.parametrize("status", [200, 404])
def test_nothing_is_held_where_the_answer_says_so(
    gateway: Gateway, registry: HttpRegistry, status: int
) -> None:
    gateway.usual = nothing_held(status)
    for _ in range(5):
        assert registry.ask("heads", "1") is None
    assert registry.breaker("heads").state == "closed"


@pytest.mark.parametrize(
    "behaviour",
    [
        answering(404, b"<html>no such page"),
        answering(404, b""),
        answering(404, {}),
        answering(404, {"error": "no such page"}),
        answering(404, {"found": False}),
        nothing_held(404, number="2"),
        nothing_held(404, registry="insolvency"),
        nothing_held(404, found=None),
        nothing_held(404, found=True, record={}),
        nothing_held(200, found=0),
        nothing_held(200, found=True),
        nothing_held(200, record={"matches": True}),
        nothing_held(410),
    ],
)
def test_a_404_of_a_wrong_route_is_no_answer(
    gateway: Gateway, registry: HttpRegistry, behaviour: Behaviour
) -> None:
    gateway.usual = behaviour
    for _ in range(2):
        with pytest.raises(RegistryUnavailable):
            registry.ask("heads", "1")
    assert registry.breaker("heads").state == "open", "the registry, not a number, is amiss"


def test_an_answer_about_another_number_is_no_answer(
    gateway: Gateway, registry: HttpRegistry
) -> None:
    gateway.usual = holding(number="150140000012")
    with pytest.raises(RegistryUnavailable, match="not of the registry and number") as refused:
        registry.ask("heads", "150140000022")
    assert "…0012" in refused.value.reason
    assert "150140000012" not in refused.value.reason, "it is not for everybody's log"


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (answering(403, {}), "it answered 403: it does not accept this installation"),
        (answering(400, {}), "it answered 400: it refuses this number"),
        (answering(429, b""), "it answered 429"),
        (answering(302, b"", Location="/elsewhere"), "it answered 302"),
        (answering(200, b"<html>"), "not JSON"),
        (answering(200, b'{"found": false, "found": true}'), "a name twice"),
        (answering(200, b'{"sum": 1e999}'), "too large a number"),
        (answering(200, []), "200 without saying what it holds"),
        (answering(200, b""), "200 without saying what it holds"),
        (answering(200, b"[" + b"1," * 1000 + b"1]"), "longer than 1000 bytes"),
    ],
    ids=["403", "400", "429", "302", "garbage", "twice", "inf", "list", "empty", "oversized"],
)
def test_every_other_answer_is_none_and_is_not_asked_for_twice(
    gateway: Gateway, registry: HttpRegistry, behaviour: Behaviour, told: str
) -> None:
    gateway.usual = behaviour
    with pytest.raises(RegistryUnavailable, match=f"registry heads, but .*{told}"):
        registry.ask("heads", "1")
    assert gateway.questions["heads"] == 1


def test_a_slow_one_is_not_asked_twice(gateway: Gateway, clock: Clock) -> None:
    gateway.usual = after(30.0, HELD)
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
    gateway.behaviours["insolvency"] = holding("insolvency")
    told = "has not answered since 02.03.2026 09:00:00 and .* until 02.03.2026 09:00:30"
    with pytest.raises(RegistryUnavailable, match=told) as refused:
        registry.ask("heads", "2")
    assert refused.value.retry_at == clock() + timedelta(seconds=20)
    assert not refused.value.asked
    assert gateway.questions["heads"] == 6
    assert registry.ask("insolvency", "1") == {"listed": False}, "each has a breaker of its own"
    gateway.behaviours["heads"] = HELD
    clock.advance(seconds=20)
    assert registry.ask("heads", "1") == {"listed": False}
    assert registry.breaker("heads").state == "closed"


def test_when_a_registry_is_back_all_who_wait_for_the_trial_get_their_answer(
    gateway: Gateway, registry: HttpRegistry, clock: Clock
) -> None:
    gateway.usual = DOWN
    for _ in range(2):
        with pytest.raises(RegistryUnavailable):
            registry.ask("heads", "1")
    clock.advance(seconds=30)
    gateway.usual = after(0.3, HELD)
    with ThreadPoolExecutor(6) as pool:
        came = list(pool.map(lambda _: registry.ask("heads", "1"), range(6)))
    assert came == [{"listed": False}] * 6


def test_a_pause_that_is_asked_for_is_kept(
    gateway: Gateway, registry: HttpRegistry, clock: Clock
) -> None:
    gateway.usual = answering(429, b"", **{"Retry-After": "120"})
    with pytest.raises(RegistryUnavailable, match="it answered 429 and asks") as refused:
        registry.ask("heads", "1")
    back = clock() + timedelta(minutes=2)
    assert (refused.value.retry_at, refused.value.asked) == (back, True)
    gateway.usual = HELD
    clock.advance(seconds=119)
    with pytest.raises(RegistryUnavailable, match="left in peace") as put_off:
        registry.ask("heads", "2")
    assert (put_off.value.retry_at, put_off.value.asked) == (back, False)
    assert gateway.questions["heads"] == 1
    clock.advance(seconds=1)
    assert registry.ask("heads", "1") == {"listed": False}


def test_a_server_that_says_when_it_is_back_is_not_asked_at_once(
    gateway: Gateway, registry: HttpRegistry, clock: Clock
) -> None:
    gateway.usual = answering(503, b"", **{"Retry-After": "60"})
    with pytest.raises(RegistryUnavailable) as refused:
        registry.ask("heads", "1")
    assert refused.value.retry_at == clock() + timedelta(minutes=1)
    assert gateway.questions["heads"] == 1


@pytest.mark.parametrize("status", [400, 422])
def test_numbers_that_are_refused_open_the_circuit_for_nobody(
    gateway: Gateway, registry: HttpRegistry, status: int
) -> None:
    gateway.usual = answering(status, {})
    for _ in range(5):
        with pytest.raises(RegistryUnavailable, match="refuses this number"):
            registry.ask("heads", "0")
    gateway.usual = HELD
    assert registry.ask("heads", "1") == {"listed": False}


def test_an_installation_that_is_not_accepted_is_alarmed_of_once(
    gateway: Gateway, registry: HttpRegistry, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", "handlers.shared.registries")
    for status, name in ((401, "heads"), (401, "heads"), (403, "insolvency")):
        gateway.usual = answering(status, {})
        with pytest.raises(RegistryUnavailable, match="QADAM_REGISTRY_TOKEN"):
            registry.ask(name, "1")
    assert [each.levelname for each in caplog.records] == ["ERROR"]
    assert "does not accept this installation: registry heads answered 401" in caplog.text
    clock.advance(seconds=30)
    for name in ("heads", "insolvency"):
        gateway.usual = holding(name)
        assert registry.ask(name, "1") == {"listed": False}
    assert [each.levelname for each in caplog.records] == ["ERROR", "WARNING"]
    gateway.usual = answering(401, {})
    with pytest.raises(RegistryUnavailable):
        registry.ask("heads", "1")
    assert [each.levelname for each in caplog.records] == ["ERROR", "WARNING", "ERROR"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x", "registry"])
def test_other_addresses_are_refused(address: str, clock: Clock) -> None:
    with pytest.raises(ValueError, match="http or https"):
        HttpRegistry(address, clock=clock)


def test_no_try_at_all_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="at least one try"):
        HttpRegistry("http://127.0.0.1:9", clock=clock, tries=0)
