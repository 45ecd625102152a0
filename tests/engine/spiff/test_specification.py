"""A specification is immutable and shared by threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from engine.spiff import Execution, Specification, TimerWait, compile_process
from tests.support.diagrams import (
    boundary_event,
    definitions,
    end_event,
    event_start,
    event_sub_process,
    exclusive_gateway,
    flow,
    inclusive_gateway,
    message,
    multi_instance,
    path,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.variables import VariablesInMemory

THREADS = 6
ROUNDS = 20


def shared() -> Specification:
    root = definitions(
        process(
            "p",
            start_event("start"),
            exclusive_gateway("merge"),
            user_task("each", multi_instance("items", "item", results="results", result="result")),
            boundary_event("tick", "each", timer(cycle="R3/PT1H"), interrupting=False),
            inclusive_gateway("fork"),
            user_task("a"),
            user_task("b"),
            inclusive_gateway("join"),
            exclusive_gateway("check", default="done"),
            end_event("end"),
            end_event("ticked"),
            *path("start", "merge", "each", "fork"),
            flow("fork", "a", "${true}"),
            flow("fork", "b", "${items[0] > 0}"),
            *path("a", "join", "check"),
            *path("b", "join"),
            flow("check", "merge", "${turn < 3}"),
            flow("check", "end", id="done"),
            *path("tick", "ticked"),
            event_sub_process(
                "asked",
                event_start("on_ask", message("ask"), interrupting=False),
                end_event("answered"),
                *path("on_ask", "answered"),
            ),
        )
    )
    return compile_process(root, "p")


def run(specification: Specification, seed: int) -> tuple[object, ...]:
    variables = VariablesInMemory({"items": [seed % 2, 1, 2], "turn": 0})
    execution = Execution.begin(specification, variables)
    seen: list[object] = []
    turn = 0
    waits = {}
    while True:
        step = execution.settle(1000)
        seen.append(step)
        for key in step.closed:
            del waits[key]
        waits |= {wait.key: wait for wait in step.opened}
        if step.completed:
            return tuple(seen)
        execution = Execution.load(specification, variables, execution.dump())
        turn += 1
        listening = [key for key in waits if ":" in key or isinstance(waits[key], TimerWait)]
        if turn in (2, 3) and listening:
            execution.trigger(listening[turn % len(listening)])
            continue
        task = next(wait for key, wait in waits.items() if key not in listening)
        execution.complete(task.token, {"result": turn, "turn": turn // 6})


def test_a_specification_is_shared_by_threads() -> None:
    specification = shared()
    alone = [run(shared(), seed) for seed in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as threads:
        jobs = [
            threads.submit(run, specification, seed)
            for _ in range(ROUNDS)
            for seed in range(THREADS)
        ]
        for number, job in enumerate(jobs):
            assert job.result() == alone[number % THREADS]


def test_running_instances_leaves_the_specification_as_it_was() -> None:
    def facts(specification: Specification) -> list[tuple[str, str]]:
        scopes = [specification.root, *specification.scopes.values()]
        nodes = [node for scope in scopes for node in scope.task_specs.values()]
        return [(node.name, repr(vars(node))) for node in nodes]

    specification = shared()
    before = facts(specification)
    for seed in range(4):
        run(specification, seed)
    assert facts(specification) == before
