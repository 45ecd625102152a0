"""The form of a task is a JSON Schema 2020-12 object, and its fields have labels.

Files in a folder of forms are looked at whether an element shows them or not, and told of once.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.form_schemas import FORM_RULE, form_faults, is_form
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected the form '{form}' of {id} to be a form, but {reason}.",
    ru="Ожидалось, что «{form}» ({id}) это форма, но: {reason}.",
    kk="{id} элементінің «{form}» файлы форма болуы керек, бірақ: {reason}.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each fault of a form that an element shows; labels not there warn."""
    for process in diagram.executable:
        for element in process.elements.values():
            key = element.form_key or ""
            form = None if is_form(key) else surroundings.resources.get(key)
            for fault in form_faults(form) if form is not None else ():
                yield at(
                    element,
                    WORDING,
                    severity="error" if fault.is_error else "warning",
                    form=element.form_key,
                    reason=fault.reason,
                )


RULE = Rule(FORM_RULE, check)
