from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.feel import limits
from engine.feel.budget import CURRENT, Budget, spend
from engine.feel.errors import LimitReached


def test_steps_are_spent_until_none_are_left() -> None:
    budget = Budget(steps=3)
    budget.spend(2)
    budget.spend(1)
    with pytest.raises(LimitReached, match=f"Expected at most {limits.STEPS} steps"):
        budget.spend(1)


def test_height_is_given_back() -> None:
    budget = Budget()
    budget.enter(limits.CALL_HEIGHT)
    with pytest.raises(LimitReached, match="nodes evaluated within each other"):
        budget.enter(1)
    assert budget.height == limits.CALL_HEIGHT
    budget.leave(limits.CALL_HEIGHT)
    budget.enter(1)
    assert budget.height == 1


def test_outside_an_evaluation_nothing_is_counted() -> None:
    spend(10 * limits.STEPS)


def test_each_thread_has_its_own() -> None:
    def work(number: int) -> int:
        budget = Budget(steps=1000)
        token = CURRENT.set(budget)
        for _ in range(number):
            spend(1)
        CURRENT.reset(token)
        return budget.steps

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(0, 1000, 50))) == [1000 - n for n in range(0, 1000, 50)]
    assert CURRENT.get() is None
