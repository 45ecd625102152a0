"""Joins count tokens. Every arrival waits; firing takes one arrival from each flow that has one.

BPMN 2.0, 13.4.1 (parallel) and 13.4.3 (inclusive: waits while a token can still come through a
flow that has none, without passing the gateway).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from SpiffWorkflow.util.task import TaskState

from engine.spiff.specs import Flow, FlowNode

if TYPE_CHECKING:
    from engine.spiff.specification import ScopeSpec
    from engine.spiff.tokens import ProcessTokens, Scope, Token


class Join(FlowNode):
    """A gateway that tokens may meet at.

    `incoming` are the ids of its flows. `reached_from` says for the name of a spec through which
    of them a token standing there can come, without passing this gateway.
    """

    is_join: ClassVar[bool] = True

    def __init__(self, scope: ScopeSpec, name: str, element_id: str | None = None) -> None:
        super().__init__(scope, name, element_id)
        self.incoming: frozenset[str] = frozenset()
        self.reached_from: Mapping[str, frozenset[str]] = {}

    def _update_hook(self, token: Token) -> bool:
        if len(self.incoming) == 1:
            return True
        token.workflow.arrived.setdefault(self.name, []).append(token)
        token._set_state(TaskState.WAITING)
        return False

    def _on_cancel(self, token: Token) -> None:
        if token._state == TaskState.WAITING:
            token.workflow.arrived[self.name].remove(token)

    def merge(self, scope: Scope) -> Token:
        """Take the oldest arrival of each flow; the token that goes on, and ends the others."""
        oldest: dict[str, Token] = {}
        for token in scope.arrived[self.name]:
            oldest.setdefault(token.internal_data["flow"], token)
        taken = list(oldest.values())
        for token in taken:
            scope.arrived[self.name].remove(token)
        for token in taken[:-1]:
            token.consume()
        return taken[-1]

    def missing(self, arrivals: Iterable[Token]) -> frozenset[str]:
        """The flows that no token has come through."""
        return self.incoming - {token.internal_data["flow"] for token in arrivals}


class ParallelGateway(Join):
    """Fires when there is a token on each incoming flow; takes every outgoing flow."""

    def _update_hook(self, token: Token) -> bool:
        if super()._update_hook(token):
            return True
        if not self.missing(token.workflow.arrived[self.name]):
            self.merge(token.workflow)._ready()
        return False

    def chosen_flows(self, token: Token) -> tuple[Flow, ...]:
        return self.flows


class InclusiveGateway(Join):
    """Fires when no token can still come through an empty flow; splits by the conditions."""

    def may_fire(self, scope: Scope) -> bool:
        empty = self.missing(scope.arrived[self.name])
        for other in scope.live_tokens():
            reached = self.reached_from.get(other.task_spec.name)
            if reached and other.task_spec is not self and reached <= empty:
                return False
        return True


def waiting_joins(process: ProcessTokens) -> Iterator[tuple[Scope, Join, list[Token]]]:
    """The joins at which tokens wait."""
    for scope in process.scopes():
        for name, arrivals in scope.arrived.items():
            if arrivals:
                yield scope, scope.spec.task_specs[name], arrivals


def fire_inclusive_joins(process: ProcessTokens) -> bool:
    """Fire the first inclusive join that waits in vain; False: there is none."""
    for scope, join, _arrivals in waiting_joins(process):
        if isinstance(join, InclusiveGateway) and join.may_fire(scope):
            join.merge(scope)._ready()
            return True
    return False


def find_deadlocks(process: ProcessTokens) -> tuple[str, ...]:
    """The joins with waiting tokens that nothing can complete any more, now that all is at rest."""
    return tuple(
        join.bpmn_id
        for scope, join, arrivals in waiting_joins(process)
        if not _can_be_completed(join, join.missing(arrivals), _moving(scope))
    )


def _moving(scope: Scope) -> set[str]:
    """Where tokens are that may still go on by themselves: all but those that wait at joins."""
    waiting = {name for name, arrivals in scope.arrived.items() if arrivals}
    return {token.task_spec.name for token in scope.live_tokens()} - waiting


def _can_be_completed(join: Join, missing: frozenset[str], moving: set[str]) -> bool:
    reached = [join.reached_from.get(name, frozenset()) for name in moving]
    if isinstance(join, InclusiveGateway):
        return any(flows & missing for flows in reached)
    return all(any(flow in flows for flows in reached) for flow in missing)


def connect_joins(scope: ScopeSpec) -> None:
    """Tell every join of a compiled scope its incoming flows and from where they are reached."""
    nodes = [node for node in scope.task_specs.values() if isinstance(node, FlowNode)]
    incoming: dict[str, list[Flow]] = {}
    for node in nodes:
        for flow in node.flows:
            incoming.setdefault(flow.target, []).append(flow)
    hosts = {boundary.name: node.name for node in nodes for boundary in node.error_boundaries}
    for join in nodes:
        if isinstance(join, Join):
            flows = incoming.get(join.name, [])
            join.incoming = frozenset(flow.id for flow in flows)
            join.reached_from = _reached_from(join, flows, incoming, hosts)


def _reached_from(
    join: Join,
    flows: list[Flow],
    incoming: Mapping[str, list[Flow]],
    hosts: Mapping[str, str],
) -> dict[str, frozenset[str]]:
    reached: dict[str, set[str]] = {}
    for flow in flows:
        seen = {join.name}
        ahead = [flow.source]
        while ahead:
            name = ahead.pop()
            if name in seen:
                continue
            seen.add(name)
            reached.setdefault(name, set()).add(flow.id)
            ahead.extend(before.source for before in incoming.get(name, ()))
            if name in hosts:
                ahead.append(hosts[name])
    return {name: frozenset(ids) for name, ids in reached.items()}
