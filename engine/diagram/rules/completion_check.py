"""A completion check that an element names is registered, and stands where it is run.

A check that isn't run would let through what it should refuse.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

CHECKED = frozenset({"userTask", "startEvent", "serviceTask", "sendTask"})
"""Where a check is run; at a business rule task where a worker does it."""

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
            if element.type not in CHECKED and not _is_worked_off(element):
                yield at(element, MISPLACED, type=element.type)
            elif surroundings.checks is not None and element.check not in surroundings.checks:
                yield at(element, UNKNOWN, check=element.check)


def _is_worked_off(element: ElementFacts) -> bool:
    return element.type == "businessRuleTask" and element.topic is not None


RULE = Rule("completion-check", check)
