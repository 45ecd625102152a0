"""A path should split at a gateway: a warning where it doesn't.

Several flows out of a task or event are a parallel split in BPMN, and carried out as one; in many
a reader's mind they are a choice. A gateway says which is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.parts import GATEWAYS
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected one flow out of {id}, but there are {count}; put a gateway behind it.",
    ru="Ожидался один поток из {id}, но их {count}; поставьте после него шлюз.",
    kk="{id} элементінен бір ағын күтілді, бірақ олар {count}; одан кейін шлюз қойыңыз.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One warning for each node, not a gateway, that several flows leave."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.type in GATEWAYS or element.type == "endEvent":
                continue
            if len(element.outgoing) > 1:
                yield at(element, WORDING, severity="warning", count=len(element.outgoing))


RULE = Rule("explicit-split", check)
