"""Small BPMN diagrams, written in a test as they would be drawn.

    diagram(
        process(
            "holiday",
            start_event("asked"),
            user_task("approve", boundary=None, candidate_groups="director"),
            end_event("done"),
            *path("asked", "approve", "done"),
        )
    )

Every function gives one element. `path` and `flow` connect elements by id, messages and errors are
referred to by name and code and declared by `definitions`. A Camunda attribute is a keyword in
snake case, a Camunda property goes into `properties`, names by language into `names`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, pairwise

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"bpmn": BPMN, "camunda": CAMUNDA, "i18n": I18N, "xsi": XSI}

MESSAGE_PREFIX = "Message_"
ERROR_PREFIX = "Error_"

Element = etree._Element
_flow_numbers = count(1)


def definitions(*processes: Element) -> Element:
    """The whole diagram, with the messages and errors that its elements refer to."""
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap=NAMESPACES)
    root.set("id", "Definitions_1")
    root.set("targetNamespace", "urn:test")
    for prefix, tag, attribute in (
        (MESSAGE_PREFIX, "message", "messageRef"),
        (ERROR_PREFIX, "error", "errorRef"),
    ):
        for reference in sorted(_references(processes, attribute)):
            declared = etree.SubElement(root, f"{{{BPMN}}}{tag}")
            name = reference.removeprefix(prefix)
            declared.set("id", reference)
            declared.set("name", name)
            if tag == "error":
                declared.set("errorCode", name)
    root.extend(processes)
    return root


def diagram(*processes: Element) -> bytes:
    """The XML of a diagram, as it is saved."""
    root = definitions(*processes)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def process(id: str, *parts: Element, **keywords: object) -> Element:
    """A process; `properties` and `names` as of any element."""
    node = element("process", id, *parts, **keywords)
    node.set("isExecutable", "true")
    return node


def element(
    tag: str,
    id: str,
    *parts: Element,
    attributes: Mapping[str, str] | None = None,
    inputs: Mapping[str, str] | None = None,
    outputs: Mapping[str, str] | None = None,
    properties: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    **camunda: object,
) -> Element:
    """Any BPMN element. `attributes` are BPMN's own, other keywords Camunda's."""
    node = etree.Element(f"{{{BPMN}}}{tag}", nsmap=NAMESPACES)
    node.set("id", id)
    for name, value in (attributes or {}).items():
        node.set(name, value)
    for name, value in camunda.items():
        node.set(f"{{{CAMUNDA}}}{_camel_case(name)}", str(value))
    if inputs or outputs or properties or names:
        node.append(_extensions(inputs or {}, outputs or {}, properties or {}, names or {}))
    node.extend(parts)
    return node


def start_event(id: str, *definition: Element, **keywords: object) -> Element:
    return element("startEvent", id, *definition, **keywords)


def end_event(id: str, *definition: Element, **keywords: object) -> Element:
    return element("endEvent", id, *definition, **keywords)


def catch_event(id: str, *definition: Element, **keywords: object) -> Element:
    return element("intermediateCatchEvent", id, *definition, **keywords)


def throw_event(id: str, *definition: Element, **keywords: object) -> Element:
    return element("intermediateThrowEvent", id, *definition, **keywords)


def boundary_event(
    id: str, host: str, *definition: Element, interrupting: bool = True, **keywords: object
) -> Element:
    node = element("boundaryEvent", id, *definition, **keywords)
    node.set("attachedToRef", host)
    node.set("cancelActivity", _boolean(interrupting))
    return node


def user_task(id: str, *parts: Element, **keywords: object) -> Element:
    return element("userTask", id, *parts, **keywords)


def service_task(id: str, *parts: Element, topic: str = "work", **keywords: object) -> Element:
    return element("serviceTask", id, *parts, type="external", topic=topic, **keywords)


def send_task(id: str, *parts: Element, message: str | None = None, **keywords: object) -> Element:
    """A send task that throws a message of the engine's; with `topic=` an external task."""
    if "topic" in keywords:
        keywords = {"type": "external", **keywords}
    node = element("sendTask", id, *parts, **keywords)
    if message is not None:
        node.set("messageRef", MESSAGE_PREFIX + message)
    return node


def receive_task(id: str, message: str, *parts: Element, **keywords: object) -> Element:
    node = element("receiveTask", id, *parts, **keywords)
    node.set("messageRef", MESSAGE_PREFIX + message)
    return node


def business_rule_task(
    id: str, decision: str | None, *parts: Element, **keywords: object
) -> Element:
    """A decision is made here; without one, `type=` and `topic=` make it an external task."""
    if decision is not None:
        keywords = {"decision_ref": decision, **keywords}
    return element("businessRuleTask", id, *parts, **keywords)


def call_activity(id: str, called: str, *parts: Element, **keywords: object) -> Element:
    node = element("callActivity", id, *parts, **keywords)
    node.set("calledElement", called)
    return node


def sub_process(id: str, *parts: Element, **keywords: object) -> Element:
    """An embedded sub-process: its own start and end events are among its parts."""
    return element("subProcess", id, *parts, **keywords)


def event_sub_process(id: str, *parts: Element, **keywords: object) -> Element:
    node = element("subProcess", id, *parts, **keywords)
    node.set("triggeredByEvent", "true")
    return node


def event_start(
    id: str, *definition: Element, interrupting: bool = True, **keywords: object
) -> Element:
    """The start event of an event sub-process."""
    node = start_event(id, *definition, **keywords)
    node.set("isInterrupting", _boolean(interrupting))
    return node


def exclusive_gateway(id: str, default: str | None = None, **keywords: object) -> Element:
    return _gateway("exclusiveGateway", id, default, keywords)


def inclusive_gateway(id: str, default: str | None = None, **keywords: object) -> Element:
    return _gateway("inclusiveGateway", id, default, keywords)


def parallel_gateway(id: str, **keywords: object) -> Element:
    return element("parallelGateway", id, **keywords)


def event_based_gateway(id: str, **keywords: object) -> Element:
    return element("eventBasedGateway", id, **keywords)


def message(name: str) -> Element:
    """A message event definition."""
    return _definition("message", "messageRef", MESSAGE_PREFIX + name)


def error(code: str | None = None, **camunda: str) -> Element:
    """An error event definition; without a code it catches any error."""
    node = _definition("error", "errorRef", None if code is None else ERROR_PREFIX + code)
    for name, value in camunda.items():
        node.set(f"{{{CAMUNDA}}}{_camel_case(name)}", value)
    return node


def terminate() -> Element:
    return _definition("terminate")


def condition(expression: str) -> Element:
    """A conditional event definition."""
    node = _definition("conditional")
    node.append(_text("condition", expression))
    return node


def timer(*, date: str = "", duration: str = "", cycle: str = "") -> Element:
    """A timer event definition of one of the three kinds."""
    node = _definition("timer")
    for tag, text in (("timeDate", date), ("timeDuration", duration), ("timeCycle", cycle)):
        if text:
            node.append(_text(tag, text))
    return node


def multi_instance(
    collection: str | None = None,
    item: str | None = None,
    *,
    cardinality: str | None = None,
    sequential: bool = False,
    results: str | None = None,
    result: str | None = None,
    until: str | None = None,
) -> Element:
    """Multi-instance characteristics, a part of an activity.

    Each instance's `result` goes into the list `results`; `until` is the completion condition.
    """
    node = etree.Element(f"{{{BPMN}}}multiInstanceLoopCharacteristics", nsmap=NAMESPACES)
    node.set("isSequential", _boolean(sequential))
    if collection:
        node.set(f"{{{CAMUNDA}}}collection", collection)
    if item:
        node.set(f"{{{CAMUNDA}}}elementVariable", item)
    if cardinality:
        node.append(_text("loopCardinality", cardinality))
    if results:
        node.append(_text("loopDataOutputRef", results))
    if result:
        output = etree.SubElement(node, f"{{{BPMN}}}outputDataItem")
        output.set("name", result)
    if until:
        node.append(_text("completionCondition", until))
    return node


def flow(source: str, target: str, condition: str | None = None, id: str | None = None) -> Element:
    """A sequence flow; without an id it gets one."""
    node = etree.Element(f"{{{BPMN}}}sequenceFlow", nsmap=NAMESPACES)
    node.set("id", id or f"flow_{next(_flow_numbers)}")
    node.set("sourceRef", source)
    node.set("targetRef", target)
    if condition is not None:
        expression = _text("conditionExpression", condition)
        expression.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        node.append(expression)
    return node


def path(*ids: str) -> list[Element]:
    """Flows from each element to the next."""
    return [flow(source, target) for source, target in pairwise(ids)]


def _gateway(tag: str, id: str, default: str | None, keywords: Mapping[str, object]) -> Element:
    node = element(tag, id, **keywords)
    if default is not None:
        node.set("default", default)
    return node


def _definition(kind: str, attribute: str = "", value: str | None = None) -> Element:
    node = etree.Element(f"{{{BPMN}}}{kind}EventDefinition", nsmap=NAMESPACES)
    if value is not None:
        node.set(attribute, value)
    return node


def _text(tag: str, text: str) -> Element:
    node = etree.Element(f"{{{BPMN}}}{tag}", nsmap=NAMESPACES)
    node.text = text
    return node


def _extensions(
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    properties: Mapping[str, str],
    names: Mapping[str, str],
) -> Element:
    node = etree.Element(f"{{{BPMN}}}extensionElements", nsmap=NAMESPACES)
    if inputs or outputs:
        mapping = etree.SubElement(node, f"{{{CAMUNDA}}}inputOutput")
        for tag, parameters in (("inputParameter", inputs), ("outputParameter", outputs)):
            for name, value in parameters.items():
                parameter = etree.SubElement(mapping, f"{{{CAMUNDA}}}{tag}")
                parameter.set("name", name)
                parameter.text = value
    if properties:
        listed = etree.SubElement(node, f"{{{CAMUNDA}}}properties")
        for name, value in properties.items():
            item = etree.SubElement(listed, f"{{{CAMUNDA}}}property")
            item.set("name", name)
            item.set("value", value)
    for language, name in names.items():
        translation = etree.SubElement(node, f"{{{I18N}}}translation")
        translation.set("{http://www.w3.org/XML/1998/namespace}lang", language)
        translation.text = name
    return node


def _references(nodes: tuple[Element, ...], attribute: str) -> set[str]:
    return {str(each.get(attribute)) for each in _all(nodes) if each.get(attribute)}


def _all(nodes: tuple[Element, ...]) -> Iterator[Element]:
    for node in nodes:
        yield from node.iter()


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
