"""A BPMN error is resolved from its host outward: exactly one event catches it.

First the boundary events of the activity (of its multi-instance body), then the event
sub-processes of its scope, then the boundary events of the sub-process around it, and so on. At
each place an exact code comes before an event that catches any. SpiffWorkflow's own `catch` is
never used: it lets several events catch one error, and the outer before the inner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from engine.spiff.events import ErrorBoundary, ErrorCatch, ErrorStart
from engine.spiff.specs import FlowNode
from engine.spiff.step import UncaughtError

if TYPE_CHECKING:
    from engine.spiff.specification import ScopeSpec
    from engine.spiff.tokens import Token

Catcher = TypeVar("Catcher", ErrorBoundary, ErrorStart)


@dataclass(frozen=True)
class BpmnFault:
    """An error on its way: `values` are written where it is caught."""

    code: str
    message: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def payload(self, catch: ErrorCatch) -> dict[str, object]:
        payload = dict(self.values)
        if catch.code_variable:
            payload[catch.code_variable] = self.code
        if catch.message_variable:
            payload[catch.message_variable] = self.message
        return payload


def route_error(thrower: Token, fault: BpmnFault) -> str | None:
    """Let the nearest event catch it; returns the event's element id, None where nobody does."""
    found = _nearest(thrower, fault.code)
    if found is None:
        return None
    token, catcher = found
    scope = token.workflow
    if isinstance(catcher, ErrorStart):
        scope.cancel_tokens()
        scope.place(catcher.sub_process, fault.payload(catcher.catch))
        return catcher.element_id
    token.cancel()
    scope.place(catcher, fault.payload(catcher.catch))
    return catcher.bpmn_id


def is_caught(thrower: Token, code: str) -> bool:
    """Whether an event would catch an error of this code."""
    return _nearest(thrower, code) is not None


def _nearest(thrower: Token, code: str) -> tuple[Token, ErrorBoundary | ErrorStart] | None:
    """The event that catches an error, and the token whose boundary or whose scope it is of."""
    token: Token | None = thrower
    while token is not None:
        boundary = _match(token.task_spec.error_boundaries, code)
        if boundary is not None:
            return token, boundary
        if token.owner is not None:
            token = token.owner
            continue
        start = _start_in_scope(token, code)
        if start is not None:
            return token, start
        token = token.workflow.host
    return None


def _start_in_scope(token: Token, code: str) -> ErrorStart | None:
    """The event sub-process of the token's scope that catches it, but not the one it is from."""
    starts = token.workflow.spec.error_starts
    return _match([each for each in starts if each.sub_process is not token.task_spec], code)


def _match(catchers: Sequence[Catcher], code: str) -> Catcher | None:
    """The catcher of this very code, else the one that catches any."""
    for wanted in (code, None):
        for catcher in catchers:
            if catcher.catch.code == wanted:
                return catcher
    return None


class ErrorEnd(FlowNode):
    """Throws an error when its token has ended; uncaught, it was a none end event."""

    def __init__(self, scope: ScopeSpec, name: str, code: str, message: str) -> None:
        super().__init__(scope, name)
        self.code = code
        self.message = message

    def _on_complete(self, token: Token) -> None:
        if route_error(token, BpmnFault(self.code, self.message)) is None:
            token.process.record.uncaught_errors.append(
                UncaughtError(self.bpmn_id, self.code, self.message)
            )
