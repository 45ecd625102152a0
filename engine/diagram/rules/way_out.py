"""From every node an end event can be come to.

BPMN lets a path stop without an end event; a reader can't tell that from a forgotten flow, and a
loop without a way out never ends. Both are refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.graph import Scope, heads, is_connected, reachable, scopes
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

DEAD_END = Wording(
    en="Expected a flow out of {id}, but there is none and it is no end event.",
    ru="Ожидался поток из {id}, но его нет, а это не конечное событие.",
    kk="{id} элементінен шығатын ағын күтілді, бірақ ол жоқ және бұл соңғы оқиға емес.",
)
ENDLESS = Wording(
    en="Expected a way from {id} to an end event, but it only leads round in a loop.",
    ru="Ожидался путь из {id} к конечному событию, но он ведёт только по кругу.",
    kk="{id} элементінен соңғы оқиғаға жол күтілді, бірақ ол тек айналып жүреді.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each dead end, one for each loop that can't be left."""
    for process in diagram.executable:
        for scope in scopes(process):
            yield from _dead_ends(scope)
            if not _interrupted_from_outside(scope):
                yield from _loops(scope)


def _dead_ends(scope: Scope) -> Iterator[Finding]:
    for element in scope.elements.values():
        if element.type == "endEvent" or element.outgoing or not is_connected(element):
            continue
        if not element.is_event_sub_process:
            yield at(element, DEAD_END)


def _loops(scope: Scope) -> Iterator[Finding]:
    last = [element.id for element in scope.elements.values() if not element.outgoing]
    if not last:
        return
    leaving = reachable(scope.before, last)
    for identifier in heads(scope.after, [each for each in scope.elements if each not in leaving]):
        yield at(scope.elements[identifier], ENDLESS)


def _interrupted_from_outside(scope: Scope) -> bool:
    """Whether an event can end the scope as a whole, so that a loop in it is no trap."""
    if scope.host is not None:
        hosted = scope.process.boundaries(scope.host.id)
        if any(boundary.cancel_activity for boundary in hosted):
            return True
    return any(
        start.is_interrupting and start.type == "startEvent"
        for element in scope.elements.values()
        if element.is_event_sub_process
        for start in scope.process.inside(element.id)
    )


RULE = Rule("way-out", check)
