"""A boundary event sits on an activity of its own scope and is entered by its trigger only."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.parts import ACTIVITIES
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

DETACHED = Wording(
    en="Expected the boundary event {id} to be attached to an activity, but it is to none.",
    ru="Ожидалось, что граничное событие {id} прикреплено к действию, но это не так.",
    kk="{id} шекаралық оқиғасы әрекетке бекітілуі керек, бірақ бекітілмеген.",
)
WRONG_HOST = Wording(
    en="Expected {id} to be attached to an activity, but {host} is a {type}.",
    ru="Ожидалось, что {id} прикреплено к действию, но {host} это {type}.",
    kk="{id} әрекетке бекітілуі керек, бірақ {host} элементі {type}.",
)
ELSEWHERE = Wording(
    en="Expected {id} to be in the same sub-process as {host}, but it is not.",
    ru="Ожидалось, что {id} находится в одном подпроцессе с {host}, но это не так.",
    kk="{id} мен {host} бір ішкі процесте болуы керек, бірақ олай емес.",
)
INCOMING = Wording(
    en="Expected no flow into the boundary event {id}, but {flow} leads there.",
    ru="Ожидалось, что в граничное событие {id} поток не входит, но {flow} входит.",
    kk="{id} шекаралық оқиғасына ағын кірмеуі керек, бірақ {flow} кіреді.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each boundary event."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.type == "boundaryEvent":
                yield from _check_boundary(process, element)


def _check_boundary(process: ProcessFacts, event: ElementFacts) -> Iterator[Finding]:
    for flow in event.incoming:
        yield at(event, INCOMING, flow=flow)
    host = process.elements.get(event.attached_to) if event.attached_to else None
    if host is None:
        yield at(event, DETACHED)
    elif host.type not in ACTIVITIES or host.is_event_sub_process:
        kind = "event sub-process" if host.is_event_sub_process else host.type
        yield at(event, WRONG_HOST, host=host.id, type=kind)
    elif host.parent != event.parent:
        yield at(event, ELSEWHERE, host=host.id)


RULE = Rule("boundary-event", check)
