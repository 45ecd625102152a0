"""`kill -9` of the server under load, at seeded moments; then what was lost, and what came twice.

Five lives of one installation each, ten kills a life (QADAM_STRESS=1: twenty lives). A life begins
with an empty data folder, so that its first kill falls into migrating, deploying or taking the
lease. Four clients start errands and complete tasks over HTTP, and repeat what was not answered
with the same command id, all the time.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.stress.clients import Acknowledged, Load
from tests.stress.errand import BEGUN, DONE, Entry, Ledger, cut_off
from tests.stress.fragile_server import (
    AFTER_COMMIT,
    AFTER_WRITE,
    ANY_TIME,
    BEFORE_ANSWER,
    BEFORE_COMMIT,
    BEFORE_STATEMENT,
    DURING_COMMIT,
    IN_HANDLER,
    Doom,
    Fragile,
)
from tests.stress.processes import (
    ERRAND,
    FILING,
    HANDLED_ELEMENTS,
    write_errand,
)
from tests.stress.served import environment, free_port
from tests.stress.soundness import Holdings, holdings, is_at_rest
from tests.stress.waiting import until
from web.configuration import read_configuration

SEEDS = range(20 if os.environ.get("QADAM_STRESS") else 5)
KILLS = 10


def dooms(seed: int) -> list[Doom]:
    """The kills of one life: the first one at its very beginning, the others in any order."""
    chance = random.Random(seed)

    def commands() -> int:
        return chance.randint(2, 70)

    under_load = [
        Doom(BEFORE_STATEMENT, commands()),
        Doom(AFTER_WRITE, 6 * commands() + chance.randint(1, 6)),
        Doom(AFTER_WRITE, 6 * commands() + chance.randint(1, 6)),
        Doom(BEFORE_COMMIT, commands()),
        Doom(DURING_COMMIT, commands(), delay=chance.uniform(0, 0.002)),
        Doom(AFTER_COMMIT, commands()),
        Doom(BEFORE_ANSWER, chance.randint(1, 30)),
        Doom(IN_HANDLER, chance.randint(1, 20)),
        Doom(ANY_TIME, delay=chance.uniform(0, 1.0)),
    ]
    chance.shuffle(under_load)
    first = Doom(chance.choice([BEFORE_COMMIT, AFTER_COMMIT]), chance.randint(1, 3))
    return [first, *under_load]


@dataclass
class Life:
    """One installation with its clients; what the kills left behind is counted."""

    told: dict[str, str]
    folder: Path
    load: Load
    deployed: bool = False
    kills: int = 0
    unanswered: int = 0
    cut_handlers: set[str] = field(default_factory=set)
    server: Fragile | None = None

    @property
    def data(self) -> Path:
        return Path(self.told["QADAM_DATA"])

    @property
    def ledger(self) -> list[Entry]:
        """What handlers wrote outside the database."""
        return Ledger(self.data / "ledger.jsonl").read()

    def start(self, doom: Doom | None = None) -> Fragile:
        """A server on what the last one left."""
        self.server = Fragile(self.told, self.folder / "log", doom, fresh=not self.deployed)
        return self.server

    def suffer(self, doom: Doom) -> None:
        """Serves until the doom comes, and counts it."""
        server = self.start(doom)
        if server.ready():
            self.deployed = True
            self.look()
            self.load.gate.set()
            if doom.point == ANY_TIME:
                time.sleep(doom.delay)
                server.kill()
            until(lambda: self.load.memory.faults or not server.is_alive(), f"not reached: {doom}")
            self.load.gate.clear()
        self.load.require_well()
        server.require_killed()
        self.kills += 1
        if doom.point == IN_HANDLER:
            cut = cut_off(self.ledger)
            assert cut, "no handler was cut off"
            self.cut_handlers |= cut

    def look(self) -> None:
        """After a restart: all that was acknowledged is there, and nothing twice."""
        memory = self.load.memory
        acknowledged = list(memory.acknowledged.values())
        pending = list(memory.pending.values())
        with holdings(self.data) as held:
            held.require_sound()
            for told in acknowledged:
                require_effect(held, told)
            self.unanswered += sum(press.key in held.results for press in pending)

    def finish(self) -> None:
        """Serves on until every errand is done, then ends in order."""
        server = self.start()
        assert server.ready(), server.said()
        self.look()
        self.load.gate.set()
        self.load.finish()
        until(lambda: is_at_rest(self.data), "there are jobs left")
        assert server.end() == 0, server.said()


@pytest.fixture(params=SEEDS)
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Life]:
    """A life with its kills behind it, come to rest."""
    told = environment(tmp_path / "data", write_errand(tmp_path / "bpmn"), free_port())
    found = Life(told, tmp_path, Load(int(told["QADAM_PORT"])))
    try:
        for doom in dooms(request.param):
            found.suffer(doom)
        found.finish()
        yield found
    finally:
        found.load.abandon()
        if found.server is not None:
            found.server.kill()


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(life: Life) -> None:
    assert life.kills == KILLS
    assert life.unanswered, "no command was committed and left unanswered"
    memory = life.load.memory
    with holdings(life.data) as held:
        held.require_sound()
        assert held.incidents == [] and held.jobs == []
        errands = held.require_completed(ERRAND)
        assert len(held.require_completed(FILING)) == len(errands)
        # An errand is one instance, however often it was asked for.
        assert len(errands) == len(memory.errands)
        require_one_result_a_press(held, memory.acknowledged)
        require_one_result_a_key(held, life)


def require_one_result_a_press(
    held: Holdings, acknowledged: dict[tuple[str, str], Acknowledged]
) -> None:
    """Every command was committed once, and its answer, however late, is what was committed."""
    assert set(held.results) == set(acknowledged)
    for told in acknowledged.values():
        require_effect(held, told)
    completed = sorted(event.payload["task"] for event in held.of_kind("TaskCompleted"))
    pressed = sorted(
        told.press.task_id for told in acknowledged.values() if told.press.task_id is not None
    )
    assert completed == pressed


def require_one_result_a_key(held: Holdings, life: Life) -> None:
    """Every key that a handler saw has one result, of a try that came to its end."""
    completions = held.completions()
    assert set(completions) == keys_of(life.ledger, BEGUN)
    assert len(completions) == len(held.instances) // 2 * len(HANDLED_ELEMENTS)
    done = {(entry.key, entry.receipt) for entry in life.ledger if entry.event == DONE}
    for key, event in completions.items():
        assert (key, event.payload["values"]["receipt"]) in done
    places = {(entry.key, entry.instance_id, entry.element_id) for entry in life.ledger}
    assert len(places) == len(completions)
    # A handler that was cut off ran again, with the same key.
    assert life.cut_handlers
    for key in life.cut_handlers:
        tries = {e.receipt for e in life.ledger if e.key == key and e.event == BEGUN}
        assert len(tries) > 1


def require_effect(held: Holdings, told: Acknowledged) -> None:
    """What an acknowledged command did is there."""
    press = told.press
    assert press.key in held.results, f"lost: {told}"
    if press.task_id is None:
        (task,) = [held.tasks[id] for id in [told.next_task] if id in held.tasks]
        instances = [
            id for id in held.numbers[press.number] if held.instances[id].process_id == ERRAND
        ]
        assert instances == [task.instance_id], f"not one instance: {told}"
        assert held.instances[task.instance_id].started_by == press.person
    else:
        task = held.tasks[press.task_id]
        assert (task.state, task.ended_by) == ("completed", press.person), f"lost: {told}"
        if told.next_task is not None:
            assert held.tasks[told.next_task].instance_id == task.instance_id


def keys_of(entries: list[Entry], event: str) -> set[str]:
    """The idempotency keys with a line of this kind."""
    return {entry.key for entry in entries if entry.event == event}


_MAKES_ITS_KEY = """
import os, signal, sys
from web.configuration import read_configuration

data, last = sys.argv[1], int(sys.argv[2])
passed = []

def watch(event, arguments):
    if event in ("open", "os.rename", "os.link") and str(arguments[0]).startswith(data):
        passed.append(event)
        if len(passed) == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
read_configuration({"QADAM_DATA": data}).secret_key()
"""


def test_the_key_of_sessions_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    """Killed before each touch of the disk in turn: the next start has a key, and keeps it."""
    exit_code, moment = -signal.SIGKILL, 0
    while exit_code == -signal.SIGKILL:
        moment += 1
        data = tmp_path / str(moment)
        maker = [sys.executable, "-c", _MAKES_ITS_KEY, str(data), str(moment)]
        exit_code = subprocess.run(maker, check=False).returncode
        configuration = read_configuration({"QADAM_DATA": str(data)})
        key = configuration.secret_key()
        assert len(key) >= 32, f"killed at moment {moment}"
        assert configuration.secret_key() == key
    assert exit_code == 0
    assert moment > 1
