"""Settings of the registries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handlers.shared.registries import RegistryUnavailable
from handlers.shared.registry_settings import http_registry
from tests.support.house import Clock
from tests.support.scripted_registries import Gateway, after, answering

TOLD = {
    "QADAM_REGISTRY_READ_TIMEOUT": "0.5",
    "QADAM_REGISTRY_TRIES": "1",
    "QADAM_REGISTRY_BREAKER_FAILURES": "1",
    "QADAM_REGISTRY_BREAKER_REST": "7.5",
    "QADAM_REGISTRY_TOKEN": "secret",
}


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway(answering(503, b"")) as opened:
        yield opened


def test_they_are_in_force(gateway: Gateway) -> None:
    gateway.behaviours["slow"] = after(30.0, answering(200, {}))
    clock = Clock()
    registry = http_registry(gateway.address, TOLD, clock)
    with pytest.raises(RegistryUnavailable, match="0.5 s of silence"):
        registry.ask("slow", "1")
    with pytest.raises(RegistryUnavailable, match="503"):
        registry.ask("heads", "1")
    assert gateway.questions["heads"] == 1
    assert gateway.requests[-1][1] == "Bearer secret"
    assert registry.breaker("heads").state == "open"
    clock.advance(seconds=7)
    with pytest.raises(RegistryUnavailable, match="left in peace"):
        registry.ask("heads", "1")
    clock.advance(seconds=1)
    with pytest.raises(RegistryUnavailable, match="503"):
        registry.ask("heads", "1")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CONNECT_TIMEOUT", "0"),
        ("READ_TIMEOUT", "soon"),
        ("TIMEOUT", "-1"),
        ("TIMEOUT", "nan"),
        ("BREAKER_REST", "inf"),
        ("TRIES", "0"),
        ("TRIES", "2.5"),
        ("BREAKER_FAILURES", "many"),
    ],
)
def test_one_that_can_not_be_used_is_named(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=f"Expected QADAM_REGISTRY_{name} to be .*{text}"):
        http_registry("http://127.0.0.1:9", {f"QADAM_REGISTRY_{name}": text}, Clock())
