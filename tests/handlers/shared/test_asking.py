"""Registries that are asked at the same time."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from handlers.shared.asking import MOST_AT_ONCE, Round, ask_all
from handlers.shared.registries import Record


def test_all_are_asked_at_the_same_time() -> None:
    names = [f"r{number}" for number in range(12)]
    together = threading.Barrier(len(names), timeout=30)

    def ask(name: str) -> Record | None:
        together.wait()
        return {"name": name}

    round_ = ask_all(ask, names, lambda _so_far: None)
    assert round_.answers == {name: {"name": name} for name in names}


def test_not_more_than_a_few_are_asked_at_the_same_time() -> None:
    guard, going_on, most = threading.Lock(), 0, 0

    def ask(_name: str) -> Record | None:
        nonlocal going_on, most
        with guard:
            going_on += 1
            most = max(most, going_on)
        time.sleep(0.01)
        with guard:
            going_on -= 1
        return None

    ask_all(ask, [str(number) for number in range(60)], lambda _so_far: None)
    assert most <= MOST_AT_ONCE


def test_progress_is_told_only_when_something_has_come() -> None:
    told: list[set[str]] = []
    go_on = {"quick": threading.Event(), "slow": threading.Event(), "slower": threading.Event()}
    go_on["quick"].set()

    def ask(name: str) -> Record | None:
        assert go_on[name].wait(30)
        return None

    def tell(so_far: Round) -> None:
        told.append(set(so_far.pending))
        after = "slower" if so_far.pending == {"slower"} else "slow"
        threading.Timer(0.2, go_on[after].set).start()

    ask_all(ask, list(go_on), tell, moment=0.02)
    assert told[-1] == {"slower"}
    assert all(later < earlier for earlier, later in pairwise(told)), "though it looked more often"


def test_a_defect_is_no_registry_that_is_down() -> None:
    def ask(_name: str) -> Record | None:
        raise KeyError("a defect")

    with pytest.raises(KeyError, match="a defect"):
        ask_all(ask, ["heads"], lambda _so_far: None)


def test_nobody_to_ask_is_answered_at_once() -> None:
    assert ask_all(lambda _name: None, [], lambda _so_far: None) == Round()
