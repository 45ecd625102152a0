"""Events: what they wait for, and what happens when they occur.

An event either stands in a flow of its own (its token waits, STARTED), or listens on behalf of an
owner (WAITING): a boundary event of its host, a catch event of its event-based gateway, the start
of an event sub-process of its scope. When a listening event occurs, a token of its own is placed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from SpiffWorkflow.util.task import TaskState

from engine.errors import StepFailed
from engine.spiff.scoping import evaluate, holds, scope_of, why_null
from engine.spiff.specs import Activity, EventSubProcess, FlowNode, write_payload
from engine.spiff.step import MessageThrown
from engine.spiff.waits import MessageWait, TimerKind, TimerWait

if TYPE_CHECKING:
    from engine.spiff.specification import ScopeSpec
    from engine.spiff.tokens import ProcessTokens, Token

CYCLE = re.compile(r"R(?P<times>-1|\d*)/(?P<interval>P[^/]+)$")


@dataclass(frozen=True)
class MessageCatch:
    """Waits for a message of this name; `correlation_key` is an expression or None."""

    message_name: str
    correlation_key: str | None

    def open(self, token: Token) -> None:
        token.waits = True
        token.process.record.open(
            MessageWait(
                token.wait_key,
                token.id,
                token.element_id,
                scope_of(token),
                token.loop_counter,
                self.message_name,
                correlation_text(token, self.correlation_key),
            )
        )


@dataclass(frozen=True)
class TimerCatch:
    """Waits for a moment; `text` is ISO 8601 or an expression that gives it."""

    timer: TimerKind
    text: str

    def open(self, token: Token) -> None:
        value = self._value(token)
        if self.timer == "cycle":
            left, interval = read_cycle(token.element_id, value)
            token.internal_data.update(left=left, interval=interval)
        self._announce(token, value, previous=False)

    def open_again(self, token: Token, fired: Token) -> None:
        """Arm a cycle once more, after the wait that has just fired."""
        left, interval = fired.internal_data["left"], fired.internal_data["interval"]
        token.internal_data.update(left=None if left is None else left - 1, interval=interval)
        self._announce(token, interval, previous=True)

    def _announce(self, token: Token, value: str, *, previous: bool) -> None:
        token.waits = True
        token.process.record.open(
            TimerWait(
                token.wait_key,
                token.id,
                token.element_id,
                scope_of(token),
                token.loop_counter,
                self.timer,
                value,
                self.text,
                token.internal_data.get("left"),
                token.internal_data.get("interval"),
                previous,
            )
        )

    def _value(self, token: Token) -> str:
        value = evaluate(token, self.text)
        if isinstance(value, str) and value.strip():
            return value.strip()
        found = why_null(token, self.text) if value is None else repr(value)
        raise StepFailed(
            token.element_id,
            f"Expected {self.text} to give a date or a duration, but it is {found}",
        )


@dataclass(frozen=True)
class ConditionCatch:
    """Waits until a condition becomes true; looked at when all other tokens have come to rest."""

    condition: str

    def open(self, token: Token) -> None:
        token.process.conditional[token.id] = token


@dataclass(frozen=True)
class ErrorCatch:
    """Catches a BPMN error by its code, any error where `code` is None."""

    code: str | None
    code_variable: str | None = None
    message_variable: str | None = None


Catch = MessageCatch | TimerCatch | ConditionCatch


def read_cycle(element_id: str, text: str) -> tuple[int | None, str]:
    """How often a cycle is armed again after the first time (None: without end), its interval."""
    cycle = CYCLE.match(text)
    times = cycle["times"] if cycle else "0"
    if cycle is None or times == "0":
        raise StepFailed(element_id, f"Expected a cycle such as R3/PT1H, but found {text!r}")
    return (None if times in ("", "-1") else int(times) - 1), cycle["interval"]


def correlation_text(
    token: Token, expression: str | None, extra: Mapping[str, object] | None = None
) -> str | None:
    """The correlation key as text; None where the diagram names none."""
    if expression is None:
        return None
    value = evaluate(token, expression, extra)
    if value is None or value == "":
        raise StepFailed(
            token.element_id, f"Expected {expression} to give a correlation key, but it is empty"
        )
    return str(value)


class Catching(FlowNode):
    """An event that waits. `catch` says for what."""

    def __init__(self, scope: ScopeSpec, name: str, element_id: str | None, catch: Catch) -> None:
        super().__init__(scope, name, element_id)
        self.catch = catch
        self.has_condition = isinstance(catch, ConditionCatch)
        self.waits_outside = not self.has_condition

    def listen(self, owner: Token) -> Token:
        """Wait on behalf of an owner."""
        token = owner._add_child(self, TaskState.WAITING)
        self.catch.open(token)
        return token

    def _run_hook(self, token: Token) -> bool | None:
        self.enter(token)
        if token.occurred:
            write_payload(token)
            return True
        self._stand(token)
        return None

    def _stand(self, token: Token) -> None:
        self.catch.open(token)

    def occur(self, token: Token, payload: Mapping[str, object] | None) -> None:
        """What this token waits for has come."""
        gateway = token.owner
        if token.is_listening and gateway is not None:
            gateway.complete()
            token.workflow.place(self, payload)
            return
        token.payload = payload
        write_payload(token)
        token.complete()

    def arm_again(self, token: Token) -> None:
        """Go on listening after a non-interrupting event, or stop when it was the last time."""
        if not isinstance(self.catch, TimerCatch):
            return
        token.cancel()
        if token.internal_data.get("left", 0) != 0:
            again = token.parent._add_child(self, TaskState.WAITING)
            self.catch.open_again(again, token)


class CatchEvent(Catching):
    """An intermediate catch event."""


class ReceiveTask(Catching, Activity):
    """An activity that is done when its message has come."""

    def _stand(self, token: Token) -> None:
        self.listen_around(token)
        self.catch.open(token)


class BoundaryEvent(Catching):
    """Listens while its host is live."""

    def __init__(self, scope: ScopeSpec, name: str, catch: Catch, *, interrupting: bool) -> None:
        super().__init__(scope, name, None, catch)
        self.interrupting = interrupting

    def occur(self, token: Token, payload: Mapping[str, object] | None) -> None:
        scope = token.workflow
        if self.interrupting:
            token.parent.cancel()
        else:
            self.arm_again(token)
        scope.place(self, payload)


class ErrorBoundary(FlowNode):
    """Needs no listening token: errors look for it from their host outward."""

    def __init__(self, scope: ScopeSpec, name: str, catch: ErrorCatch) -> None:
        super().__init__(scope, name)
        self.catch = catch

    def _run_hook(self, token: Token) -> bool | None:
        write_payload(token)
        return True


class EventSubProcessStart(Catching):
    """Listens while its scope is open, and starts the event sub-process."""

    def __init__(
        self,
        scope: ScopeSpec,
        name: str,
        element_id: str,
        catch: Catch,
        sub_process: EventSubProcess,
        *,
        interrupting: bool,
    ) -> None:
        super().__init__(scope, name, element_id, catch)
        self.sub_process = sub_process
        self.interrupting = interrupting

    def wait_key(self, token: Token) -> str:
        return f"{token.inside_of}:{self.bpmn_id}"

    def occur(self, token: Token, payload: Mapping[str, object] | None) -> None:
        scope = token.workflow
        if self.interrupting:
            scope.cancel_tokens()
        else:
            self.arm_again(token)
        scope.place(self.sub_process, payload)


@dataclass(frozen=True)
class ErrorStart:
    """An event sub-process that an error of its scope starts; `element_id` is its start event."""

    element_id: str
    catch: ErrorCatch
    sub_process: EventSubProcess


class StartEvent(FlowNode):
    """Has occurred when there is a token: it only hands its payload on.

    Then the event sub-processes of its scope listen: their keys and dates may depend on it.
    """

    def _run_hook(self, token: Token) -> bool | None:
        write_payload(token)
        return True

    def _on_complete(self, token: Token) -> None:
        super()._on_complete(token)
        token.workflow.listen()


class MessageThrow(FlowNode):
    """Throws a message: the payload is its input parameters."""

    def __init__(
        self,
        scope: ScopeSpec,
        name: str,
        element_id: str | None,
        message_name: str,
        correlation_key: str | None,
    ) -> None:
        super().__init__(scope, name, element_id)
        self.message_name = message_name
        self.correlation_key = correlation_key

    def _run_hook(self, token: Token) -> bool | None:
        payload = self.enter(token)
        key = correlation_text(token, self.correlation_key)
        token.process.record.thrown.append(
            MessageThrown(self.bpmn_id, self.message_name, key, payload)
        )
        return True


class TerminateEnd(FlowNode):
    """Ends all that lives in its scope."""

    def _on_complete(self, token: Token) -> None:
        token.workflow.cancel_tokens()


def fire_conditions(process: ProcessTokens) -> bool:
    """Let the first conditional event occur whose condition has become true; False: none has.

    An event that goes on listening occurs again only after its condition has been false.
    """
    for token in list(process.conditional.values()):
        was_met = token.internal_data.pop("met", False)
        if not holds(token, token.task_spec.catch.condition, is_awaited=True):
            continue
        token.internal_data["met"] = True
        if not was_met:
            token.task_spec.occur(token, None)
            return True
    return False
