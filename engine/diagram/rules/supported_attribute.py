"""BPMN attributes that change the execution and are not carried out are refused.

Read and ignored they would make a diagram mean one thing and do another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from engine.diagram.facts import Diagram
from engine.diagram.namespaces import bpmn, bpmn_name, is_true
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en='Expected {id} without {attribute}="{value}": {reason[en]}.',
    ru="Ожидалось, что у {id} нет {attribute}=«{value}»: {reason[ru]}.",
    kk="{id} элементінде {attribute}=«{value}» болмауы керек: {reason[kk]}.",
)
QUANTITY = Wording(
    en="a token is counted once only",
    ru="токен считается только один раз",
    kk="токен тек бір рет саналады",
)
COMPENSATION = Wording(
    en="compensation is not executed",
    ru="компенсация не исполняется",
    kk="өтеу орындалмайды",
)
INSTANTIATE = Wording(
    en="an instance begins at a start event only",
    ru="экземпляр начинается только со стартового события",
    kk="дана тек бастапқы оқиғадан басталады",
)
PARALLEL_EVENTS = Wording(
    en="an event-based gateway waits for the first event only",
    ru="событийный шлюз ждёт только первого события",
    kk="оқиғалық шлюз тек бірінші оқиғаны күтеді",
)
BEHAVIOR = Wording(
    en="no events are thrown when single items end",
    ru="по окончании отдельных элементов события не создаются",
    kk="жеке элементтер біткенде оқиғалар жасалмайды",
)


REFUSED: dict[str, tuple[Callable[[str], bool], Wording]] = {
    "startQuantity": (lambda value: value.strip() != "1", QUANTITY),
    "completionQuantity": (lambda value: value.strip() != "1", QUANTITY),
    "isForCompensation": (is_true, COMPENSATION),
    "instantiate": (is_true, INSTANTIATE),
    "eventGatewayType": (lambda value: value.strip() != "Exclusive", PARALLEL_EVENTS),
    "parallelMultiple": (is_true, PARALLEL_EVENTS),
    "behavior": (lambda value: value.strip() != "All", BEHAVIOR),
}


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each such attribute of an executable process."""
    for process in diagram.executable_xml:
        for element in process.iter(bpmn("*")):
            yield from _check_element(element)


def _check_element(element: etree._Element) -> Iterator[Finding]:
    for attribute, value in element.attrib.items():
        refused = REFUSED.get(attribute)
        if refused is None or bpmn_name(element) == "extensionElements":
            continue
        applies, reason = refused
        if applies(value):
            reasons = {"en": reason.en, "ru": reason.ru, "kk": reason.kk}
            yield at_xml(element, WORDING, attribute=attribute, value=value, reason=reasons)


RULE = Rule("supported-attribute", check)
