"""One server for a database; ending in order and going on; a worker that dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stress.clients import Load
from tests.stress.errand import BEGUN, Entry, Ledger, cut_off
from tests.stress.fragile_server import Fragile
from tests.stress.processes import ERRAND, FILING, write_decision, write_errand
from tests.stress.served import Served, answers, environment, free_port
from tests.stress.soundness import holdings, is_at_rest
from tests.stress.visitor import Unanswered, Visitor
from tests.stress.waiting import PATIENCE, until


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with diagrams."""
    folder = tmp_path_factory.mktemp("serving")
    write_decision(folder / "bpmn")
    return folder


@pytest.fixture(scope="module")
def served(installation: Path) -> Iterator[Served]:
    """`qadam serve`."""
    told = environment(installation / "data", installation / "bpmn", free_port())
    server = Served(told, installation / "first.log")
    yield server.ready()
    server.kill()


@pytest.fixture(scope="module")
def late(installation: Path, served: Served) -> Iterator[Served]:
    """A server that began together with the first one: nothing was locked when it looked."""
    told = environment(installation / "data", installation / "bpmn", free_port())
    server = Served(told, installation / "late.log", hasty=True)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def second(installation: Path, served: Served) -> Iterator[Served]:
    """`qadam serve` on the same data, at another port. It waits a while for the first to end."""
    told = environment(installation / "data", installation / "bpmn", free_port())
    server = Served(told, installation / "second.log")
    yield server
    server.kill()


class Errands:
    """An installation of the errands, served again and again."""

    def __init__(self, folder: Path, *, pause: float = 0.0) -> None:
        self.told = environment(folder / "data", write_errand(folder / "bpmn"), free_port())
        self.data = folder / "data"
        self._log = folder / "log"
        self.load = Load(int(self.told["QADAM_PORT"]), pause=pause)
        self.server: Fragile | None = None

    def serve(self) -> Fragile:
        self.server = Fragile(self.told, self._log, fresh=self.server is None)
        assert self.server.ready(), self.server.said()
        return self.server

    def is_busy(self) -> bool:
        """Whether some was done and a handler is at work."""
        self.load.require_well()
        return len(self.load.memory.acknowledged) > 10 and bool(cut_off(self.ledger()))

    def ledger(self) -> list[Entry]:
        return Ledger(self.data / "ledger.jsonl").read()


@pytest.fixture
def make_errands(tmp_path: Path) -> Iterator[Callable[..., Errands]]:
    made: list[Errands] = []

    def make(*, pause: float) -> Errands:
        made.append(Errands(tmp_path, pause=pause))
        return made[-1]

    yield make
    for each in made:
        each.load.abandon()
        if each.server is not None:
            each.server.kill()


@pytest.mark.usefixtures("second", "late")
def test_ending_in_order_finishes_what_was_begun(make_errands: Callable[..., Errands]) -> None:
    errands = make_errands(pause=0.3)
    server = errands.serve()
    errands.load.gate.set()
    until(errands.is_busy)
    assert server.end() == 0, server.said()
    errands.load.gate.clear()
    memory = errands.load.memory
    with holdings(errands.data) as held:
        held.require_sound()
        # Whatever was committed was answered too, and every handler that began has its result.
        assert set(held.results) == set(memory.acknowledged)
        assert set(held.completions()) == {entry.key for entry in errands.ledger()}
    errands.serve()
    errands.load.gate.set()
    errands.load.finish()
    until(lambda: is_at_rest(errands.data))
    with holdings(errands.data) as held:
        held.require_sound()
        assert len(held.require_completed(ERRAND)) == len(memory.errands)
        assert len(held.require_completed(FILING)) == len(memory.errands)
    begun = [entry.key for entry in errands.ledger() if entry.event == BEGUN]
    assert len(begun) == len(set(begun)), "a handler ran again though nothing was cut off"


def test_a_second_server_is_told_and_ends(served: Served, second: Served) -> None:
    assert second.process.wait(PATIENCE) == 1
    said = second.said()
    assert "Traceback" not in said
    assert said.startswith("qadam: Expected to serve qadam.sqlite alone, but it is served by")
    (worker,) = served.workers()
    assert f"process {worker} " in said
    with pytest.raises(Unanswered):
        Visitor(second.port, "nobody").get("/healthz")
    assert Visitor(served.port, "nobody").get("/healthz").status == 200


def test_of_two_that_start_together_one_is_told_and_ends(served: Served, late: Served) -> None:
    assert late.process.wait(PATIENCE) != 0
    assert "Traceback" not in late.said()
    assert late.said().startswith("qadam: Expected to serve qadam.sqlite alone")
    assert Visitor(served.port, "nobody").get("/healthz").status == 200


def test_a_worker_that_is_killed_is_replaced(served: Served) -> None:
    visitor = Visitor(served.port, "specialist-1")
    visitor.sign_in()
    (worker,) = served.workers()
    os.kill(worker, signal.SIGKILL)
    until(lambda: served.workers() not in ([], [worker]))
    until(lambda: answers(served.port))
    assert visitor.get("/tasks/").status == 200, "the session is gone"


def test_it_ends_in_order_when_asked_to(served: Served) -> None:
    assert served.end() == 0
    assert "Traceback" not in served.said()
    with pytest.raises(Unanswered):
        Visitor(served.port, "nobody").get("/healthz")
