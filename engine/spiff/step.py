"""What one step did: the result of `Execution.settle`, and the record it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.spiff.waits import Wait

Outcome = Literal["completed", "cancelled"]


@dataclass(frozen=True)
class Transition:
    """A token entered an element or left it.

    `body` marks a multi-instance activity as a whole; its items carry `loop_counter`. `parent` is
    the token it is inside of: a multi-instance body, the host of a sub-process, 0 for the process.
    A boundary event starts when it occurs, not when it begins to listen.
    """

    kind: Literal["started", "ended"]
    token: int
    element_id: str
    body: bool
    parent: int
    outcome: Outcome | None
    loop_counter: int | None


@dataclass(frozen=True)
class MessageThrown:
    """A message on its way out. `correlation_key` None: the business key of the instance."""

    element_id: str
    message_name: str
    correlation_key: str | None
    payload: Mapping[str, object]


@dataclass(frozen=True)
class UncaughtError:
    """An error end event that nobody caught; its token has ended like at a none end event."""

    element_id: str
    code: str
    message: str


@dataclass(frozen=True)
class Step:
    """All that happened since the execution was begun or loaded, in order.

    `closed` comes before `opened`: the timer of an event sub-process that is armed again keeps
    its key. A wait that was opened and closed within the step is in neither.
    """

    transitions: tuple[Transition, ...]
    opened: tuple[Wait, ...]
    closed: tuple[str, ...]
    thrown: tuple[MessageThrown, ...]
    uncaught_errors: tuple[UncaughtError, ...]
    deadlocks: tuple[str, ...]
    completed: bool


class StepRecord:
    """Gathers a step while it is made."""

    def __init__(self) -> None:
        self.transitions: list[Transition] = []
        self.opened: dict[str, Wait] = {}
        self.closed: list[str] = []
        self.thrown: list[MessageThrown] = []
        self.uncaught_errors: list[UncaughtError] = []

    def open(self, wait: Wait) -> None:
        self.opened[wait.key] = wait

    def close(self, key: str) -> None:
        if self.opened.pop(key, None) is None:
            self.closed.append(key)

    def finish(self, deadlocks: tuple[str, ...], completed: bool) -> Step:
        """The step so far."""
        return Step(
            tuple(self.transitions),
            tuple(self.opened.values()),
            tuple(self.closed),
            tuple(self.thrown),
            tuple(self.uncaught_errors),
            deadlocks,
            completed,
        )
