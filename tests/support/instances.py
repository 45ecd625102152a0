"""An instance under test: what the engine does around an `Execution`, with dictionaries for rows.

Every diagram that a test runs is run in three ways at once, which must agree at every step, down
to the ids of the tokens: saved and loaded after each step with one compiled specification, the
same with a specification compiled anew each time, and alive all the time, never saved or pruned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar
from unittest import mock

from lxml import etree

from engine.spiff import (
    Execution,
    MessageThrown,
    MessageWait,
    Specification,
    Step,
    TimerWait,
    Transition,
    UncaughtError,
    Wait,
    compile_process,
)
from tests.support.diagrams import definitions, process
from tests.support.variables import VariablesInMemory

BUDGET = 2000

Result = TypeVar("Result")


class Way:
    """One way of executing: `load` gives the execution for a step, `keep` takes it back."""

    def __init__(self, root: etree._Element, process_id: str, variables: VariablesInMemory) -> None:
        self.root = root
        self.process_id = process_id
        self.variables = variables
        self.specification = compile_process(root, process_id)

    def begin(self, start_event: str | None, payload: Mapping[str, object] | None) -> Execution:
        return Execution.begin(self.specification, self.variables, start_event, payload)

    def load(self) -> Execution:
        raise NotImplementedError

    def settle(self, execution: Execution, budget: int) -> Step:
        return execution.settle(budget)

    def keep(self, execution: Execution) -> None:
        raise NotImplementedError


class Saved(Way):
    """Saved after each step, with one specification for all."""

    state = b""

    def load(self) -> Execution:
        return Execution.load(self.compiled(), self.variables, self.state)

    def keep(self, execution: Execution) -> None:
        self.state = execution.dump()

    def compiled(self) -> Specification:
        return self.specification


class SavedAndCompiledAnew(Saved):
    """Saved after each step, with a specification as a new process would have it."""

    def compiled(self) -> Specification:
        return compile_process(self.root, self.process_id)


class Alive(Way):
    """One execution for the whole life of the instance."""

    execution: Execution

    def load(self) -> Execution:
        return self.execution

    def keep(self, execution: Execution) -> None:
        self.execution = execution


class AliveAndUnpruned(Alive):
    """The same, and every token that ever was is kept."""

    def settle(self, execution: Execution, budget: int) -> Step:
        with mock.patch("engine.spiff.execution.prune"):
            return execution.settle(budget)


class Instance:
    """A process instance in a test. Elements are named by id; `nth` tells several tokens apart."""

    def __init__(
        self,
        root: etree._Element,
        variables: Mapping[str, object] | None = None,
        *,
        process_id: str = "process",
        start_event: str | None = None,
        payload: Mapping[str, object] | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        budget: int = BUDGET,
        ways: Sequence[type[Way]] = (Saved, SavedAndCompiledAnew, AliveAndUnpruned),
    ) -> None:
        self.ways = [
            way(root, process_id, VariablesInMemory(deepcopy(variables), functions)) for way in ways
        ]
        self.waits: dict[str, Wait] = {}
        self.transitions: list[Transition] = []
        self.thrown: list[MessageThrown] = []
        self.uncaught_errors: list[UncaughtError] = []
        self.step: Step
        self.budget = budget
        self._take([way.begin(start_event, payload) for way in self.ways])

    # -- what can be seen

    @property
    def open(self) -> list[str]:
        """The elements that wait for a person, a worker or a called process."""
        return sorted(
            wait.element_id
            for wait in self.waits.values()
            if not isinstance(wait, TimerWait | MessageWait)
        )

    @property
    def timers(self) -> list[TimerWait]:
        return [wait for wait in self.waits.values() if isinstance(wait, TimerWait)]

    @property
    def messages(self) -> list[MessageWait]:
        return [wait for wait in self.waits.values() if isinstance(wait, MessageWait)]

    @property
    def scopes(self) -> dict[int, dict[str, object]]:
        return self.ways[0].variables.scopes

    @property
    def variables(self) -> dict[str, object]:
        """The variables of the process instance itself."""
        return self.scopes[0]

    @property
    def completed(self) -> bool:
        return self.step.completed

    @property
    def state(self) -> bytes:
        saved = self.ways[0]
        assert isinstance(saved, Saved)
        return saved.state

    def wait(self, element_id: str, nth: int = 0) -> Wait:
        found = [wait for wait in self.waits.values() if wait.element_id == element_id]
        assert len(found) > nth, f"{element_id} does not wait, but {self.waits.values()}"
        return found[nth]

    def local(self, element_id: str, nth: int = 0) -> dict[str, object]:
        """The variables of the scope that a waiting element sees first."""
        return self.scopes[self.wait(element_id, nth).scope]

    def trace(self) -> list[tuple[str, str]]:
        """(element, "started" | "completed" | "cancelled"), a body with "[]" behind its id."""
        return [
            (move.element_id + ("[]" if move.body else ""), move.outcome or move.kind)
            for move in self.transitions
        ]

    # -- what can be done

    def complete(self, element_id: str, nth: int = 0, /, **values: object) -> None:
        token = self.wait(element_id, nth).token
        self.act(lambda execution: execution.complete(token, values))

    def occur(self, element_id: str, nth: int = 0, /, **payload: object) -> None:
        """The message or the moment that this event waits for has come."""
        key = self.wait(element_id, nth).key
        self.act(lambda execution: execution.trigger(key, payload))

    def throw(self, element_id: str, code: str, nth: int = 0, /, **values: object) -> str | None:
        token = self.wait(element_id, nth).token
        return self.act(lambda execution: execution.throw_error(token, code, "text", values))

    def cancel_activity(self, element_id: str, nth: int = 0) -> None:
        token = self.wait(element_id, nth).token
        self.act(lambda execution: execution.cancel_activity(token))

    def cancel(self) -> None:
        self.act(lambda execution: execution.cancel())

    def set_variables(self, **values: object) -> None:
        for way in self.ways:
            way.variables.scopes[0].update(values)
        self.act(lambda execution: None)

    def act(self, command: Callable[[Execution], Result]) -> Result:
        executions = [way.load() for way in self.ways]
        results = [command(execution) for execution in executions]
        assert all(result == results[0] for result in results)
        self._take(executions)
        return results[0]

    def _take(self, executions: list[Execution]) -> None:
        steps = []
        for way, execution in zip(self.ways, executions, strict=True):
            steps.append(way.settle(execution, self.budget))
            way.keep(execution)
        for way, step in zip(self.ways, steps, strict=True):
            assert step == steps[0], f"{type(way).__name__} differs"
            assert way.variables.scopes == self.scopes, f"{type(way).__name__} differs"
        self._write(steps[0])

    def _write(self, step: Step) -> None:
        for key in step.closed:
            del self.waits[key]
        for wait in step.opened:
            assert wait.key not in self.waits
            self.waits[wait.key] = wait
        self.transitions += step.transitions
        self.thrown += step.thrown
        self.uncaught_errors += step.uncaught_errors
        self.step = step
        if step.completed:
            self._check_end()

    def _check_end(self) -> None:
        assert not self.waits
        assert list(self.scopes) == [0]
        started = [move.token for move in self.transitions if move.kind == "started"]
        ended = [move.token for move in self.transitions if move.kind == "ended"]
        assert len(set(started)) == len(started)
        assert sorted(started) == sorted(ended)


def instance_of(*parts: etree._Element, **keywords: Any) -> Instance:
    """An instance of the process that these elements make; keywords as of `Instance`."""
    return Instance(definitions(process("process", *parts)), **keywords)
