"""Random diagrams: saved, pruned and loaded after every step, against one live, unpruned run."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from engine.errors import StepBudgetExceeded
from engine.spiff import MessageWait, TimerWait, Wait
from tests.support.instances import AliveAndUnpruned, Instance, Saved, SavedAndCompiledAnew
from tests.support.random_diagrams import RandomDiagram

DIAGRAMS = 2000
STEPS = 60
BUDGET = 300
ITEMS = [1, 2, 3]


@dataclass
class Chance:
    """What the conditions of a random diagram call: fixed within a step, another in the next."""

    seed: int
    step: int = 0

    def pick(self, branch: int, branches: int) -> bool:
        return self._number() % branches == branch

    def some(self, branch: int) -> bool:
        return self._number(branch) % 3 > 0

    def again(self) -> bool:
        return self._number(99) % 3 == 0

    def _number(self, salt: int = 0) -> int:
        return random.Random(self.seed * 1_000_003 + self.step * 1_009 + salt).randrange(1 << 16)


def run(seed: int) -> tuple[str, int]:
    """How it ended, and after how many actions. An assertion fails where the two ways differ."""
    chance = Chance(seed)
    actions = random.Random(~seed)
    saved = SavedAndCompiledAnew if seed % 5 == 0 else Saved
    try:
        instance = Instance(
            RandomDiagram(seed).definitions,
            {"items": ITEMS},
            functions={"pick": chance.pick, "some": chance.some, "again": chance.again},
            budget=BUDGET,
            ways=(saved, AliveAndUnpruned),
        )
        for step in range(STEPS):
            if instance.completed:
                return "completed", step
            if not instance.waits:
                assert instance.step.deadlocks, "nothing is waited for, and nobody is told"
                return "deadlock", step
            chance.step += 1
            act(instance, actions)
    except StepBudgetExceeded:
        return "budget", chance.step
    return "open", STEPS


def act(instance: Instance, actions: random.Random) -> None:
    """Complete, fail or trigger one of the things that are waited for."""
    wait: Wait = actions.choice(list(instance.waits.values()))
    chance = actions.random()
    if isinstance(wait, TimerWait | MessageWait):
        instance.act(lambda execution: execution.trigger(wait.key, {"news": chance}))
    elif chance < 0.12:
        instance.act(lambda execution: execution.throw_error(wait.token, "B1"))
    elif chance < 0.17:
        instance.act(lambda execution: execution.cancel_activity(wait.token))
    else:
        values = {"result": chance, "done": wait.element_id}
        instance.act(lambda execution: execution.complete(wait.token, values))


@pytest.mark.parametrize("part", range(4))
def test_random_diagrams_saved_pruned_and_loaded_give_the_trace_of_one_live_unpruned_run(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    ends: Counter[str] = Counter()
    actions = 0
    for seed in range(part * DIAGRAMS // 4, (part + 1) * DIAGRAMS // 4):
        end, taken = run(seed)
        ends[end] += 1
        actions += taken
    record_property(
        "measured",
        f"random diagrams, part {part}: {ends.total()}, {actions} actions: {dict(ends)}",
    )
    assert ends.total() == DIAGRAMS // 4
    assert ends["completed"] > ends.total() * 0.7
