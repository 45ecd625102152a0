"""Ids are unique in a file (BPMN 2.0, clause 8.3.1).

Of two elements with one id only one would be executed, and which one nobody could say.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.diagram.facts import Diagram
from engine.diagram.namespaces import bpmn_name
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected the id {id} once in the file, but it is on line {first} already.",
    ru="Ожидалось, что id {id} встретится в файле один раз, но он уже есть в строке {first}.",
    kk="{id} идентификаторы файлда бір рет кездесуі керек, бірақ ол {first}-жолда бар.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for every further element with an id that is taken."""
    lines: dict[str, int] = {}
    for element in diagram.root.iter(etree.Element):
        identifier = element.get("id")
        if not identifier or bpmn_name(element) is None:
            continue
        if identifier in lines:
            yield at_xml(element, WORDING, first=lines[identifier])
        lines.setdefault(identifier, element.sourceline)


RULE = Rule("unique-id", check)
