"""Several registries asked at the same time, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from handlers.shared.registries import Record, RegistryUnavailable

MOST_AT_ONCE = 16
"""How many registries one inquiry asks at the same time."""

_A_MOMENT = 0.4


@dataclass
class Round:
    """What came of asking: the answers, the registries that failed, those still being asked."""

    answers: dict[str, Record | None] = field(default_factory=dict)
    missing: dict[str, RegistryUnavailable] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)


def ask_all(
    ask: Callable[[str], Record | None],
    registries: Collection[str],
    tell: Callable[[Round], None],
    moment: float = _A_MOMENT,
) -> Round:
    """Asks all of them at the same time and waits until each has answered or failed.

    Where that takes longer than a moment (in seconds), `tell` is given what came so far, and
    again when something more has come.
    """
    round_ = Round(pending=set(registries))
    if not registries:
        return round_
    with ThreadPoolExecutor(min(len(registries), MOST_AT_ONCE), "qadam-registry") as pool:
        asked = {pool.submit(ask, name): name for name in registries}
        running = set(asked)
        told: set[str] | None = None
        while running:
            done, running = wait(running, timeout=moment)
            for each in done:
                _sort_in(round_, asked[each], each)
            if running and round_.pending != told:
                told = set(round_.pending)
                tell(round_)
    return round_


def _sort_in(round_: Round, registry: str, asked: Future[Record | None]) -> None:
    round_.pending.discard(registry)
    try:
        round_.answers[registry] = asked.result()
    except RegistryUnavailable as error:
        round_.missing[registry] = error
