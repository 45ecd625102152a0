"""Services that are slow, lead elsewhere or are down hold up no signature for long."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from engine.exchange import Limits, NoAnswer
from engine.signatures.asking import Asking
from engine.signatures.http_revocation import HttpRevocationSource
from tests.support.scripted_registries import Gateway, after, answering, trickling

LIMITS = Limits(connect=20.0, read=20.0, whole=20.0, answer=1000)
SOON = Limits(connect=20.0, read=20.0, whole=1.0, answer=1000)
NEVER = 600.0
"""Seconds that nobody waits for: who is given up is hung up on before."""

PATIENCE = 20.0


@pytest.fixture(name="service")
def _service() -> Iterator[Gateway]:
    with Gateway() as opened:
        yield opened


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def lists(
    service: Gateway, *names: str, limits: Limits = LIMITS, clock: Clock | None = None
) -> HttpRevocationSource:
    urls = [f"{service.address}/{name}/1" for name in names]
    return HttpRevocationSource(crl_urls=urls, list_limits=limits, clock=clock or Clock())


def test_a_redirect_is_not_followed(service: Gateway) -> None:
    with Gateway(answering(200, b"internal")) as elsewhere:
        service.usual = answering(302, b"", Location=f"{elsewhere.address}/r/1")
        assert lists(service, "a").answers(()).crls == ()
        assert elsewhere.requests == []


def test_a_list_that_drips_is_given_up(service: Gateway) -> None:
    service.usual = trickling(NEVER)
    assert lists(service, "a", limits=SOON).answers(()).crls == ()
    assert service.broken.wait(PATIENCE)


def test_a_list_that_is_too_long_is_none(service: Gateway) -> None:
    service.usual = answering(200, b"x" * 1001)
    assert lists(service, "a").answers(()).crls == ()


def test_who_is_down_is_left_in_peace_for_a_minute(service: Gateway) -> None:
    clock = Clock()
    service.behaviours = {"a": trickling(NEVER), "b": answering(200, b"list")}
    source = lists(service, "a", "b", limits=SOON, clock=clock)
    for _ in range(3):
        assert source.answers(()).crls == (b"list",)
    assert service.questions["a"] == 1
    service.behaviours["a"] = answering(200, b"again")
    clock.now = 59.0
    assert source.answers(()).crls == (b"list",)
    clock.now = 61.0
    assert source.answers(()).crls == (b"again", b"list")


def test_an_error_is_an_answer_and_asked_again(service: Gateway) -> None:
    """NCANode may fail at one signature; the next one is asked about all the same."""
    asking = Asking(LIMITS, Clock())
    service.usual = answering(500, b"")
    for _ in range(2):
        assert asking.ask("GET", f"{service.address}/a/1").status == 500
    assert service.questions["a"] == 2


def test_a_connection_that_broke_is_tried_once_more() -> None:
    asking = Asking(LIMITS, Clock())
    with pytest.raises(NoAnswer, match="the connection failed"):
        asking.ask("GET", "http://127.0.0.1:1/")
    with pytest.raises(NoAnswer, match="a moment ago"):
        asking.ask("GET", "http://127.0.0.1:1/")


def test_many_wait_for_one_question_and_for_no_other_list(service: Gateway) -> None:
    service.behaviours = {
        "slow": after(0.2, answering(200, b"slow")),
        "fast": answering(200, b"fast"),
    }
    source = lists(service, "slow", "fast")
    found: list[tuple[bytes, ...]] = []
    threads = [
        threading.Thread(target=lambda: found.append(source.answers(()).crls)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == [(b"slow", b"fast")] * 6
    assert service.questions == {"slow": 1, "fast": 1}


def test_six_at_once_wait_for_a_dead_list_once(service: Gateway) -> None:
    service.usual = trickling(NEVER)
    source = lists(service, "a", limits=SOON)
    threads = [threading.Thread(target=source.answers, args=((),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    assert service.questions["a"] == 1
