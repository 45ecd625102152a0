"""How patient an installation is with the registries, told by its settings.

QADAM_REGISTRY_CONNECT_TIMEOUT, QADAM_REGISTRY_READ_TIMEOUT (of silence) and QADAM_REGISTRY_TIMEOUT
(of one question in all) are seconds, QADAM_REGISTRY_TRIES counts how often a question is put at
once, QADAM_REGISTRY_BREAKER_FAILURES in a row open the circuit breaker of a registry for
QADAM_REGISTRY_BREAKER_REST seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from handlers.shared.circuit_breaker import BreakerLimits
from handlers.shared.http import Limits
from handlers.shared.registries import HttpRegistry


def http_registry(
    address: str, settings: Mapping[str, str], clock: Callable[[], datetime]
) -> HttpRegistry:
    """The registries at an address. Raises ValueError for a setting that can't be used."""
    limits, breaker = HttpRegistry.LIMITS, HttpRegistry.BREAKER
    rest = _seconds(settings, "QADAM_REGISTRY_BREAKER_REST", breaker.rest.total_seconds())
    return HttpRegistry(
        address,
        clock=clock,
        token=settings.get("QADAM_REGISTRY_TOKEN"),
        limits=Limits(
            connect=_seconds(settings, "QADAM_REGISTRY_CONNECT_TIMEOUT", limits.connect),
            read=_seconds(settings, "QADAM_REGISTRY_READ_TIMEOUT", limits.read),
            whole=_seconds(settings, "QADAM_REGISTRY_TIMEOUT", limits.whole),
            answer=limits.answer,
        ),
        tries=_count(settings, "QADAM_REGISTRY_TRIES", HttpRegistry.TRIES),
        breaker=BreakerLimits(
            failures=_count(settings, "QADAM_REGISTRY_BREAKER_FAILURES", breaker.failures),
            rest=timedelta(seconds=rest),
        ),
    )


def _seconds(settings: Mapping[str, str], name: str, otherwise: float) -> float:
    text = settings.get(name)
    if not text:
        return otherwise
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= 86_400:
        raise ValueError(
            f"Expected {name} to be a number of seconds above 0 and of a day at most, "
            f"but found {text!r}"
        )
    return value


def _count(settings: Mapping[str, str], name: str, otherwise: int) -> int:
    text = settings.get(name)
    if not text:
        return otherwise
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise ValueError(f"Expected {name} to be a whole number from 1 on, but found {text!r}")
    return int(text)
