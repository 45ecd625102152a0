"""Random diagrams through the whole engine: after every command, rows and tokens agree.

People, workers, the executor, messages, time and operators act in any order, with leases that were
lost and commands that are refused. In the end nothing is left of an instance but its records.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.commands import (
    CancelProcessInstance,
    ClaimTask,
    Command,
    CompleteExternalTask,
    CompleteTask,
    CorrelateMessage,
    Deploy,
    ExtendLock,
    FetchAndLockJobs,
    ReportBpmnError,
    ReportFailure,
    ResolveIncident,
    RunJob,
    SetVariables,
    StartProcessInstance,
    UnclaimTask,
)
from engine.errors import BadCommand, StepFailed
from engine.history_check import verify_history
from engine.identity import Actor
from engine.results import LockedJob
from tests.support.consistency import family, require_consistent
from tests.support.diagrams import (
    Element,
    definitions,
    end_event,
    error,
    exclusive_gateway,
    flow,
    path,
    process,
    service_task,
    start_event,
)
from tests.support.house import OPERATOR, SYSTEM, House, person
from tests.support.random_diagrams import RandomDiagram

DIAGRAMS = 300
PARTS = 3
COMMANDS = 40
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
GIVEN = {"properties": {"inputs": "number, items, result, news"}}
REMOTE = {"properties": {"remote": "true"}}
CHANCES = {
    r"pick\((\d+), (\d+)\)": r"(number % \2 == \1)",
    r"some\((\d+)\)": r"((number + \1) % 3 > 0)",
    r"again\(\)": r"(number % 7 < 2)",
}


def random_process(seed: int, process_id: str, called: str, depth: int) -> bytes:
    """A random diagram that the gate lets through; its conditions ask the variable `number`."""
    root = RandomDiagram(seed, depth).definitions
    node = root.find(f"{BPMN}process")
    assert node is not None
    node.set("id", process_id)
    node.insert(0, _extensions(process("any", **GIVEN)))
    for task in node.iter(f"{BPMN}userTask"):
        task.set(f"{CAMUNDA}candidateGroups", "staff")
    for task in node.iter(f"{BPMN}serviceTask"):
        task.insert(0, _extensions(service_task("any", **REMOTE)))
    for call in node.iter(f"{BPMN}callActivity"):
        call.set("calledElement", called)
    for each in node.iter():
        if each.text and "${" in each.text:
            each.text = _by_number(each.text)
    return etree.tostring(root)


def _extensions(node: Element) -> Element:
    found = node.find(f"{BPMN}extensionElements")
    assert found is not None
    return found


def _by_number(text: str) -> str:
    for function, expression in CHANCES.items():
        text = re.sub(function, expression, text)
    return text


def innermost() -> bytes:
    """The process at the end of every chain of calls: it works, and sometimes fails."""
    return etree.tostring(
        definitions(
            process(
                "innermost",
                start_event("s"),
                service_task("w", **REMOTE),
                exclusive_gateway("choose", default="good"),
                end_event("e"),
                end_event("bad", error("B1")),
                *path("s", "w", "choose"),
                flow("choose", "e", id="good"),
                flow("choose", "bad", "${number % 4 == 0}"),
                **GIVEN,
            )
        )
    )


class Walk:
    """One random instance, with all who act on it."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.random = random.Random(seed)
        self.leases: list[LockedJob] = []
        self.sent: list[tuple[Command, Actor]] = []
        files = {
            "walk.bpmn": random_process(seed, "walk", "called", 4),
            "called.bpmn": random_process(~seed, "called", "innermost", 2),
            "innermost.bpmn": innermost(),
        }
        house.execute(Deploy("walk", files), OPERATOR)
        values = {"number": self.number(), "items": [1, 2, 3]}
        self.root = house.execute(StartProcessInstance("walk", values)).instance_id

    def number(self) -> int:
        return self.random.randrange(42)

    def walk(self) -> str:
        """Acts at random, then ends what is left; returns how far it came by itself."""
        require_consistent(self.house, self.family())
        while len(self.sent) < COMMANDS and self._goes_on():
            self.random.choice(MOVES)(self)
        state = self.house.state(self.root)
        self.end()
        return state

    def _goes_on(self) -> bool:
        """Whether it still runs; now and then it is acted on even then."""
        return self.house.state(self.root) == "active" or self.random.random() < 0.5

    def family(self) -> list[str]:
        return family(self.house, self.root)

    def send(self, command: Command, actor: Actor | None = None) -> Any:
        """Sends a command; refusals are part of life, anything else fails the test."""
        self.sent.append((command, actor or person()))
        result = None
        try:
            result = self.house.execute(command, actor)
        except BadCommand:
            return None
        except StepFailed as failure:
            assert failure.element_id is not None, failure
        require_consistent(self.house, self.family())
        return result

    # -- what people do

    def complete(self) -> None:
        for task in self._any_task():
            values = {"number": self.number(), "result": self.random.random()}
            self.send(CompleteTask(task, values, command_id=f"{self.root} {len(self.sent)}"))

    def claim(self) -> None:
        for task in self._any_task():
            self.send(self.random.choice([ClaimTask, UnclaimTask])(task))

    def press_again(self) -> None:
        """The last command once more, as from a button that was pressed twice."""
        if self.sent:
            self.send(*self.sent[-1])

    def _any_task(self) -> Iterator[str]:
        """A task, sometimes one that has ended."""
        tasks = [
            row for id in self.family() for row in self.house.rows("user_task", instance_id=id)
        ]
        still = [row for row in tasks if row.state == "open" or self.random.random() < 0.1]
        if still:
            yield self.random.choice(still).id

    # -- what the executor and remote workers do

    def lease(self) -> None:
        topics = self.random.choice([None, frozenset({"work"})])
        lock = timedelta(minutes=self.random.choice([1, 100]))
        self.leases += self.send(FetchAndLockJobs("w", 4, lock, topics), SYSTEM).jobs

    def work_off(self) -> None:
        """One of the leases, which may be lost; sometimes it is kept and reported again."""
        if not self.leases:
            self.lease()
            return
        job = self.random.choice(self.leases)
        if self.random.random() < 0.9:
            self.leases.remove(job)
        self.send(self._outcome(job), SYSTEM)

    def _outcome(self, job: LockedJob) -> Command:
        id, token = job.id, job.fencing_token
        if self.random.random() < 0.1:
            return ReportFailure(id, token, "broken", self.random.choice([0, None]))
        if job.topic is None:
            return RunJob(id, token)
        if self.random.random() < 0.15:
            return ReportBpmnError(id, token, "B1", variables={"news": 1})
        if self.random.random() < 0.1:
            return ExtendLock(id, token, timedelta(hours=1))
        return CompleteExternalTask(id, token, {"number": self.number(), "result": job.id})

    # -- what the world and operators do

    def wait(self) -> None:
        self.house.clock.advance(minutes=self.random.choice([10, 70, 200, 400]))

    def tell(self) -> None:
        key = self.house.instance(self.random.choice(self.family())).business_key
        name = self.random.choice(["news", "stop", "alarm"])
        self.send(CorrelateMessage(name, key, {"news": 2}), OPERATOR)

    def set_number(self) -> None:
        id = self.random.choice(self.family())
        self.send(SetVariables(id, {"number": self.number()}, "a correction"), OPERATOR)

    def resolve(self) -> None:
        incidents = [row for row in self.house.incidents() if row.job_id is not None]
        if incidents:
            self.send(ResolveIncident(self.random.choice(incidents).id), OPERATOR)

    def cancel(self) -> None:
        if self.random.random() < 0.2:
            id = self.random.choice(self.family())
            self.send(CancelProcessInstance(id, "at random"), OPERATOR)

    def end(self) -> None:
        """Cancels what still runs and works off all jobs: no row that waits may be left."""
        self.send(CancelProcessInstance(self.root, "the walk is over"), OPERATOR)
        for incident in self.house.incidents():
            self.send(ResolveIncident(incident.id), OPERATOR)
        self.house.clock.advance(days=30)
        self.house.work()
        require_consistent(self.house, self.family())
        for table in ("job", "event_subscription", "task_candidate"):
            assert self.house.rows(table) == []
        assert self.house.incidents() == []
        states = {self.house.state(id) for id in self.family()}
        assert "active" not in states


MOVES: list[Callable[[Walk], None]] = [
    *[Walk.complete] * 6,
    *[Walk.work_off] * 9,
    *[Walk.lease] * 4,
    *[Walk.tell] * 3,
    *[Walk.wait] * 2,
    *[Walk.resolve] * 2,
    Walk.claim,
    Walk.press_again,
    Walk.set_number,
    Walk.cancel,
]


@pytest.mark.parametrize("part", range(PARTS))
def test_after_every_command_the_rows_are_what_the_tokens_wait_for(
    part: int, tmp_path: Path
) -> None:
    house = House(tmp_path, url="sqlite://")
    ends: Counter[str] = Counter()
    for seed in range(part, DIAGRAMS, PARTS):
        try:
            ends[Walk(house, seed).walk()] += 1
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
    assert ends.total() == DIAGRAMS // PARTS
    assert ends["completed"] > ends.total() * 0.2, ends
    with house.engine.database.reading() as connection:
        assert verify_history(connection).faults == ()
    house.close()
