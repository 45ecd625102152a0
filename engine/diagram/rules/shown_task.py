"""What a task shows of earlier ones is there: each is a user task of the process, with a form."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

UNKNOWN = Wording(
    en="Expected 'shows' of {id} to name user tasks of this process that have forms, "
    "but '{task}' is none.",
    ru="Ожидалось, что shows у {id} называет пользовательские задачи этого процесса с формой, "
    "но «{task}» не такая.",
    kk="{id} элементінің shows мәні осы процестің формасы бар пайдаланушы тапсырмаларын атауы "
    "керек, бірақ «{task}» ондай емес.",
)
MISPLACED = Wording(
    en="Expected 'shows' at user tasks only, but {id} is a {type}.",
    ru="Свойство shows бывает только у пользовательских задач, но {id} это {type}.",
    kk="shows қасиеті тек пайдаланушы тапсырмаларында болады, бірақ {id} элементі {type}.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each element that shows earlier tasks."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.shows and element.type != "userTask":
                yield at(element, MISPLACED, type=element.type)
            elif element.shows:
                yield from _unknown(process, element)


def _unknown(process: ProcessFacts, element: ElementFacts) -> Iterator[Finding]:
    for name in element.shows:
        shown = process.elements.get(name)
        if shown is None or shown.type != "userTask" or not shown.has_form:
            yield at(element, UNKNOWN, task=name)


RULE = Rule("shown-task", check)
