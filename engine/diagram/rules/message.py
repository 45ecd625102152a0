"""Whoever sends or waits for a message says which: a message of the diagram, with a name.

The stock engine lets a receive task without a message pass at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

MISSING = Wording(
    en="Expected {id} to refer to a message, but it refers to none.",
    ru="Ожидалось, что {id} ссылается на сообщение, но ссылки нет.",
    kk="{id} хабарламаға сілтеуі керек, бірақ сілтеме жоқ.",
)
UNKNOWN = Wording(
    en="Expected {id} to refer to a message of the diagram, but '{reference}' is none.",
    ru="Ожидалось, что {id} ссылается на сообщение диаграммы, но «{reference}» не сообщение.",
    kk="{id} диаграмманың хабарламасына сілтеуі керек, бірақ «{reference}» хабарлама емес.",
)
NAMELESS = Wording(
    en="Expected the message {reference} of {id} to have a name, but it has none.",
    ru="Ожидалось, что у сообщения {reference} ({id}) есть имя, но его нет.",
    kk="{reference} хабарламасының ({id}) атауы болуы керек, бірақ ол жоқ.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each sender or receiver without a named message."""
    for process in diagram.executable:
        for element in process.elements.values():
            needed, reference, line = _reference(diagram, element)
            if not needed or element.message_name is not None:
                continue
            if not reference:
                yield at(element, MISSING, line=line)
            elif reference not in diagram.messages:
                yield at(element, UNKNOWN, line=line, reference=reference)
            else:
                yield at(element, NAMELESS, line=line, reference=reference)


def _reference(diagram: Diagram, element: ElementFacts) -> tuple[bool, str | None, int]:
    """Whether the element needs a message, what it refers to, and on which line."""
    for definition in element.event_definitions:
        if definition.kind == "message":
            return element.topic is None, definition.reference, definition.line
    xml = diagram.xml_by_id.get(element.id)
    reference = xml.get("messageRef") if xml is not None else None
    sends = element.type == "sendTask" and element.topic is None and reference is not None
    return element.type == "receiveTask" or sends, reference, element.line


RULE = Rule("message", check)
