"""Only events that run as BPMN says are let in: which trigger may stand where.

Signals, escalations, compensation, links and cancel events are parsed by the stock engine and
then do nothing or the wrong thing; several triggers in one event likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.namespaces import bpmn
from engine.diagram.parts import EVENTS
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

NONE = ""
POSITIONS: Mapping[str, frozenset[str]] = {
    "start event": frozenset({NONE, "message"}),
    "start event of a sub-process": frozenset({NONE, "message", "timer", "error", "conditional"}),
    "start event of an event sub-process": frozenset(
        {NONE, "message", "timer", "error", "conditional"}
    ),
    "intermediate catch event": frozenset({"message", "timer", "conditional"}),
    "intermediate throw event": frozenset({NONE, "message"}),
    "end event": frozenset({NONE, "message", "error", "terminate"}),
    "boundary event": frozenset({"message", "timer", "conditional", "error"}),
}
"""Triggers that run, by position. A sub-process's triggered start is judged by `start-event`."""

NOT_EXECUTED = Wording(
    en="Expected {id} to have a trigger that a {position} may have here ({allowed}), "
    "but {kind} is not executed there.",
    ru="Ожидалось, что у {id} допустимый здесь триггер ({allowed}), "
    "но {kind} здесь не исполняется.",
    kk="{id} оқиғасында мұнда рұқсат етілген триггер болуы керек ({allowed}), "
    "бірақ {kind} мұнда орындалмайды.",
)
SEVERAL = Wording(
    en="Expected one trigger at {id}, but it has {count}; draw one event for each.",
    ru="Ожидался один триггер у {id}, но их {count}; нарисуйте событие для каждого.",
    kk="{id} оқиғасында бір триггер болуы керек, бірақ олар {count}; әрқайсысына оқиға салыңыз.",
)
BY_REFERENCE = Wording(
    en="Expected the trigger of {id} inside the event, but it is an eventDefinitionRef, "
    "which is not read.",
    ru="Ожидался триггер внутри события {id}, но это eventDefinitionRef, который не читается.",
    kk="{id} триггері оқиғаның ішінде болуы керек, бірақ eventDefinitionRef оқылмайды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each event."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.type in EVENTS:
                yield from _check_event(diagram, process, element)


def _check_event(diagram: Diagram, process: ProcessFacts, event: ElementFacts) -> Iterator[Finding]:
    xml = diagram.xml_by_id.get(event.id)
    if xml is not None and xml.find(bpmn("eventDefinitionRef")) is not None:
        yield at(event, BY_REFERENCE)
        return
    if len(event.event_definitions) > 1:
        yield at(event, SEVERAL, count=len(event.event_definitions))
        return
    position = position_of(process, event)
    allowed = POSITIONS[position]
    kind = event.event or NONE
    if kind not in allowed:
        yield at(
            event,
            NOT_EXECUTED,
            position=position,
            kind=kind or "none",
            allowed=", ".join(sorted(each or "none" for each in allowed)),
        )


def position_of(process: ProcessFacts, event: ElementFacts) -> str:
    """What an event is by where it stands: a key of POSITIONS."""
    if event.type == "startEvent":
        host = process.elements.get(event.parent) if event.parent else None
        if host is None:
            return "start event"
        if host.is_event_sub_process:
            return "start event of an event sub-process"
        return "start event of a sub-process"
    return {
        "intermediateCatchEvent": "intermediate catch event",
        "intermediateThrowEvent": "intermediate throw event",
        "endEvent": "end event",
        "boundaryEvent": "boundary event",
    }[event.type]


RULE = Rule("supported-event", check)
