"""From the XML of a process to its Specification.

SpiffWorkflow's own parser is not used: it recurses along the flows, orders them by their place on
the drawing, and drops unconnected elements and flows without an id in silence.
"""

from __future__ import annotations

from lxml import etree

from engine.spiff import compile_events, compile_flows
from engine.spiff.compile_activities import COMPILERS, loop_of
from engine.spiff.diagram_parts import DiagramParts
from engine.spiff.dialect import (
    BPMN,
    bpmn_children,
    event_definition,
    is_true,
    parameters,
    refusal,
    tag,
)
from engine.spiff.joins import connect_joins
from engine.spiff.multi_instance import MultiInstance
from engine.spiff.specification import CompileError, MessageStart, ScopeSpec, Specification
from engine.spiff.specs import EventSubProcess, FlowNode, SubProcess

WITHOUT_TOKENS = frozenset(
    {
        "association",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "incoming",
        "ioSpecification",
        "laneSet",
        "multiInstanceLoopCharacteristics",
        "outgoing",
        "property",
        "standardLoopCharacteristics",
        "textAnnotation",
    }
)


def compile_process(root: etree._Element, process_id: str) -> Specification:
    """Compile one process of a diagram; `root` is its sanitised `definitions`, left as it is.

    Raises CompileError with the element, the line and the reason for whatever can't be executed
    as BPMN 2.0 says.
    """
    process = next(
        (each for each in root.iterfind(f"{BPMN}process") if each.get("id") == process_id), None
    )
    if process is None:
        raise CompileError(process_id, None, f"Expected a process {process_id}, but found none")
    parts = DiagramParts.of(root)
    scope = _compile_scope(parts, process, parts.new_id(process))
    none_start: str | None = None
    message_starts: list[MessageStart] = []
    for node in process.iterfind(f"{BPMN}startEvent"):
        definition = event_definition(node)
        if definition is None and none_start is None:
            none_start = str(node.get("id"))
        elif definition is not None and tag(definition) == "messageEventDefinition":
            message_starts.append(MessageStart(str(node.get("id")), parts.message_name(definition)))
        else:
            raise refusal(node, "Expected one none start event, and message start events")
    if none_start is None and not message_starts:
        raise refusal(process, "Expected a start event")
    return Specification(process_id, none_start, tuple(message_starts), scope, parts.scopes)


def _compile_scope(parts: DiagramParts, node: etree._Element, name: str) -> ScopeSpec:
    scope = ScopeSpec(name)
    nodes: dict[str, etree._Element] = {}
    flows: list[etree._Element] = []
    boundaries: list[etree._Element] = []
    for each in bpmn_children(node):
        kind = tag(each)
        if kind == "sequenceFlow":
            flows.append(each)
        elif kind == "boundaryEvent":
            boundaries.append(each)
        elif kind not in WITHOUT_TOKENS:
            nodes[_compile_node(parts, scope, each).bpmn_id] = each
    for each in boundaries:
        nodes[compile_events.attach_boundary(parts, scope, each).bpmn_id] = each
    compile_flows.connect(parts, scope, nodes, flows)
    connect_joins(scope)
    return scope


def _compile_node(parts: DiagramParts, scope: ScopeSpec, node: etree._Element) -> FlowNode:
    element_id = parts.new_id(node)
    if is_true(node, "isForCompensation"):
        raise refusal(node, "Compensation is not supported")
    loop = loop_of(node)
    name = element_id if loop is None else f"{element_id}/"
    if tag(node) == "subProcess":
        spec = _compile_sub_process(parts, scope, node, name)
    elif tag(node) in COMPILERS:
        spec = COMPILERS[tag(node)](parts, scope, node, name)
    else:
        raise refusal(node, f"{tag(node)} is not supported")
    spec.input_parameters = parameters(node, "inputParameter")
    spec.output_parameters = parameters(node, "outputParameter")
    if loop is None:
        return spec
    if isinstance(spec, EventSubProcess):
        raise refusal(node, "Expected an event sub-process to run once for each event")
    return MultiInstance(scope, element_id, spec, loop)


def _compile_sub_process(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    element_id = str(node.get("id"))
    starts = list(node.iterfind(f"{BPMN}startEvent"))
    if len(starts) != 1:
        raise refusal(node, f"Expected one start event in a sub-process, but found {len(starts)}")
    inside = parts.scopes[element_id] = _compile_scope(parts, node, element_id)
    start = inside.task_specs[str(starts[0].get("id"))]
    if not is_true(node, "triggeredByEvent"):
        if event_definition(starts[0]) is not None:
            raise refusal(starts[0], "Expected a none start event in an embedded sub-process")
        return SubProcess(scope, name, element_id, inside, start)
    event_sub_process = EventSubProcess(scope, name, element_id, inside, start)
    compile_events.listen_for_start(parts, scope, node, event_sub_process)
    return event_sub_process
