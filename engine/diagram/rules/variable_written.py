"""The variables that expressions read are written by something: a warning where they are not.

A missing variable is an error when the expression is evaluated, and the instance stops there.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.expressions import ExpressionUse, expressions_of
from engine.diagram.facts import Diagram, ProcessFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.diagram.variables import (
    ALWAYS_THERE,
    DECISION_RESULT,
    local_names,
    readable_expressions,
    written_variables,
)
from engine.near_names import or_meant

WORDING = Wording(
    en="Expected something to write the variable {variable}, which {place} of {id} reads, "
    "but nothing in the diagram does{near}",
    ru="Ожидалось, что переменную {variable} ({place} у {id}) кто-то пишет, "
    "но в диаграмме её никто не пишет{near}",
    kk="{variable} айнымалысын ({id}, {place}) бірдеңе жазуы керек, "
    "бірақ диаграммада оны ешкім жазбайды{near}",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One warning for each variable that an expression reads and nothing can have written."""
    for process in diagram.executable:
        written = written_variables(diagram, process, surroundings)
        if written.unknown:
            continue
        for use in expressions_of(process):
            known = ALWAYS_THERE | written.writers.keys() | _names_here(diagram, process, use)
            for name in sorted(set(_names_read(use)) - known):
                near = or_meant(name, known)
                yield at(
                    use, WORDING, severity="warning", variable=name, place=use.place, near=near
                )


def _names_read(use: ExpressionUse) -> Iterator[str]:
    """The variables read, but for those whose absence is asked for with `is_set`."""
    if use.form == "variable" and use.text.isidentifier():
        yield use.text
    for expression in readable_expressions(use.text):
        yield from expression.names - expression.tested_names


def _names_here(diagram: Diagram, process: ProcessFacts, use: ExpressionUse) -> set[str]:
    """Names in the local scopes at the expression's place; a payload is local to its event."""
    element = process.elements.get(use.id)
    if element is None:
        flow = process.flows.get(use.id)
        element = process.elements.get(flow.source) if flow is not None else None
        if element is None or element.parent is None:
            return set()
        return set(local_names(process, process.elements[element.parent]))
    names = set(local_names(process, element))
    if use.place.startswith("parameter "):
        names |= _payload_names(diagram, process, use)
        if element.decision_ref is not None:
            names.add(DECISION_RESULT)
    return names


def _payload_names(diagram: Diagram, process: ProcessFacts, use: ExpressionUse) -> set[str]:
    element = process.elements[use.id]
    if not element.catches_message:
        return set()
    return {
        name
        for other in diagram.processes.values()
        for thrower in other.elements.values()
        if thrower.throws_message and thrower.message_name == element.message_name
        for name in thrower.input_parameters
    }


RULE = Rule("variable-written", check)
