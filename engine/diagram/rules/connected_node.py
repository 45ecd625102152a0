"""Every node is connected by sequence flows.

A node without any flow is dropped in silence when the diagram is parsed: what it says would never
happen.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.graph import is_connected
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected {id} to be connected by sequence flows, but it stands alone.",
    ru="Ожидалось, что {id} соединён потоками управления, но он стоит отдельно.",
    kk="{id} басқару ағындарымен қосылуы керек, бірақ ол жеке тұр.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each node without flows; one without an id can't have any."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.id in diagram.xml_by_id and not is_connected(element):
                yield at(element, WORDING)


RULE = Rule("connected-node", check)
