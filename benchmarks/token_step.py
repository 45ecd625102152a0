"""What one step of the tokens costs: load, complete, settle, dump; without a database.

    python -m benchmarks.token_step [ROUNDS]

Prints the CPU time per step in microseconds (median, 95th percentile, mean) and the size of the
saved state after 0, 100 and 1,000 rounds of rework, on a process of the shape of FK-B.03.
"""

from __future__ import annotations

import sys
import time
from statistics import mean, median, quantiles

from engine.spiff import Execution, Specification, Step, compile_process
from tests.support.diagrams import (
    boundary_event,
    catch_event,
    definitions,
    end_event,
    event_based_gateway,
    exclusive_gateway,
    flow,
    message,
    multi_instance,
    path,
    process,
    send_task,
    service_task,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.variables import VariablesInMemory

ROUNDS = 1000
BUDGET = 1000
REPORTED = (0, 100, 1000)


def subsidised_job() -> Specification:
    """An application, reviewed and reworked, decided, contracted and published."""
    term = timer(duration="P5D")
    root = definitions(
        process(
            "job",
            start_event("applied"),
            service_task("check_eligibility"),
            exclusive_gateway("eligible", default="refused"),
            user_task("details"),
            user_task("application"),
            service_task("make_document"),
            user_task("sign"),
            exclusive_gateway("again"),
            user_task("review"),
            boundary_event("review_late", "review", term, interrupting=False),
            user_task("escalated"),
            user_task("advice"),
            exclusive_gateway("conforms", default="no"),
            user_task("correct"),
            boundary_event("no_answer", "correct", timer(duration="P30D")),
            user_task("decision"),
            exclusive_gateway("decided", default="rejected"),
            send_task("notify", topic="notify"),
            send_task("tell", message="approved"),
            event_based_gateway("contract"),
            catch_event("concluded", message("contract_decided")),
            catch_event("never", timer(duration="P90D")),
            sub_process(
                "publish",
                start_event("publish_start"),
                user_task("vacancy"),
                service_task("register", multi_instance("places", "place")),
                end_event("published"),
                *path("publish_start", "vacancy", "register", "published"),
            ),
            end_event("done"),
            end_event("ended"),
            *path("applied", "check_eligibility", "eligible"),
            flow("eligible", "details", "${is_eligible}"),
            flow("eligible", "ended", id="refused"),
            *path("details", "application", "make_document", "sign", "again", "review"),
            *path("review", "advice", "conforms"),
            flow("conforms", "decision", "${review == 'ok'}"),
            flow("conforms", "correct", id="no"),
            *path("correct", "again"),
            *path("no_answer", "ended"),
            *path("review_late", "escalated", "ended"),
            *path("decision", "decided"),
            flow("decided", "notify", "${decision == 'approve'}"),
            flow("decided", "ended", id="rejected"),
            *path("notify", "tell", "contract"),
            *path("contract", "concluded", "publish", "done"),
            *path("contract", "never", "ended"),
        )
    )
    return compile_process(root, "job")


class Measured:
    """One instance that is saved and loaded at every step."""

    def __init__(self) -> None:
        self.specification = subsidised_job()
        self.variables = VariablesInMemory({"is_eligible": True, "places": [1, 2, 3]})
        self.waits: dict[str, str] = {}
        self.costs: list[float] = []
        execution = Execution.begin(self.specification, self.variables)
        self._note(execution.settle(BUDGET))
        self.state = execution.dump()

    def do(self, element_id: str, **values: object) -> None:
        """Complete a task or let an event occur, and take the time."""
        key = self.waits[element_id]
        began = time.process_time_ns()
        execution = Execution.load(self.specification, self.variables, self.state)
        if execution.is_waiting(int(key)):
            execution.complete(int(key), values)
        else:
            execution.trigger(key, values)
        step = execution.settle(BUDGET)
        self.state = execution.dump()
        self.costs.append((time.process_time_ns() - began) / 1000)
        self._note(step)

    def _note(self, step: Step) -> None:
        closed = set(step.closed)
        self.waits = {name: key for name, key in self.waits.items() if key not in closed}
        self.waits |= {wait.element_id: wait.key for wait in step.opened}


def main(rounds: int = ROUNDS) -> None:
    instance = Measured()
    instance.do("check_eligibility")
    instance.do("details", name="x")
    instance.do("application")
    instance.do("make_document")
    instance.do("sign")
    for done in range(rounds + 1):
        if done in REPORTED:
            print(f"state after {done:5} rounds of rework: {len(instance.state):4} bytes")
        instance.do("review", review="ok" if done == rounds else "remark")
        instance.do("advice")
        if done < rounds:
            instance.do("correct")
    instance.do("decision", decision="approve")
    instance.do("notify")
    print(f"state at an event-based gateway:    {len(instance.state):4} bytes")
    instance.do("concluded")
    instance.do("vacancy")
    print(f"state with a multi-instance of 3:   {len(instance.state):4} bytes")
    costs = instance.costs
    print(
        f"{len(costs)} steps: median {median(costs):.0f} µs, "
        f"95th percentile {quantiles(costs, n=20)[-1]:.0f} µs, mean {mean(costs):.0f} µs of CPU"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
