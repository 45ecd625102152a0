"""Remarks open fields that the form has, where their names are written into the diagram.

Names that come out of variables are known only when the task is come to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.form_schemas import field_names
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
    if element.type != "userTask" or not element.has_form:
        yield at(element, MISPLACED)
        return
    fields = field_names(element, surroundings.resources)
    for name in _written_names(element.remarks or ""):
        if fields is not None and name not in fields:
            yield at(element, UNKNOWN, field=name)


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
