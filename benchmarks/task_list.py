"""Do lists cost the same with a hundred times the instances?

    python -m benchmarks.task_list [--instances 1000 100000] [--open 20000]

Writes synthetic rows into fresh databases: as many open tasks of one group in each, spread over
the running instances, and ended instances with ended tasks. Prints the median of each question in
milliseconds, and how many times slower the larger database answers it.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, Table, insert

from engine import EngineSettings, ProcessEngine, open_engine
from engine.commands import Deploy
from engine.identity import Actor
from engine.queries.instance_list import State
from engine.queries.offered_tasks import Tab
from engine.store.codec import dump_json
from engine.store.tables import process_instance, task_candidate, user_task

DIAGRAM = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="urn:benchmark">
  <bpmn:process id="benchmark" isExecutable="true">
    <bpmn:startEvent id="asked"/>
    <bpmn:userTask id="review" camunda:candidateGroups="specialist"/>
    <bpmn:endEvent id="done"/>
    <bpmn:sequenceFlow id="f1" sourceRef="asked" targetRef="review"/>
    <bpmn:sequenceFlow id="f2" sourceRef="review" targetRef="done"/>
  </bpmn:process>
</bpmn:definitions>
"""
BEGINNING = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
GROUP = "specialist"
UNITS = 20
ENDED_TASKS = 3
FAR = 200
NEAR = 30
ROUNDS = 30
CHUNK = 20_000

OWNER = Actor("owner", frozenset({"process_owner"}), None, None)
EVERYWHERE = Actor("aigul", frozenset({GROUP, "analyst", "director"}), None, None)
AT_ONE_CENTRE = Actor("bolat", frozenset({GROUP}), frozenset({"centre-07"}), None)
EMPLOYER = Actor("erlan", frozenset({GROUP}), None, frozenset({"party-000042"}))


def main() -> None:
    """Fills the databases, asks, prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--instances", type=int, nargs=2, default=(1_000, 100_000))
    parser.add_argument("--open", type=int, default=20_000)
    arguments = parser.parse_args()
    measured = []
    for instances in arguments.instances:
        with tempfile.TemporaryDirectory() as folder:
            engine = _filled(Path(folder) / "benchmark.sqlite", instances, arguments.open)
            measured.append(_measure(engine))
            engine.close()
    few, many = arguments.instances
    print(f"{arguments.open} open tasks; milliseconds, median of {ROUNDS}")
    print(f"{'question':44}{few:>12,}{many:>12,}{'ratio':>8}")
    for question, before in measured[0].items():
        after = measured[1][question]
        print(f"{question:44}{before:12.2f}{after:12.2f}{after / before:8.2f}")


def _measure(engine: ProcessEngine) -> dict[str, float]:
    return {question: _time(ask) for question, ask in _questions(engine)}


def _questions(engine: ProcessEngine) -> Iterator[tuple[str, Callable[[], Any]]]:
    queries = engine.queries
    tabs: tuple[Tab, ...] = ("group", "overdue")
    for who, actor in (
        ("three groups everywhere", EVERYWHERE),
        ("one group, one centre", AT_ONE_CENTRE),
        ("one group, one enterprise", EMPLOYER),
    ):
        yield f"{who}: counts", partial(queries.task_counts, actor)
        for tab in tabs:
            yield f"{who}: {tab}, page 1", partial(queries.task_list, actor, tab)
    for tab in tabs:
        leaf = partial(queries.task_list, EVERYWHERE, tab)
        yield (
            f"three groups everywhere: {tab}, page {FAR}",
            partial(leaf, after=_cursor(leaf, FAR)),
        )
    yield "group, searched: not there", partial(queries.task_list, EVERYWHERE, "group", search="zz")
    states: tuple[State, ...] = ("running", "all")
    for state in states:
        yield f"{state} instances, page 1", partial(queries.instance_list, EVERYWHERE, state=state)
    newest = partial(queries.instance_list, EVERYWHERE, state="all")
    yield f"all instances, page {NEAR}", partial(newest, after=_cursor(newest, NEAR))
    yield "instances of a centre, page 1", partial(queries.instance_list, AT_ONE_CENTRE)
    yield "definitions with running counts", partial(queries.definitions, OWNER)


def _cursor(page: Callable[..., Any], number: int) -> str | None:
    """Where the page of this number begins, found by leafing through."""
    cursor: str | None = None
    for _ in range(number - 1):
        cursor = page(after=cursor).next
    return cursor


def _time(ask: Callable[[], Any]) -> float:
    ask()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def _filled(path: Path, instances: int, open_tasks: int) -> ProcessEngine:
    engine = open_engine(
        EngineSettings(database_url=f"sqlite:///{path}"),
        clock=lambda: BEGINNING + timedelta(days=30),
    )
    deployed = engine.execute(Deploy("benchmark", {"benchmark.bpmn": DIAGRAM}), OWNER)
    definition_id = deployed.definitions[0].id
    running = min(instances, open_tasks)
    tasks_each = open_tasks // running
    with engine.application_transaction() as connection:
        _insert(
            connection,
            process_instance,
            (_instance(number, definition_id, number < running) for number in range(instances)),
        )
        _insert(
            connection,
            user_task,
            (
                _task(number, place, definition_id, number < running)
                for number in range(instances)
                for place in range(tasks_each if number < running else ENDED_TASKS)
            ),
        )
        _insert(
            connection,
            task_candidate,
            (_candidate(number, place) for number in range(running) for place in range(tasks_each)),
        )
    return engine


def _insert(connection: Connection, table: Table, rows: Iterator[Mapping[str, Any]]) -> None:
    while chunk := list(islice(rows, CHUNK)):
        connection.execute(insert(table), chunk)


def _labels(number: int) -> dict[str, Any]:
    return {"unit": f"centre-{number % UNITS:02}", "party": f"party-{number % 500:06}"}


def _instance(number: int, definition_id: str, running: bool) -> dict[str, Any]:
    begun = BEGINNING + timedelta(seconds=number)
    return {
        "id": f"i{number:09}",
        "definition_id": definition_id,
        "process_id": "benchmark",
        "tenant": "",
        "business_key": f"B-{number:09}",
        "title": f"Application {number}",
        "status": None,
        "state": "active" if running else "completed",
        "started_at": begun,
        "started_by": f"user-{number % 1000}",
        "ended_at": None if running else begun,
        "token_state": b"x" * 400 if running else None,
        "scopes": b"{}",
        "revision": 1,
        "history_length": 4,
        "history_head": "0" * 64,
        "open_incidents": 0,
        "parent_instance_id": None,
        "parent_token": None,
        **_labels(number),
    }


def _task_id(number: int, place: int) -> str:
    return f"t{number:09}{place:03}"


def _due(number: int) -> datetime:
    """A third of the tasks is overdue when the benchmark asks."""
    return BEGINNING + timedelta(days=30, hours=number % 3 - 0.5, seconds=number % 1000)


def _task(number: int, place: int, definition_id: str, is_open: bool) -> dict[str, Any]:
    begun = BEGINNING + timedelta(seconds=number)
    return {
        "id": _task_id(number, place),
        "instance_id": f"i{number:09}",
        "definition_id": definition_id,
        "process_id": "benchmark",
        "tenant": "",
        "element_id": "review",
        "token": place + 2,
        "scope": 0,
        "loop_counter": None,
        "business_key": f"B-{number:09}",
        "title": f"Application {number}",
        "assignee": None if is_open else f"user-{number % 1000}",
        "candidates": dump_json({"group": [GROUP], "user": []}),
        "priority": 0,
        "created_at": begun,
        "due_at": _due(number + place),
        "due_expression": None,
        "state": "open" if is_open else "completed",
        "ended_at": None if is_open else begun,
        "ended_by": None if is_open else f"user-{number % 1000}",
        "draft": None,
        **_labels(number),
    }


def _candidate(number: int, place: int) -> dict[str, Any]:
    return {
        "task_id": _task_id(number, place),
        "kind": "group",
        "name": GROUP,
        "tenant": "",
        "due_at": _due(number + place),
        "claimed": False,
        "instance_id": f"i{number:09}",
        **_labels(number),
    }


if __name__ == "__main__":
    main()
