"""Walking through the workload, one answer at a time, on whichever side carries it out."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from benchmarks import fk_b03
from benchmarks.ours import Clock, Ours, instances, open_tasks
from engine import ProcessEngine

Answers = Mapping[str, Mapping[str, object]]

_LATE = {"review_application": 30, "report_vacancy": 30}
"""Days that pass on the way to the vacancy when this task is first open."""


class Side(Protocol):
    """What carries the workload out. `engine` holds the database with the tasks."""

    engine: ProcessEngine

    def start(self) -> str: ...

    def complete(self, task_id: str, values: Mapping[str, object]) -> None: ...

    def sign(self, task_id: str, values: Mapping[str, object]) -> None: ...

    def work(self) -> None: ...


class Walk:
    """One application. `number` makes what is submitted differ from walk to walk."""

    def __init__(self, side: Side, form_bytes: int = fk_b03.FORM_BYTES, number: int = 0) -> None:
        self._side = side
        self._form_bytes = form_bytes
        self._number = number
        self.instance_id = side.start()
        self._go_on()

    @property
    def element_id(self) -> str | None:
        """Where the oldest open task is; None where there is none."""
        return self._open[0][1] if self._open else None

    def answer(self, answers: Answers) -> float:
        """Completes the oldest open task; returns its CPU time in seconds."""
        task_id, element_id = self._open[0]
        self._number += 1
        values = fk_b03.submission(answers[element_id], self._number, self._form_bytes)
        signed = element_id in fk_b03.SIGNED
        complete = self._side.sign if signed else self._side.complete
        begun = time.process_time()
        complete(task_id, values)
        taken = time.process_time() - begun
        self._go_on()
        return taken

    def reach(self, element_id: str) -> None:
        """Answers until this task is open."""
        while self.element_id != element_id:
            self.answer(fk_b03.ANSWERS)

    def rework(self) -> list[float]:
        """One round: a remark, the correction, back at the review. The CPU time of each task.

        Tasks that are signed are left out.
        """
        costs: list[float] = []
        while self.element_id != "review_application" or not costs:
            is_signed = self.element_id in fk_b03.SIGNED
            cost = self.answer(fk_b03.REWORK)
            if not is_signed:
                costs.append(cost)
        return costs

    def _go_on(self) -> None:
        self._side.work()
        self._open = open_tasks(self._side.engine, self.instance_id)


def to_the_vacancy(ours: Ours, clock: Clock, form_bytes: int) -> None:
    """One application up to its filled vacancy, with the contract that goes with it.

    On that way the review is overdue, the application is reworked once, and two checks of the
    vacancy's relevance come due.
    """
    ours.start()
    ours.work()
    late = dict(_LATE)
    answers = fk_b03.REWORK
    number = 0
    while opened := _all_open_tasks(ours.engine):
        task_id, element_id = opened[-1]
        if element_id in late:
            clock.advance(late.pop(element_id))
        else:
            number += 1
            complete = ours.sign if element_id in fk_b03.SIGNED else ours.complete
            complete(task_id, fk_b03.submission(answers[element_id], number, form_bytes))
            if element_id == "review_application":
                answers = fk_b03.ANSWERS
        ours.work()


def _all_open_tasks(engine: ProcessEngine) -> list[tuple[str, str]]:
    return sorted(task for row in instances(engine) for task in open_tasks(engine, row.id))


@contextmanager
def still_memory() -> Iterator[None]:
    """Keeps all that is there now out of the garbage collector's rounds, as a server would."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
