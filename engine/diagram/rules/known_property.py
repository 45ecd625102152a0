"""Properties that nobody reads are most likely misspelt: a warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Place, Rule, at
from engine.diagram.surroundings import Surroundings

OF_PROCESSES = frozenset(
    {
        "title",
        "unit",
        "party",
        "map",
        "inputs",
        "defaultLanguage",
        "source",
        "businessKey",
        "cancelCheck",
        "listed",
        "statusTopic",
        "followUpTopic",
    }
)
OF_ELEMENTS = frozenset(
    {
        "source",
        "status",
        "correlationKey",
        "check",
        "gives",
        "signatureDocument",
        "signatureRequired",
        "signatureRepresentative",
        "remote",
        "remarks",
        "earlier",
        "shows",
        "candidateGroups",
    }
)

WORDING = Wording(
    en="Expected a property that is read here, but '{name}' of {id} is not: {known} are.",
    ru="Свойство «{name}» у {id} не читается; читаются {known}.",
    kk="{id} элементінің «{name}» қасиеті оқылмайды; мыналар оқылады: {known}.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One warning for each such property."""
    for process in diagram.executable:
        yield from _unknown(process, process.properties, OF_PROCESSES)
        for element in process.elements.values():
            yield from _unknown(element, element.properties, OF_ELEMENTS)


def _unknown(
    place: Place, properties: Mapping[str, str], known: frozenset[str]
) -> Iterator[Finding]:
    for name in properties:
        if name not in known:
            yield at(place, WORDING, severity="warning", name=name, known=", ".join(sorted(known)))


RULE = Rule("known-property", check)
