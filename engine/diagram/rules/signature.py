"""A signed task says which document is signed; only user tasks are signed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.diagram.variables import readable_expressions

NOTHING = Wording(
    en="Expected signatureDocument of {id} to name a variable, as ${{document}}, "
    "but '{text}' names none.",
    ru="Ожидалось, что signatureDocument у {id} называет переменную, например ${{document}}, "
    "но «{text}» её не называет.",
    kk="{id} элементінің signatureDocument мәні айнымалыны атауы керек, мысалы ${{document}}, "
    "бірақ «{text}» оны атамайды.",
)
MISPLACED = Wording(
    en="Expected signature properties at user tasks only, but {id} is a {type}.",
    ru="Свойства подписи бывают только у пользовательских задач, но {id} это {type}.",
    kk="Қолтаңба қасиеттері тек пайдаланушы тапсырмаларында болады, бірақ {id} элементі {type}.",
)
WITHOUT_DOCUMENT = Wording(
    en="Expected a signatureDocument at {id}, which has {name}, but there is none.",
    ru="Ожидался signatureDocument у {id}, где есть {name}, но его нет.",
    kk="{name} бар {id} элементінде signatureDocument болуы керек, бірақ ол жоқ.",
)
_BESIDE_IT = ("signatureRequired", "signatureRepresentative")


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each element with signature properties."""
    for process in diagram.executable:
        for element in process.elements.values():
            yield from _check_element(element)


def _check_element(element: ElementFacts) -> Iterator[Finding]:
    has_document = "signatureDocument" in element.properties
    beside_it = next((each for each in _BESIDE_IT if each in element.properties), None)
    if not has_document and beside_it is None:
        return
    if element.type != "userTask":
        yield at(element, MISPLACED, type=element.type)
    elif not has_document:
        yield at(element, WITHOUT_DOCUMENT, name=beside_it)
    else:
        text = element.signature_document or ""
        readable = readable_expressions(text)
        if not text or (readable and not any(each.names for each in readable)):
            yield at(element, NOTHING, text=text)


RULE = Rule("signature", check)
