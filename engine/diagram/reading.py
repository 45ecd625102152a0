"""From the bytes of a `.bpmn` file to facts. Reads what is there; judging it is the gate's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from engine.diagram import dialect
from engine.diagram.events import Declarations, read_declarations, read_event_definitions
from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.namespaces import bpmn, bpmn_name, camunda, is_true, text_of
from engine.diagram.parts import FLOW_NODES, SCOPES, FlowFacts, LaneFacts
from engine.diagram.sanitizing import sanitize
from engine.diagram.translations import DEFAULT_LANGUAGE, read_names
from engine.diagram.xml import parse_xml


def read_diagram(xml: bytes, file_name: str) -> Diagram:
    """Reads a diagram; `file_name` is its path below `bpmn/`, as "fk_b03.bpmn".

    Raises DiagramRefused where the file is not safe, readable BPMN XML. A diagram that was read is
    not yet one that runs: see `check_diagram`.
    """
    root = parse_xml(xml)
    sanitize(root)
    declarations = read_declarations(root)
    pools = _names_of_pools(root)
    processes: dict[str, ProcessFacts] = {}
    for element in root.iterfind(bpmn("process")):
        process = _ProcessReading(element, declarations).read(pools)
        processes.setdefault(process.id, process)
    return Diagram(
        xml, root, file_name, processes, dict(declarations.messages), dict(declarations.errors)
    )


def _names_of_pools(root: etree._Element) -> dict[str, etree._Element]:
    return {
        participant.get("processRef", ""): participant
        for participant in root.iterfind(f"{bpmn('collaboration')}/{bpmn('participant')}")
    }


@dataclass
class _ProcessReading:
    """The reading of one process element."""

    xml: etree._Element
    declarations: Declarations

    def read(self, pools: dict[str, etree._Element]) -> ProcessFacts:
        properties = dialect.read_properties(self.xml)
        self.id = _id_of(self.xml)
        self.language = properties.get("defaultLanguage") or DEFAULT_LANGUAGE
        flows = {flow.id: flow for flow in self._flows(self.xml, None)}
        lanes = {lane.id: lane for lane in self._lanes(self.xml, None)}
        elements: dict[str, ElementFacts] = {}
        for element in self._elements(self.xml, None):
            elements.setdefault(element.id, element)
        names = read_names(self.xml, self.language)
        if not names and self.id in pools:
            names = read_names(pools[self.id], self.language)
        return ProcessFacts(
            id=self.id,
            line=self.xml.sourceline,
            executable=is_true(self.xml.get("isExecutable")),
            names=names,
            default_language=self.language,
            documentation=text_of(self.xml.find(bpmn("documentation"))),
            properties=properties,
            starter_groups=dialect.read_list(self.xml.get(camunda("candidateStarterGroups"))),
            starter_users=dialect.read_list(self.xml.get(camunda("candidateStarterUsers"))),
            elements=_joined(elements, flows, lanes),
            flows=_with_defaults(flows, elements),
            lanes=lanes,
        )

    def _flows(self, scope: etree._Element, parent: str | None) -> Iterator[FlowFacts]:
        for child in scope.iterchildren(etree.Element):
            name = bpmn_name(child)
            if name == "sequenceFlow":
                yield FlowFacts(
                    id=child.get("id"),
                    line=child.sourceline,
                    source=child.get("sourceRef", ""),
                    target=child.get("targetRef", ""),
                    condition=text_of(child.find(bpmn("conditionExpression"))),
                    parent=parent,
                    names=read_names(child, self.language),
                    default_language=self.language,
                )
            elif name in SCOPES:
                yield from self._flows(child, _id_of(child))

    def _lanes(self, holder: etree._Element, parent: str | None) -> Iterator[LaneFacts]:
        sets = ("laneSet",) if parent is None else ("childLaneSet",)
        for lane_set in (found for tag in sets for found in holder.iterfind(bpmn(tag))):
            for lane in lane_set.iterfind(bpmn("lane")):
                lane_id = _id_of(lane)
                yield LaneFacts(
                    id=lane_id,
                    line=lane.sourceline,
                    names=read_names(lane, self.language),
                    element_ids=tuple(
                        reference
                        for node in lane.iterfind(bpmn("flowNodeRef"))
                        if (reference := text_of(node)) is not None
                    ),
                    parent=parent,
                    default_language=self.language,
                )
                yield from self._lanes(lane, lane_id)

    def _elements(self, scope: etree._Element, parent: str | None) -> Iterator[ElementFacts]:
        for child in scope.iterchildren(etree.Element):
            name = bpmn_name(child)
            if name in FLOW_NODES:
                yield self._element(child, name, parent)
            if name in SCOPES:
                yield from self._elements(child, _id_of(child))

    def _element(self, xml: etree._Element, tag: str, parent: str | None) -> ElementFacts:
        definitions = read_event_definitions(xml, self.declarations)
        message = self.declarations.messages.get(xml.get("messageRef", ""))
        owners = dialect.read_owners(xml)
        decision = dialect.read_decision(xml)
        return ElementFacts(
            id=_id_of(xml),
            type=tag,
            line=xml.sourceline,
            process_id=self.id,
            parent=parent,
            names=read_names(xml, self.language),
            default_language=self.language,
            documentation=text_of(xml.find(bpmn("documentation"))),
            properties=dialect.read_properties(xml),
            default_flow=xml.get("default") or None,
            event_definitions=definitions,
            attached_to=xml.get("attachedToRef") or None,
            cancel_activity=is_true(xml.get("cancelActivity"), absent=True),
            is_interrupting=is_true(xml.get("isInterrupting"), absent=True),
            triggered_by_event=is_true(xml.get("triggeredByEvent")),
            message_name=next((d.message_name for d in definitions if d.message_name), message),
            assignee=owners.assignee,
            candidate_groups=owners.groups,
            candidate_users=owners.users,
            due_date=xml.get(camunda("dueDate")) or None,
            follow_up_date=xml.get(camunda("followUpDate")) or None,
            priority=xml.get(camunda("priority")) or None,
            form_key=(xml.get(camunda("formKey")) or "").strip() or None,
            form_fields=dialect.read_form_fields(xml),
            topic=dialect.read_topic(xml),
            input_parameters=dialect.read_parameters(xml, "inputParameter"),
            output_parameters=dialect.read_parameters(xml, "outputParameter"),
            called_element=xml.get("calledElement") or None,
            called_element_binding=xml.get(camunda("calledElementBinding")) or "latest",
            called_element_version=xml.get(camunda("calledElementVersion")) or None,
            decision_ref=decision.decision,
            decision_ref_binding=decision.binding,
            decision_ref_version=decision.version,
            decision_ref_version_tag=decision.version_tag,
            map_decision_result=decision.mapping,
            result_variable=decision.result_variable,
            in_mappings=dialect.read_mappings(xml, "in"),
            out_mappings=dialect.read_mappings(xml, "out"),
            multi_instance=dialect.read_multi_instance(xml),
        )


def _id_of(element: etree._Element) -> str:
    return element.get("id") or f"{bpmn_name(element)}_line_{element.sourceline}"


def _joined(
    elements: dict[str, ElementFacts], flows: dict[str, FlowFacts], lanes: dict[str, LaneFacts]
) -> dict[str, ElementFacts]:
    """The elements with the flows that touch them and the innermost lane that holds them."""
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for flow in flows.values():
        outgoing.setdefault(flow.source, []).append(flow.id)
        incoming.setdefault(flow.target, []).append(flow.id)
    lane_of = {node: lane.id for lane in lanes.values() for node in lane.element_ids}
    joined: dict[str, ElementFacts] = {}
    for key, element in elements.items():
        parent = joined.get(element.parent) if element.parent is not None else None
        joined[key] = replace(
            element,
            incoming=tuple(incoming.get(key, ())),
            outgoing=tuple(outgoing.get(key, ())),
            lane=lane_of.get(key, parent.lane if parent is not None else None),
        )
    return joined


def _with_defaults(
    flows: dict[str, FlowFacts], elements: dict[str, ElementFacts]
) -> dict[str, FlowFacts]:
    defaults = {
        element.default_flow for element in elements.values() if element.default_flow is not None
    }
    return {
        key: replace(flow, is_default=True) if key in defaults else flow
        for key, flow in flows.items()
    }
