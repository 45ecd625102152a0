"""Who writes which variable of a process: forms, handlers, mappings, messages, inputs.

Not in which order: a variable counts as written if anything in the process can write it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.diagram.dialect import read_list
from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.form_schemas import form_field_types
from engine.diagram.surroundings import Surroundings
from engine.diagram.value_types import JsonTypes, of_form_field, of_python
from engine.feel import Expression, ExpressionSyntaxError, find_expressions

ALWAYS_THERE = frozenset({"businessKey"})
IN_LOOPS = frozenset(
    {"loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"}
)

DECISION_RESULT = "decisionResult"
"""What output parameters of a business rule task see of the decision."""

RESULT_TYPES: Mapping[str, JsonTypes] = {
    "singleResult": frozenset({"object"}),
    "collectEntries": frozenset({"array"}),
    "resultList": frozenset({"array"}),
}
"""What the resultVariable of a business rule task holds, by mapDecisionResult."""


def readable_expressions(text: str) -> tuple[Expression, ...]:
    """The expressions in a text, none where they can't be parsed: another rule says so."""
    try:
        return find_expressions(text)
    except ExpressionSyntaxError:
        return ()


@dataclass(frozen=True)
class Writer:
    """An element (or the process, for its inputs) that writes a variable, and of which types."""

    id: str
    types: JsonTypes | None = None


@dataclass
class WrittenVariables:
    """The variables of a process that something writes.

    `unknown` are the elements that may write variables which can't be known before they do:
    remote workers, tasks without a form. What a completion check gives its element names in the
    property `gives`.
    """

    writers: dict[str, list[Writer]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def add(self, name: str | None, writer: Writer) -> None:
        if name:
            self.writers.setdefault(name, []).append(writer)


def written_variables(
    diagram: Diagram, process: ProcessFacts, surroundings: Surroundings
) -> WrittenVariables:
    """All that anything in the process, or its start, may write outside of local scopes."""
    written = WrittenVariables()
    for name in process.inputs:
        written.add(name, Writer(process.id))
    for element in process.elements.values():
        _add_element(written, diagram, element, surroundings)
    return written


def local_names(process: ProcessFacts, element: ElementFacts) -> Mapping[str, str]:
    """Names in the local scopes around an element, with the element that opens each scope."""
    names: dict[str, str] = {}
    for holder in (element, *process.scopes_of(element)):
        loop = holder.multi_instance
        for name in holder.input_parameters:
            names.setdefault(name, holder.id)
        if loop is not None:
            of_item = (loop.element_variable, loop.output_element)
            for name in (*IN_LOOPS, *(each for each in of_item if each is not None)):
                names.setdefault(name, holder.id)
    return names


def _add_element(
    written: WrittenVariables, diagram: Diagram, element: ElementFacts, known: Surroundings
) -> None:
    if element.catches_message and not element.output_parameters:
        _add_payload(written, diagram, element)
    if element.type in ("userTask", "startEvent"):
        _add_form(written, element, known)
    if element.topic is not None:
        _add_handler(written, element, known)
    for name in read_list(element.properties.get("gives")):
        written.add(name, Writer(element.id))
    if element.decision_ref is not None:
        types = RESULT_TYPES.get(element.map_decision_result)
        written.add(element.result_variable, Writer(element.id, types))
    if element.type == "callActivity":
        _add_call(written, element)
    for definition in element.event_definitions:
        written.add(definition.error_code_variable, Writer(element.id, frozenset({"string"})))
        written.add(definition.error_message_variable, Writer(element.id, frozenset({"string"})))
    if element.multi_instance is not None:
        written.add(
            element.multi_instance.output_collection, Writer(element.id, frozenset({"array"}))
        )
    for name in element.output_parameters:
        written.add(name, Writer(element.id))


def _add_payload(written: WrittenVariables, diagram: Diagram, element: ElementFacts) -> None:
    """The payload is known where the same diagram throws the message."""
    for process in diagram.processes.values():
        for thrower in process.elements.values():
            if thrower.throws_message and thrower.message_name == element.message_name:
                for name in thrower.input_parameters:
                    written.add(name, Writer(element.id))


def _add_form(written: WrittenVariables, element: ElementFacts, known: Surroundings) -> None:
    for form_field in element.form_fields:
        written.add(form_field.id, Writer(element.id, of_form_field(form_field.type)))
    if element.form_key is not None:
        form = known.resources.get(element.form_key)
        if form is None:
            written.unknown.append(element.id)
        else:
            for name, types in form_field_types(form).items():
                written.add(name, Writer(element.id, types))
    elif element.type == "userTask" and not element.form_fields:
        written.unknown.append(element.id)


def _add_handler(written: WrittenVariables, element: ElementFacts, known: Surroundings) -> None:
    contract = (known.topics or {}).get(element.topic or "")
    if contract is None:
        written.unknown.append(element.id)
        return
    for name, hint in contract.gives.items():
        written.add(name, Writer(element.id, of_python(hint)))


def _add_call(written: WrittenVariables, element: ElementFacts) -> None:
    for mapping in element.out_mappings:
        if mapping.all_variables:
            written.unknown.append(element.id)
        written.add(mapping.target, Writer(element.id))
