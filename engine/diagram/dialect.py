"""The Camunda dialect: what attributes and extension elements say beyond plain BPMN."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.diagram.namespaces import bpmn, camunda, is_true, text_of
from engine.diagram.parts import FormField, MultiInstance, VariableMapping

_ASSIGNED = f"{bpmn('resourceAssignmentExpression')}/{bpmn('formalExpression')}"
_USER = re.compile(r"user\(\s*([^()]+?)\s*\)")
_GROUP = re.compile(r"group\(\s*([^()]+?)\s*\)")
_TOPIC_EXPRESSION = re.compile(r"\$\{\s*([\w.\-]+)\s*\}")


def extensions(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The Camunda extension elements of one kind, directly in the element's extensionElements."""
    return element.iterfind(f"{bpmn('extensionElements')}/{camunda(name)}")


def read_properties(element: etree._Element) -> dict[str, str]:
    """The `camunda:property` pairs of an element."""
    found: dict[str, str] = {}
    for properties in extensions(element, "properties"):
        found.update(_pairs(properties))
    return found


def read_list(text: str | None) -> tuple[str, ...]:
    """A comma list; an expression with commas in it stays whole."""
    if not text:
        return ()
    parts: list[str] = []
    depth = start = 0
    for position, character in enumerate(text):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "," and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return tuple(part.strip() for part in parts if part.strip())


@dataclass(frozen=True)
class Owners:
    """Who may carry out a user task."""

    assignee: str | None
    groups: tuple[str, ...]
    users: tuple[str, ...]


def read_owners(element: etree._Element) -> Owners:
    """The owners, from Camunda's attributes and from BPMN's humanPerformer and potentialOwner.

    A potential owner is `user(name)` or `group(name)`; a bare name is a group.
    """
    groups = list(read_list(element.get(camunda("candidateGroups"))))
    users = list(read_list(element.get(camunda("candidateUsers"))))
    assignee = (element.get(camunda("assignee")) or "").strip() or None
    for performer in element.iterfind(bpmn("humanPerformer")):
        assignee = assignee or text_of(performer.find(_ASSIGNED))
    for owner in element.iterfind(bpmn("potentialOwner")):
        for name in read_list(text_of(owner.find(_ASSIGNED))):
            user = _USER.fullmatch(name)
            group = _GROUP.fullmatch(name)
            if user is not None:
                users.append(user[1])
            else:
                groups.append(group[1] if group is not None else name)
    return Owners(assignee, tuple(groups), tuple(users))


def read_topic(element: etree._Element) -> str | None:
    """The topic of an external task; `delegateExpression="${name}"` is read as topic `name`.

    A message throw or message end event may carry them on its event definition.
    """
    for holder in (element, *element.iterfind(bpmn("messageEventDefinition"))):
        topic = (holder.get(camunda("topic")) or "").strip()
        if topic:
            return topic
        delegate = _TOPIC_EXPRESSION.fullmatch(
            (holder.get(camunda("delegateExpression")) or "").strip()
        )
        if delegate:
            return delegate[1]
    return None


@dataclass(frozen=True)
class CalledDecision:
    """The decision that a business rule task asks for, and what becomes of its result."""

    decision: str | None
    binding: str
    version: str | None
    version_tag: str | None
    mapping: str
    result_variable: str | None


def read_decision(element: etree._Element) -> CalledDecision:
    """The decision of a business rule task; without one, `decision` is None."""

    def text(name: str) -> str | None:
        return (element.get(camunda(name)) or "").strip() or None

    return CalledDecision(
        text("decisionRef"),
        text("decisionRefBinding") or "latest",
        text("decisionRefVersion"),
        text("decisionRefVersionTag"),
        text("mapDecisionResult") or "resultList",
        text("resultVariable"),
    )


def read_parameters(element: etree._Element, name: str) -> dict[str, str]:
    """The `inputParameter` or `outputParameter` texts by variable name, in order."""
    return {
        parameter.get("name", ""): text_of(parameter) or ""
        for mapping in extensions(element, "inputOutput")
        for parameter in mapping.iterfind(camunda(name))
    }


def read_mappings(element: etree._Element, name: str) -> tuple[VariableMapping, ...]:
    """The `camunda:in` or `camunda:out` mappings of a call activity, in order."""
    return tuple(
        VariableMapping(
            line=mapping.sourceline,
            source=mapping.get("source") or None,
            source_expression=mapping.get("sourceExpression") or None,
            target=mapping.get("target") or None,
            all_variables=mapping.get("variables") == "all",
            business_key=mapping.get("businessKey") or None,
            local=is_true(mapping.get("local")),
        )
        for mapping in extensions(element, name)
    )


def read_form_fields(element: etree._Element) -> tuple[FormField, ...]:
    """The fields of `camunda:formData`, in order."""
    return tuple(
        _read_form_field(form_field)
        for data in extensions(element, "formData")
        for form_field in data.iterfind(camunda("formField"))
    )


def _read_form_field(element: etree._Element) -> FormField:
    properties: dict[str, str] = {}
    for holder in element.iterfind(camunda("properties")):
        properties.update(_pairs(holder))
    return FormField(
        id=element.get("id", ""),
        line=element.sourceline,
        type=element.get("type") or "string",
        label=element.get("label") or None,
        default=element.get("defaultValue"),
        choices=tuple(
            (choice.get("id", ""), choice.get("name") or choice.get("id", ""))
            for choice in element.iterfind(camunda("value"))
        ),
        constraints=tuple(
            (constraint.get("name", ""), constraint.get("config"))
            for constraint in element.iterfind(f"{camunda('validation')}/{camunda('constraint')}")
        ),
        properties=properties,
    )


def read_multi_instance(element: etree._Element) -> MultiInstance | None:
    """The multi-instance of an activity, in Camunda's or in plain BPMN's way of writing it."""
    loop = element.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        return None
    return MultiInstance(
        line=loop.sourceline,
        sequential=is_true(loop.get("isSequential")),
        collection=loop.get(camunda("collection")) or text_of(loop.find(bpmn("loopDataInputRef"))),
        element_variable=loop.get(camunda("elementVariable"))
        or _item_name(loop.find(bpmn("inputDataItem"))),
        cardinality=text_of(loop.find(bpmn("loopCardinality"))),
        completion_condition=text_of(loop.find(bpmn("completionCondition"))),
        output_collection=text_of(loop.find(bpmn("loopDataOutputRef"))),
        output_element=_item_name(loop.find(bpmn("outputDataItem"))),
    )


def _item_name(item: etree._Element | None) -> str | None:
    if item is None:
        return None
    return item.get("name") or None


def _pairs(holder: etree._Element) -> Iterator[tuple[str, str]]:
    for pair in holder.iterfind(camunda("property")):
        name = pair.get("name") or pair.get("id")
        if name:
            yield name.strip(), pair.get("value", "").strip()
