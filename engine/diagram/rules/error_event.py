"""Error events say which error, interrupt what they catch, and don't compete.

A thrown error needs a code; a catching one without a reference catches every error. An error
always interrupts (BPMN 2.0, 10.5.6); of two boundary events for the same code one could never fire.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.parts import EventDefinition
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

UNKNOWN = Wording(
    en="Expected {id} to refer to an error of the diagram, but '{reference}' is none.",
    ru="Ожидалось, что {id} ссылается на ошибку диаграммы, но «{reference}» не ошибка.",
    kk="{id} диаграмманың қатесіне сілтеуі керек, бірақ «{reference}» қате емес.",
)
NO_CODE = Wording(
    en="Expected {id} to refer to an error with an errorCode, but there is none.",
    ru="Ожидалось, что {id} ссылается на ошибку с errorCode, но его нет.",
    kk="{id} errorCode бар қатеге сілтеуі керек, бірақ ол жоқ.",
)
NOT_INTERRUPTING = Wording(
    en="Expected {id} to interrupt: an error always does, but it is drawn as non-interrupting.",
    ru="Ожидалось, что {id} прерывает: ошибка прерывает всегда, но событие непрерывающее.",
    kk="{id} үзуші болуы керек: қате әрдайым үзеді, бірақ ол үзбейтін болып салынған.",
)
COMPETING = Wording(
    en="Expected {id} to catch another error at {host}: {other} catches {code} already.",
    ru="Ожидалось, что {id} ловит другую ошибку у {host}: {code} уже ловит {other}.",
    kk="{id} {host} элементінде басқа қатені ұстауы керек: {code} қатесін {other} ұстайды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each error event."""
    for process in diagram.executable:
        taken: dict[tuple[str, str | None], str] = {}
        for element in process.elements.values():
            for definition in element.event_definitions:
                if definition.kind == "error":
                    yield from _check_event(diagram, element, definition)
                    yield from _check_competition(element, definition, taken)


def _check_event(
    diagram: Diagram, event: ElementFacts, definition: EventDefinition
) -> Iterator[Finding]:
    reference = definition.reference
    if reference and reference not in diagram.errors:
        yield at(event, UNKNOWN, line=definition.line, reference=reference)
    elif definition.error_code is None and (reference or event.type == "endEvent"):
        yield at(event, NO_CODE, line=definition.line)
    if not (event.cancel_activity and event.is_interrupting):
        yield at(event, NOT_INTERRUPTING)


def _check_competition(
    event: ElementFacts,
    definition: EventDefinition,
    taken: dict[tuple[str, str | None], str],
) -> Iterator[Finding]:
    if event.type != "boundaryEvent" or event.attached_to is None:
        return
    key = (event.attached_to, definition.error_code)
    if key in taken:
        code = definition.error_code or "*"
        yield at(event, COMPETING, host=event.attached_to, code=code, other=taken[key])
    taken.setdefault(key, event.id)


RULE = Rule("error-event", check)
