"""Every process and sub-process has an end event."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.graph import scopes
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected {id} to have an end event, but it has none.",
    ru="Ожидалось, что в {id} есть конечное событие, но его нет.",
    kk="{id} ішінде соңғы оқиға болуы керек, бірақ ол жоқ.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each process or sub-process without an end event."""
    for process in diagram.executable:
        for scope in scopes(process):
            if not any(element.type == "endEvent" for element in scope.elements.values()):
                yield at(scope.host or process, WORDING)


RULE = Rule("end-event", check)
