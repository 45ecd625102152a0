"""Every place of a process where an expression may stand, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.diagram.facts import ElementFacts, ProcessFacts

BUSINESS_KEY = "businessKey"
FOLLOW_UP_DATE = "followUpDate"

Form = Literal["expression", "text", "number", "variable"]


@dataclass(frozen=True)
class ExpressionUse:
    """A text that is evaluated. `id` and `line` say where, `place` what it is there.

    `form`: "expression" must be `${…}`; "text" may be plain, a template or an expression; "number"
    is a whole number or an expression; "variable" is a variable's name or an expression.
    """

    id: str
    line: int
    place: str
    text: str
    form: Form


def expressions_of(process: ProcessFacts) -> Iterator[ExpressionUse]:
    """Every such text of a process and its elements."""
    for name in ("title", "unit", "party", BUSINESS_KEY):
        if process.properties.get(name):
            yield ExpressionUse(process.id, process.line, name, process.properties[name], "text")
    for flow in process.flows.values():
        if flow.condition is not None:
            yield ExpressionUse(flow.id, flow.line, "condition", flow.condition, "expression")
    for element in process.elements.values():
        yield from _of_element(element)


def _of_element(element: ElementFacts) -> Iterator[ExpressionUse]:
    def use(place: str, text: str | None, form: Form, line: int = 0) -> Iterator[ExpressionUse]:
        if text:
            yield ExpressionUse(element.id, line or element.line, place, text, form)

    yield from use("assignee", element.assignee, "text")
    for group in element.candidate_groups:
        yield from use("candidateGroups", group, "text")
    for user in element.candidate_users:
        yield from use("candidateUsers", user, "text")
    yield from use("dueDate", element.due_date, "text")
    yield from use(FOLLOW_UP_DATE, element.follow_up_date, "text")
    yield from use("priority", element.priority, "number")
    yield from use("decisionRef", element.decision_ref, "text")
    yield from use("decisionRefVersion", element.decision_ref_version, "number")
    yield from use("decisionRefVersionTag", element.decision_ref_version_tag, "text")
    yield from use("correlationKey", element.correlation_key, "text")
    yield from use("signatureDocument", element.signature_document, "expression")
    yield from use("signatureRequired", element.signature_required, "expression")
    yield from use("signatureRepresentative", element.signature_representative, "expression")
    yield from use("remarks", element.remarks, "expression")
    yield from use("earlier", element.earlier, "expression")
    for definition in element.event_definitions:
        yield from use("condition", definition.condition, "expression", definition.line)
        for timer in definition.timers:
            yield from use("timer", timer.text, "text", timer.line)
    for name, text in (*element.input_parameters.items(), *element.output_parameters.items()):
        yield from use(f"parameter {name}", text, "text")
    for mapping in (*element.in_mappings, *element.out_mappings):
        yield from use("mapping", mapping.source_expression, "expression", mapping.line)
        yield from use("businessKey", mapping.business_key, "text", mapping.line)
    loop = element.multi_instance
    if loop is not None:
        yield from use("collection", loop.collection, "variable", loop.line)
        yield from use("loopCardinality", loop.cardinality, "number", loop.line)
        yield from use("completionCondition", loop.completion_condition, "expression", loop.line)
