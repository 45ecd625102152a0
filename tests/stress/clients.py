"""Clients that run errands through the web, and remember what they were told and what not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.stress.processes import ERRAND
from tests.stress.visitor import Answer, Unanswered, Visitor, new_command_id
from tests.stress.waiting import PATIENCE

# Who runs errands, and the enterprise that they run them for.
EMPLOYERS = {
    "employer-1": "150140000012",
    "employer-2": "900101300037",
    "employer-3": "150140000042",
    "employer-5": "150140002019",
}
_TASKS = "/tasks/"
_AGAIN = 0.02


@dataclass(frozen=True)
class Press:
    """One press of a button: a command with its id. `task_id` None: it starts the errand."""

    person: str
    command_id: str
    number: str
    task_id: str | None

    @property
    def key(self) -> tuple[str, str]:
        """The sender and the id, as the store keeps them."""
        return self.person, self.command_id


@dataclass(frozen=True)
class Acknowledged:
    """A press and where its answer led to."""

    press: Press
    location: str

    @property
    def next_task(self) -> str | None:
        """The task that the answer led to."""
        if not self.location.startswith(_TASKS):
            return None
        return self.location.removeprefix(_TASKS)


@dataclass
class Memory:
    """What all clients were told. `pending`: presses that were not answered yet, if ever sent."""

    acknowledged: dict[tuple[str, str], Acknowledged] = field(default_factory=dict)
    pending: dict[tuple[str, str], Press] = field(default_factory=dict)
    errands: list[str] = field(default_factory=list)
    cut: int = 0
    faults: list[str] = field(default_factory=list)


class Load:
    """Four clients, each of whom runs one errand after the other while the gate is open.

    A press that is not answered is repeated with the same command id until it is.
    """

    def __init__(self, port: int, *, pause: float = 0.0) -> None:
        self.memory = Memory()
        self.gate = threading.Event()
        self._finishing = threading.Event()
        self._abandoned = threading.Event()
        self._port = port
        self._pause = pause
        self._threads = [
            threading.Thread(target=self._work, args=(person,), name=person, daemon=True)
            for person in EMPLOYERS
        ]
        for thread in self._threads:
            thread.start()

    def require_well(self) -> None:
        """Fails where a client was told something that it must not be told."""
        assert self.memory.faults == [], self.memory.faults

    def finish(self) -> None:
        """Lets everyone bring the errand at hand to its end, and waits for them."""
        self._finishing.set()
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), f"{thread.name} does not come to an end"
        self.require_well()

    def abandon(self) -> None:
        """Sends everyone home, wherever they are."""
        self._abandoned.set()
        self._finishing.set()
        self.gate.set()

    def _work(self, person: str) -> None:
        visitor = Visitor(self._port, person)
        try:
            self._insist(visitor.sign_in)
            while not self._finishing.is_set():
                self._run_errand(visitor)
        except _Abandoned:
            return
        except AssertionError as fault:
            self.memory.faults.append(f"{person}: {fault}")

    def _run_errand(self, visitor: Visitor) -> None:
        number = new_command_id()
        self.memory.errands.append(number)
        bin = EMPLOYERS[visitor.person]
        asked = {"bin": bin, "number": number, "pause": str(self._pause)}
        told = self._press(visitor, number, None, f"/cabinet/start/{ERRAND}", asked)
        while told.next_task is not None:
            told = self._press(visitor, number, told.next_task, told.location, {"note": number})

    def _press(
        self, visitor: Visitor, number: str, task_id: str | None, address: str, form: dict[str, str]
    ) -> Acknowledged:
        press = Press(visitor.person, new_command_id(), number, task_id)
        self.memory.pending[press.key] = press
        answer: Answer = self._insist(
            lambda: visitor.post(address, command_id=press.command_id, **form)
        )
        assert answer.status == 302, (press, answer.status, answer.text[-2000:])
        told = Acknowledged(press, answer.location)
        self.memory.acknowledged[press.key] = told
        del self.memory.pending[press.key]
        return told

    def _insist(self, ask: Callable[[], Any]) -> Any:
        """Asks until there is an answer."""
        while True:
            self.gate.wait()
            if self._abandoned.is_set():
                raise _Abandoned
            try:
                return ask()
            except Unanswered:
                self.memory.cut += 1
                time.sleep(_AGAIN)


class _Abandoned(Exception):
    """The test is over."""
