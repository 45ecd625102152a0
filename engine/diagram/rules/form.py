"""The form of a task or start event is there, and there is one only."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

BOTH = Wording(
    en="Expected {id} to have a formKey or form fields, but it has both.",
    ru="Ожидалось, что у {id} либо formKey, либо поля формы, но есть и то и другое.",
    kk="{id} элементінде не formKey, не форма өрістері болуы керек, бірақ екеуі де бар.",
)
MISSING = Wording(
    en="Expected the form '{form}' of {id} among the files of the deployment, but it is not there.",
    ru="Ожидалась форма «{form}» ({id}) среди файлов развёртывания, но её нет.",
    kk="{id} элементінің «{form}» формасы орналастыру файлдарында болуы керек, бірақ ол жоқ.",
)
MISPLACED = Wording(
    en="Expected forms at user tasks and start events only, but {id} is a {type}.",
    ru="Формы бывают только у пользовательских задач и стартовых событий, но {id} это {type}.",
    kk="Формалар тек пайдаланушы тапсырмалары мен бастапқы оқиғаларда болады, "
    "бірақ {id} элементі {type}.",
)
SAME_FIELD = Wording(
    en="Expected each form field of {id} to have an id of its own, but '{field}' is there twice.",
    ru="Ожидалось, что у каждого поля формы {id} свой id, но «{field}» есть дважды.",
    kk="{id} формасының әр өрісінің өз id белгісі болуы керек, бірақ «{field}» екі рет бар.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each element with a form."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.has_form:
                yield from _check_element(element, surroundings)


def _check_element(element: ElementFacts, surroundings: Surroundings) -> Iterator[Finding]:
    if element.type not in ("userTask", "startEvent"):
        yield at(element, MISPLACED, type=element.type)
    elif element.form_key is not None and element.form_fields:
        yield at(element, BOTH)
    elif element.form_key is not None and element.form_key not in surroundings.resources:
        yield at(element, MISSING, form=element.form_key)
    seen: set[str] = set()
    for field in element.form_fields:
        if field.id in seen:
            yield at(element, SAME_FIELD, line=field.line, field=field.id)
        seen.add(field.id)


RULE = Rule("form", check)
