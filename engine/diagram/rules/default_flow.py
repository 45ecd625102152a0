"""A default flow leaves its gateway or activity and has no condition (BPMN 2.0, 8.3.13).

It is taken when no other is; a condition on it would never be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.parts import GATEWAYS
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.rules.conditional_flow import CHOOSING
from engine.diagram.surroundings import Surroundings

CONDITION = Wording(
    en="Expected the default flow {flow} of {id} to have no condition, but it has one.",
    ru="Ожидалось, что у потока по умолчанию {flow} из {id} нет условия, но оно есть.",
    kk="{id} шлюзінің әдепкі {flow} ағынында шарт болмауы керек, бірақ ол бар.",
)
FOREIGN = Wording(
    en="Expected the default flow of {id} to leave it, but {flow} doesn't.",
    ru="Ожидалось, что поток по умолчанию выходит из {id}, но {flow} не выходит.",
    kk="Әдепкі ағын {id} элементінен шығуы керек, бірақ {flow} одан шықпайды.",
)
MISPLACED = Wording(
    en="Expected no default flow at {id}: a {type} takes all of its flows.",
    ru="У {id} поток по умолчанию не ожидался: {type} выбирает все свои потоки.",
    kk="{id} элементінде әдепкі ағын болмауы керек: {type} барлық ағынын таңдайды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each element whose default flow is not a plain way out of it."""
    for process in diagram.executable:
        for element in process.elements.values():
            default = element.default_flow
            if default is None:
                continue
            if element.type in GATEWAYS - CHOOSING:
                yield at(element, MISPLACED, type=element.type)
            elif default not in element.outgoing:
                yield at(element, FOREIGN, flow=default)
            elif process.flows[default].condition is not None:
                yield at(element, CONDITION, flow=default)


RULE = Rule("default-flow", check)
