"""Conditions belong on flows out of exclusive and inclusive gateways.

Out of a parallel or event-based gateway every flow is taken (BPMN 2.0, 10.6.4 and 10.6.6): a
condition there would not be looked at, so it is an error. Out of a task or event it is carried
out, but if none holds the instance stops there: a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.parts import GATEWAYS
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})

WORDING = Wording(
    en="Expected no condition on the flow {id}: {source} is no exclusive or inclusive gateway.",
    ru="Условие на потоке {id} не ожидалось: {source} не исключающий и не включающий шлюз.",
    kk="{id} ағынында шарт болмауы керек: {source} таңдаушы шлюз емес.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each condition on a flow out of another node."""
    for process in diagram.executable:
        for flow in process.flows.values():
            source = process.elements.get(flow.source)
            if flow.condition is not None and source and source.type not in CHOOSING:
                yield at(
                    flow,
                    WORDING,
                    severity="error" if source.type in GATEWAYS else "warning",
                    source=source.id,
                )


RULE = Rule("conditional-flow", check)
