"""What a token waits for: the engine makes a task, a job or a subscription row of each wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

TimerKind = Literal["date", "duration", "cycle"]


@dataclass(frozen=True)
class Wait:
    """One thing that must come from outside before a token moves on.

    `key` names the wait as long as it lasts: the token's id, or for the start of an event
    sub-process "<token of the scope's host, 0 for the process>:<id of the start event>".
    `scope` is where its variables are read; `loop_counter` is the index of a multi-instance item.
    """

    kind: ClassVar[str]

    key: str
    token: int
    element_id: str
    scope: int
    loop_counter: int | None


@dataclass(frozen=True)
class UserTaskWait(Wait):
    """A person has to complete it."""

    kind: ClassVar[str] = "user_task"


@dataclass(frozen=True)
class ExternalTaskWait(Wait):
    """A handler or a worker has to complete it; its topic is a fact of the diagram."""

    kind: ClassVar[str] = "external_task"


@dataclass(frozen=True)
class CallActivityWait(Wait):
    """A called process instance has to end."""

    kind: ClassVar[str] = "call_activity"


@dataclass(frozen=True)
class DecisionWait(Wait):
    """A decision could not be made, for this reason; it is made anew when it can be."""

    kind: ClassVar[str] = "decision"

    reason: str


@dataclass(frozen=True)
class TimerWait(Wait):
    """A moment has to come. Which moment is computed and kept by the engine.

    `value` is ISO 8601: the date, the duration or the whole cycle text. `expression` is the text
    in the diagram, for the day when a calendar changes. For a cycle, `interval` is its duration
    and `repetitions_left` how often it is armed again after this time (None: without end).
    `previous` is true for a wait that follows the one that has just fired: it is counted from
    that one's due date.
    """

    kind: ClassVar[str] = "timer"

    timer: TimerKind
    value: str
    expression: str
    repetitions_left: int | None
    interval: str | None
    previous: bool


@dataclass(frozen=True)
class MessageWait(Wait):
    """A message has to come. `correlation_key` None: the business key of the instance."""

    kind: ClassVar[str] = "message"

    message_name: str
    correlation_key: str | None
