"""CPU time of a completed user task: against plain SpiffWorkflow, and after rounds of rework."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median

from benchmarks import fk_b03
from benchmarks.ours import Ours, open_deployed
from benchmarks.stock import Stock
from benchmarks.walking import Walk, still_memory

STOCK_AIM = 0.5
"""What a completed task may cost of what it costs plain SpiffWorkflow, with no rework."""

LOOPS_AIM = 1.1
"""What a task may cost after rounds of rework, of what it costs without."""


def against_stock(
    folder: Path, rounds: int, form_bytes: int = fk_b03.FORM_BYTES
) -> list[tuple[float, float]]:
    """(Qadam's, SpiffWorkflow's) mean CPU seconds of a completed user task, for each round.

    A round is one application without rework, up to the decision, on both sides task by task;
    tasks that are signed are left out. The sides take turns in going first.
    """
    ours = Ours(open_deployed(folder / f"ours_{form_bytes}.sqlite", form_bytes))
    stock = Stock(open_deployed(folder / f"stock_{form_bytes}.sqlite", form_bytes))
    sides = (ours, stock)
    _side_by_side([Walk(side, form_bytes) for side in sides], False)
    with still_memory():
        measured = [
            _side_by_side([Walk(side, form_bytes, number) for side in sides], number % 2 == 1)
            for number in range(rounds)
        ]
    for side in sides:
        side.engine.close()
    return measured


def _side_by_side(walks: list[Walk], turned: bool) -> tuple[float, float]:
    costs: tuple[list[float], list[float]] = ([], [])
    order = (1, 0) if turned else (0, 1)
    while walks[0].element_id is not None:
        element_id = walks[0].element_id
        if walks[1].element_id != element_id:
            raise RuntimeError(f"Expected both at {element_id}, not {walks[1].element_id}")
        for place in order:
            cost = walks[place].answer(fk_b03.REJECTION)
            if element_id not in fk_b03.SIGNED:
                costs[place].append(cost)
    return mean(costs[0]), mean(costs[1])


def after_loops(folder: Path, loops: tuple[int, ...], rounds: int) -> list[tuple[float, ...]]:
    """Mean CPU seconds of a task of one more round of rework, for each round.

    First in an application that was never reworked, then in one with each number of `loops`
    behind it.
    """
    ours = Ours(open_deployed(folder / "loops.sqlite"))
    old = [_reworked(ours, number) for number in loops]
    with still_memory():
        measured = [
            tuple(mean(walk.rework()) for walk in (_reworked(ours, 0), *old))
            for _round in range(rounds)
        ]
    ours.engine.close()
    return measured


def _reworked(ours: Ours, loops: int) -> Walk:
    walk = Walk(ours)
    walk.reach("review_application")
    for _round in range(loops):
        walk.rework()
    return walk


def report(folder: Path, quick: bool) -> Iterator[str]:
    """The figures in words."""
    for name, form_bytes in (("a form of 10 KB", fk_b03.FORM_BYTES), ("its own forms", 0)):
        measured = against_stock(folder, 1 if quick else 60, form_bytes)
        ours, stock = (median(pair[place] for pair in measured) * 1000 for place in (0, 1))
        ratio = median(pair[0] / pair[1] for pair in measured)
        yield (
            f"FK-B.03, {name}: {ratio:.2f} of SpiffWorkflow's (aim {STOCK_AIM}); "
            f"{ours:.2f} ms to {stock:.2f} ms"
        )
    loops = (1, 2) if quick else (100, 1000)
    costs = after_loops(folder, loops, 1 if quick else 20)
    fresh = median(cost[0] for cost in costs) * 1000
    yield f"FK-B.03, a task of a first round of rework: {fresh:.2f} ms"
    for place, number in enumerate(loops, 1):
        ratio = median(cost[place] / cost[0] for cost in costs)
        yield f"    with {number:,} rounds behind it: {ratio:.2f} of that (aim {LOOPS_AIM})"
