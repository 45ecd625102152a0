"""A multi-instance says how often: for each item of a collection, or a number of times."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.namespaces import bpmn, text_of
from engine.diagram.parts import MultiInstance
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

ONE = Wording(
    en="Expected {id} to have either a collection or a loopCardinality, but it has {count}.",
    ru="Ожидалось, что у {id} есть либо collection, либо loopCardinality, но их {count}.",
    kk="{id} элементінде не collection, не loopCardinality болуы керек, бірақ олар {count}.",
)
NO_ITEM = Wording(
    en="Expected a collection for the elementVariable of {id}, but there is none.",
    ru="Ожидалась коллекция для elementVariable у {id}, но её нет.",
    kk="{id} элементінің elementVariable үшін жинақ керек, бірақ ол жоқ.",
)
SAME_NAME = Wording(
    en="Expected the item of {id} to have a name of its own, "
    "but it is '{name}' like the collection.",
    ru="Ожидалось, что элемент у {id} назван иначе, чем коллекция, но оба «{name}».",
    kk="{id} элементіндегі дана атауы жинақтан өзгеше болуы керек, бірақ екеуі де «{name}».",
)
OUTPUT = Wording(
    en="Expected {id} to name both the list of results and the item of it, but one is missing.",
    ru="Ожидалось, что {id} называет и список результатов, и его элемент, но чего-то нет.",
    kk="{id} нәтижелер тізімін де, оның данасын да атауы керек, бірақ бірі жоқ.",
)
UNRESOLVED = Wording(
    en="Expected '{reference}', the list of {id}, to be the id of a data object of the diagram: "
    "a modeler that opens the file drops a reference to nothing.",
    ru="Ожидалось, что «{reference}», список у {id}, это id объекта данных диаграммы: "
    "редактор, открыв файл, теряет ссылку в никуда.",
    kk="{id} элементінің «{reference}» тізімі диаграмманың дерек нысанының id белгісі болуы керек: "
    "редактор файлды ашқанда бос сілтемені жоғалтады.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each multi-instance activity."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.multi_instance is not None:
                yield from _check_loop(element, element.multi_instance)
                yield from _check_references(diagram, element, element.multi_instance)


def _check_loop(element: ElementFacts, loop: MultiInstance) -> Iterator[Finding]:
    ways = (loop.collection is not None) + (loop.cardinality is not None)
    if ways != 1:
        yield at(element, ONE, line=loop.line, count=ways)
    elif loop.element_variable is not None and loop.collection is None:
        yield at(element, NO_ITEM, line=loop.line)
    elif loop.element_variable is not None and loop.element_variable == loop.collection:
        yield at(element, SAME_NAME, line=loop.line, name=loop.collection)
    if (loop.output_collection is None) != (loop.output_element is None):
        yield at(element, OUTPUT, line=loop.line)


def _check_references(
    diagram: Diagram, element: ElementFacts, loop: MultiInstance
) -> Iterator[Finding]:
    xml = diagram.xml_by_id.get(element.id)
    if xml is None:
        return
    for tag in ("loopDataInputRef", "loopDataOutputRef"):
        reference = text_of(xml.find(f"{bpmn('multiInstanceLoopCharacteristics')}/{bpmn(tag)}"))
        if reference is not None and reference not in diagram.xml_by_id:
            yield at(element, UNRESOLVED, line=loop.line, severity="warning", reference=reference)


RULE = Rule("multi-instance", check)
