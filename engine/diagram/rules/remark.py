"""Remarks open fields that the form has, where their names are written into the diagram.

Names that come out of variables are known only when the task is come to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.form_schemas import form_field_types
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.diagram.variables import readable_expressions
from engine.feel import ExpressionError

UNKNOWN = Wording(
    en="Expected remarks of {id} on fields of its form, but '{field}' is none.",
    ru="Ожидались замечания к полям формы {id}, но поля «{field}» в ней нет.",
    kk="{id} формасының өрістеріне ескертулер болуы керек, бірақ онда «{field}» өрісі жоқ.",
)
MISPLACED = Wording(
    en="Expected remarks at user tasks with a form only, but {id} is none.",
    ru="Замечания бывают только у пользовательских задач с формой, но {id} не такая.",
    kk="Ескертулер тек формасы бар пайдаланушы тапсырмаларында болады, бірақ {id} ондай емес.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each name that the form lacks, and for remarks without a form."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.remarks is not None:
                yield from _check_element(element, surroundings)


def _check_element(element: ElementFacts, surroundings: Surroundings) -> Iterator[Finding]:
    fields = _fields(element, surroundings)
    if element.type != "userTask" or fields is None:
        yield at(element, MISPLACED)
        return
    for name in _written_names(element.remarks or ""):
        if fields and name not in fields:
            yield at(element, UNKNOWN, field=name)


def _fields(element: ElementFacts, surroundings: Surroundings) -> Collection[str] | None:
    """The names of the fields; empty where they can't be known, None without a form."""
    if element.form_key is not None:
        return form_field_types(surroundings.resources.get(element.form_key, b""))
    return [field.id for field in element.form_fields] or None


def _written_names(text: str) -> Iterator[str]:
    """The names of fields in an expression that reads no variable."""
    for expression in readable_expressions(text):
        if expression.names or expression.functions:
            continue
        try:
            value = expression.evaluate({})
        except ExpressionError:
            continue
        if isinstance(value, Mapping):
            yield from value


RULE = Rule("remark", check)
