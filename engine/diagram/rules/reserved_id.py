"""`Start` and `End` are names that the token engine uses inside.

An element with the id `End` completes the process while other tokens are open; one with the id
`Start` breaks its execution.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

RESERVED = frozenset({"Start", "End"})

WORDING = Wording(
    en="Expected another id than {id}: the engine uses this name itself.",
    ru="Ожидался другой id вместо {id}: это имя движок использует сам.",
    kk="{id} орнына басқа id керек: бұл атауды қозғалтқыштың өзі пайдаланады.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each element of an executable process with a reserved id."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.id in RESERVED:
                yield at(element, WORDING)


RULE = Rule("reserved-id", check)
