"""No flow leaves an end event: a token ends there, what follows would never happen."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected no flow out of the end event {id}, but {flow} leaves it.",
    ru="Ожидалось, что из конечного события {id} поток не выходит, но {flow} выходит.",
    kk="{id} соңғы оқиғасынан ағын шықпауы керек, бірақ {flow} шығады.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each flow that leaves an end event."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.type == "endEvent":
                for flow in element.outgoing:
                    yield at(element, WORDING, flow=flow)


RULE = Rule("end-event-flow", check)
