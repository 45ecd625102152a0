"""Every flow out of a splitting exclusive or inclusive gateway has a condition or is the default.

At an exclusive gateway a flow without one would win by the order in which someone drew: an error.
At an inclusive one it is always taken (BPMN 2.0, 10.6.3), most likely by mistake: a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.rules.conditional_flow import CHOOSING
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected a condition on the flow {id} out of {gateway}, or that it is the default.",
    ru="Ожидалось условие на потоке {id} из {gateway} или то, что он поток по умолчанию.",
    kk="{gateway} шлюзінен шығатын {id} ағынында шарт болуы немесе ол әдепкі ағын болуы керек.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each such flow."""
    for process in diagram.executable:
        for gateway in process.elements.values():
            if gateway.type not in CHOOSING or len(gateway.outgoing) < 2:
                continue
            for flow in (process.flows[each] for each in gateway.outgoing):
                if flow.condition is None and flow.id != gateway.default_flow:
                    yield at(
                        flow,
                        WORDING,
                        severity="error" if gateway.type == "exclusiveGateway" else "warning",
                        gateway=gateway.id,
                    )


RULE = Rule("gateway-condition", check)
