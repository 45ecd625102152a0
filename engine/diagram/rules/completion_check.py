"""A completion check that an element names is registered, and stands where it is run.

A check that isn't run would let through what it should refuse.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

CHECKED = frozenset({"userTask", "startEvent", "serviceTask", "sendTask"})
"""Where a check is run; at a business rule task where a worker does it, and at every event that
waits for a message, before it gets the message."""

UNKNOWN = Wording(
    en="Expected the completion check '{check}' of {id} to be registered, but it is not.",
    ru="Ожидалось, что проверка «{check}» у {id} зарегистрирована, но её нет.",
    kk="{id} элементінің «{check}» тексеруі тіркелген болуы керек, бірақ ол жоқ.",
)
MISPLACED = Wording(
    en="Expected no completion check at {id}: at a {type} none is run.",
    ru="Ожидалось, что у {id} нет проверки завершения: у элемента {type} она не выполняется.",
    kk="{id} элементінде аяқтау тексеруі болмауы керек: {type} элементінде ол орындалмайды.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each check that is unknown or would not be run."""
    for process in diagram.executable:
        name = process.cancel_check
        if name is not None and surroundings.checks is not None and name not in surroundings.checks:
            yield at(process, UNKNOWN, check=name)
        for element in process.elements.values():
            if element.check is None:
                continue
            if not _is_run(process, element):
                yield at(element, MISPLACED, type=element.type)
            elif surroundings.checks is not None and element.check not in surroundings.checks:
                yield at(element, UNKNOWN, check=element.check)


def _is_run(process: ProcessFacts, element: ElementFacts) -> bool:
    if element.type == "startEvent" and _is_triggered(process, element):
        return element.catches_message
    worked_off = element.type == "businessRuleTask" and element.topic is not None
    return element.type in CHECKED or element.catches_message or worked_off


def _is_triggered(process: ProcessFacts, start: ElementFacts) -> bool:
    """Whether the event starts an event sub-process."""
    return start.parent is not None and process.elements[start.parent].is_event_sub_process


RULE = Rule("completion-check", check)
