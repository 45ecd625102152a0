"""Compiling tasks, gateways, call activities and multi-instance."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.spiff import compile_events
from engine.spiff.business_rules import BusinessRuleTask, DecisionReference
from engine.spiff.diagram_parts import DiagramParts
from engine.spiff.dialect import CAMUNDA, camunda, child, expression, is_true, refusal, text_of
from engine.spiff.events import ReceiveTask, StartEvent
from engine.spiff.gateways import EventBasedGateway, ExclusiveGateway
from engine.spiff.joins import InclusiveGateway, ParallelGateway
from engine.spiff.multi_instance import Loop
from engine.spiff.specification import ScopeSpec
from engine.spiff.specs import CallActivity, ExternalTask, FlowNode, UserTask

Compile = Callable[[DiagramParts, ScopeSpec, etree._Element, str], FlowNode]


def plain(spec: type[FlowNode]) -> Compile:
    """Compiles an element of which nothing but its id is to be known."""

    def compile_plain(
        parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
    ) -> FlowNode:
        return spec(scope, name, node.get("id"))

    return compile_plain


def service_task(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    """A service task that a worker carries out by its topic."""
    if not _is_external(node):
        raise refusal(node, 'Expected camunda:type="external" and a topic, or a delegateExpression')
    return ExternalTask(scope, name, node.get("id"))


def send_task(parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str) -> FlowNode:
    """A send task with a topic, or one that throws a message of the engine's."""
    if _is_external(node):
        return ExternalTask(scope, name, node.get("id"))
    return compile_events.message_throw(parts, scope, node, name)


def business_rule_task(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    """A task that a decision does within the step, or one that a worker does by its topic."""
    decision = camunda(node, "decisionRef")
    if decision is None:
        if not _is_external(node):
            raise refusal(node, "Expected a business rule task to name its decision or its topic")
        return ExternalTask(scope, name, node.get("id"))
    binding = camunda(node, "decisionRefBinding") or "latest"
    reference = DecisionReference(
        decision,
        binding,
        camunda(node, "decisionRefVersion") if binding == "version" else None,
        camunda(node, "decisionRefVersionTag") if binding == "versionTag" else None,
        camunda(node, "resultVariable"),
        camunda(node, "mapDecisionResult") or "resultList",
    )
    return BusinessRuleTask(scope, name, node.get("id"), reference)


def receive_task(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    """A task that is done when its message has come."""
    _refuse_instantiation(node)
    catch = compile_events.message_catch(parts, node, node)
    return ReceiveTask(scope, name, node.get("id"), catch)


def call_activity(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    """A call of a process, which the engine finds and starts when a token comes."""
    if not node.get("calledElement"):
        raise refusal(node, "Expected a call activity to name its calledElement")
    return CallActivity(scope, name, node.get("id"))


def event_based_gateway(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    """A gateway at which the first event decides."""
    _refuse_instantiation(node)
    if node.get("eventGatewayType", "Exclusive") != "Exclusive":
        raise refusal(node, "Expected an exclusive event-based gateway")
    return EventBasedGateway(scope, name)


def loop_of(node: etree._Element) -> Loop | None:
    """The multi-instance characteristics of an activity; None where it runs once."""
    if child(node, "standardLoopCharacteristics") is not None:
        raise refusal(node, "A standard loop is not supported: draw it with a gateway")
    loop = child(node, "multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    collection = camunda(loop, "collection") or text_of(child(loop, "loopDataInputRef"))
    cardinality = text_of(child(loop, "loopCardinality"))
    if (collection is None) == (cardinality is None):
        raise refusal(loop, "Expected either a collection or a cardinality")
    output_collection = text_of(child(loop, "loopDataOutputRef"))
    output_item = _name_of(child(loop, "outputDataItem"))
    if (output_collection is None) != (output_item is None):
        raise refusal(loop, "Expected a loopDataOutputRef together with an outputDataItem")
    condition = child(loop, "completionCondition")
    return Loop(
        is_true(loop, "isSequential"),
        collection,
        cardinality,
        camunda(loop, "elementVariable") or _name_of(child(loop, "inputDataItem")),
        output_collection,
        output_item,
        None
        if condition is None
        else expression(condition, text_of(condition), "the completion condition"),
    )


def _name_of(node: etree._Element | None) -> str | None:
    return None if node is None else node.get("name") or None


def _is_external(node: etree._Element) -> bool:
    if camunda(node, "type") == "external":
        if camunda(node, "topic") is None:
            raise refusal(node, "Expected an external task to name its topic")
        return True
    if camunda(node, "delegateExpression"):
        return True
    for attribute in ("class", "expression", "type"):
        if node.get(CAMUNDA + attribute):
            raise refusal(node, f"camunda:{attribute} runs code of another platform: use a topic")
    return False


def _refuse_instantiation(node: etree._Element) -> None:
    if is_true(node, "instantiate"):
        raise refusal(node, "Expected an instance to begin at a start event")


COMPILERS: dict[str, Compile] = {
    "userTask": plain(UserTask),
    "serviceTask": service_task,
    "sendTask": send_task,
    "businessRuleTask": business_rule_task,
    "receiveTask": receive_task,
    "callActivity": call_activity,
    "exclusiveGateway": plain(ExclusiveGateway),
    "parallelGateway": plain(ParallelGateway),
    "inclusiveGateway": plain(InclusiveGateway),
    "eventBasedGateway": event_based_gateway,
    "startEvent": plain(StartEvent),
    "endEvent": compile_events.end_event,
    "intermediateCatchEvent": compile_events.catch_event,
    "intermediateThrowEvent": compile_events.throw_event,
}
