"""An event sub-process begins by exactly one event with a trigger, never by a flow.

BPMN 2.0, 10.3.5. With a plain start event or several it would never begin, or begin unasked.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

ONE_START = Wording(
    en="Expected the event sub-process {id} to have one start event, but it has {count}.",
    ru="Ожидалось, что в событийном подпроцессе {id} одно стартовое событие, но их {count}.",
    kk="{id} оқиғалық ішкі процесінде бір бастапқы оқиға болуы керек, бірақ олар {count}.",
)
NO_TRIGGER = Wording(
    en="Expected the start event {id} of an event sub-process to have a trigger: "
    "a message, a timer, a condition or an error.",
    ru="Ожидалось, что у старта {id} событийного подпроцесса есть триггер: "
    "сообщение, таймер, условие или ошибка.",
    kk="Оқиғалық ішкі процестің {id} бастауында триггер болуы керек: "
    "хабарлама, таймер, шарт немесе қате.",
)
FLOWS = Wording(
    en="Expected no sequence flow at the event sub-process {id}, but {flow} touches it.",
    ru="Ожидалось, что событийный подпроцесс {id} без потоков, но {flow} касается его.",
    kk="{id} оқиғалық ішкі процесінде ағын болмауы керек, бірақ {flow} оған тиеді.",
)
REPEATED = Wording(
    en="Expected the event sub-process {id} without multi-instance, but it has it.",
    ru="Ожидалось, что событийный подпроцесс {id} не многократный, но он многократный.",
    kk="{id} оқиғалық ішкі процесі көп еселі болмауы керек, бірақ ол көп еселі.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each event sub-process."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.is_event_sub_process:
                yield from _check_sub_process(process, element)


def _check_sub_process(process: ProcessFacts, element: ElementFacts) -> Iterator[Finding]:
    for flow in (*element.incoming, *element.outgoing):
        yield at(element, FLOWS, flow=flow)
    if element.multi_instance is not None:
        yield at(element, REPEATED)
    starts = [each for each in process.inside(element.id) if each.type == "startEvent"]
    if len(starts) != 1:
        yield at(element, ONE_START, count=len(starts))
    elif not starts[0].event_definitions:
        yield at(starts[0], NO_TRIGGER)


RULE = Rule("event-sub-process", check)
