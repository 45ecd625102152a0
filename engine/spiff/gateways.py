"""Gateways that a token passes alone: exclusive and event-based."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import StepFailed
from engine.spiff.scoping import holds
from engine.spiff.specs import Flow, FlowNode

if TYPE_CHECKING:
    from engine.spiff.tokens import Token


class ExclusiveGateway(FlowNode):
    """Takes the first flow, in the order of the diagram, whose condition is true."""

    def chosen_flows(self, token: Token) -> tuple[Flow, ...]:
        for flow in self.flows:
            if not flow.is_default and (flow.condition is None or holds(token, flow.condition)):
                return (flow,)
        for flow in self.flows:
            if flow.is_default:
                return (flow,)
        raise StepFailed(
            self.bpmn_id,
            "Expected the condition of one outgoing flow to be true, but none is, "
            "and there is no default flow",
        )


class EventBasedGateway(FlowNode):
    """Holds the token while its events listen; the first that occurs is the way on."""

    def _run_hook(self, token: Token) -> bool | None:
        specs = token.workflow.spec.task_specs
        for flow in self.flows:
            specs[flow.target].listen(token)
        return None

    def _on_complete(self, token: Token) -> None:
        """The event that occurred goes on."""
