"""Compiling sequence flows: every flow has two ends in one scope, and an id."""

from __future__ import annotations

from lxml import etree

from engine.spiff.diagram_parts import DiagramParts
from engine.spiff.dialect import child, expression, refusal, tag, text_of
from engine.spiff.events import BoundaryEvent, Catching, ErrorBoundary, StartEvent
from engine.spiff.gateways import EventBasedGateway, ExclusiveGateway
from engine.spiff.joins import ParallelGateway
from engine.spiff.specification import ScopeSpec
from engine.spiff.specs import EventSubProcess, Flow, FlowNode

NEVER_ENTERED = (StartEvent, BoundaryEvent, ErrorBoundary, EventSubProcess)


def connect(
    parts: DiagramParts,
    scope: ScopeSpec,
    nodes: dict[str, etree._Element],
    flows: list[etree._Element],
) -> None:
    """Give the elements of a scope their outgoing flows, in the order of the diagram."""
    for each in flows:
        flow = _flow(parts, nodes, each)
        source, target = scope.task_specs[flow.source], scope.task_specs[flow.target]
        _check_ends(each, nodes[flow.source], source, target)
        if flow.condition and isinstance(source, ParallelGateway | EventBasedGateway):
            raise refusal(each, "Expected no condition on a flow out of this gateway")
        source.flows += (flow,)
    for name, node in nodes.items():
        _check_outgoing(node, scope.task_specs[name])


def _flow(parts: DiagramParts, nodes: dict[str, etree._Element], node: etree._Element) -> Flow:
    source, target = str(node.get("sourceRef")), str(node.get("targetRef"))
    for end in (source, target):
        if end not in nodes:
            raise refusal(node, f"Expected {end} to be an element of the same scope")
    number = next(parts.flow_numbers)
    flow_id = parts.new_id(node) if node.get("id") else f"/{number}"
    is_default = node.get("id") is not None and nodes[source].get("default") == flow_id
    condition = child(node, "conditionExpression")
    return Flow(
        flow_id,
        source,
        target,
        None
        if condition is None or is_default
        else expression(condition, text_of(condition), "the condition of a flow"),
        is_default,
    )


def _check_ends(
    node: etree._Element, source_node: etree._Element, source: FlowNode, target: FlowNode
) -> None:
    if isinstance(target, NEVER_ENTERED):
        raise refusal(node, f"Expected no flow to {target.bpmn_id}: it starts by itself")
    if isinstance(source, EventSubProcess) or tag(source_node) == "endEvent":
        raise refusal(node, f"Expected no flow from {source.bpmn_id}: nothing follows it")
    if isinstance(source, EventBasedGateway) and not isinstance(target, Catching):
        raise refusal(node, f"Expected a catch event or receive task after {source.bpmn_id}")


def _check_outgoing(node: etree._Element, spec: FlowNode) -> None:
    default = node.get("default")
    if default and not any(flow.is_default for flow in spec.flows):
        raise refusal(node, f"Expected the default flow {default} to leave {spec.bpmn_id}")
    if isinstance(spec, ExclusiveGateway) and len(spec.flows) > 1:
        for flow in spec.flows:
            if flow.condition is None and not flow.is_default:
                raise refusal(node, f"Expected a condition on flow {flow.id}, or a default flow")
    if isinstance(spec, EventBasedGateway) and not spec.flows:
        raise refusal(node, "Expected events after an event-based gateway")
