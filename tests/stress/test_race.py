"""Four clients want every one of 500 tasks at the same moment, over HTTP, from `qadam serve`."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.commands import StartProcessInstance
from engine.identity import Actor
from tests.stress.processes import DECISION, write_decision
from tests.stress.served import Served, environment, free_port
from tests.stress.soundness import Holdings, holdings
from tests.stress.visitor import Answer, Visitor, new_command_id
from web.bootstrap import install
from web.configuration import read_configuration
from web.people import load_people

TASKS = 500
CLIENTS = ("specialist-1", "specialist-2", "specialist-1", "specialist-2")
ROUNDS = 3 if os.environ.get("QADAM_STRESS") else 1
PATIENCE = 120.0


@dataclass
class Race:
    """What each client was answered for each task. `notes` is what it typed into the form."""

    data: Path
    tasks: list[str]
    answers: list[dict[str, Answer]] = field(default_factory=lambda: [{} for _ in CLIENTS])

    def winners(self, task_id: str) -> list[int]:
        """The clients who were told that they completed a task."""
        return [number for number, got in enumerate(self.answers) if got[task_id].status == 302]


@pytest.fixture(scope="module", params=range(ROUNDS))
def race(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Race]:
    """500 tasks on a server, and four clients that went for each of them together."""
    folder = tmp_path_factory.mktemp("race")
    told = environment(folder / "data", write_decision(folder / "bpmn"), free_port())
    found = Race(folder / "data", _tasks_of_new_instances(told))
    server = Served(told, folder / "server.log")
    try:
        _run(found, server.ready().port)
        yield found
    finally:
        server.kill()


def test_each_task_is_completed_by_exactly_one(race: Race) -> None:
    counts = Counter(answer.status for got in race.answers for answer in got.values())
    assert counts == {302: TASKS, 409: TASKS * (len(CLIENTS) - 1)}
    assert {len(race.winners(task_id)) for task_id in race.tasks} == {1}


def test_every_client_had_a_chance(race: Race) -> None:
    won = Counter(race.winners(task_id)[0] for task_id in race.tasks)
    assert set(won) == set(range(len(CLIENTS)))


def test_who_was_too_late_is_told_who_was_faster(race: Race) -> None:
    people = load_people()
    for task_id in race.tasks[:20]:
        (winner,) = race.winners(task_id)
        for number, got in enumerate(race.answers):
            if number != winner:
                reader, faster = people.find(CLIENTS[number]), people.find(CLIENTS[winner])
                assert reader is not None and faster is not None
                assert faster.names[reader.language] in _body(got[task_id])


def test_history_holds_each_completion_once_and_is_whole(race: Race) -> None:
    with holdings(race.data) as held:
        _require_history(race, held)


def _require_history(race: Race, held: Holdings) -> None:
    held.require_sound()
    assert len(held.require_completed(DECISION)) == TASKS
    completed = held.of_kind("TaskCompleted")
    assert sorted(event.payload["task"] for event in completed) == sorted(race.tasks)
    for event in completed:
        (winner,) = race.winners(event.payload["task"])
        assert event.payload["values"] == {"note": f"by client {winner}"}
        assert event.actor == CLIENTS[winner]


def _body(answer: Answer) -> str:
    """The page without its header, which names the reader."""
    return answer.text.partition("<main")[2]


def _tasks_of_new_instances(told: dict[str, str]) -> list[str]:
    """Starts 500 instances before the server is there; returns the ids of their tasks."""
    installation = install(read_configuration(told))
    try:
        installation.deploy()
        for _ in range(TASKS):
            installation.engine.execute(StartProcessInstance(DECISION), Actor.system())
    finally:
        installation.engine.close()
    with holdings(installation.configuration.data) as held:
        return list(held.tasks)


def _run(race: Race, port: int) -> None:
    start = threading.Barrier(len(CLIENTS), timeout=PATIENCE)
    faults: list[BaseException] = []

    def go(number: int) -> None:
        try:
            visitor = Visitor(port, CLIENTS[number])
            visitor.sign_in()
            for task_id in race.tasks:
                start.wait()
                race.answers[number][task_id] = visitor.post(
                    f"/tasks/{task_id}",
                    command_id=new_command_id(),
                    note=f"by client {number}",
                )
        except Exception as fault:
            start.abort()
            faults.append(fault)
            raise

    clients = [threading.Thread(target=go, args=(number,)) for number in range(len(CLIENTS))]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert faults == []
