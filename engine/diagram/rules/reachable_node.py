"""Every node can be come to from a start event.

What no token reaches never happens, though the diagram promises it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.graph import heads, is_connected, reachable, scopes
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected {id} to be reached from a start event, but no flow leads there.",
    ru="Ожидалось, что к {id} ведёт путь от стартового события, но его нет.",
    kk="{id} элементіне бастапқы оқиғадан жол болуы керек, бірақ ол жоқ.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for the first node of each part that can't be reached.

    A scope without any start event is left to the rule `start-event`.
    """
    for process in diagram.executable:
        for scope in scopes(process):
            entries = [
                element.id
                for element in scope.elements.values()
                if element.type == "startEvent"
                or element.is_event_sub_process
                or (element.type == "boundaryEvent" and element.attached_to not in scope.elements)
                or not is_connected(element)
            ]
            reached = reachable(scope.after, entries)
            if not any(scope.elements[entry].type == "startEvent" for entry in entries):
                continue
            missed = [identifier for identifier in scope.elements if identifier not in reached]
            for identifier in heads(scope.after, missed):
                yield at(scope.elements[identifier], WORDING)


RULE = Rule("reachable-node", check)
