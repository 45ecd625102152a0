"""A call activity names the process it calls, and its mappings say what goes where."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.parts import VariableMapping
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

BINDINGS = frozenset({"latest", "deployment", "version"})

MISSING = Wording(
    en="Expected {id} to name the process it calls (calledElement), but it names none.",
    ru="Ожидалось, что {id} называет вызываемый процесс (calledElement), но его нет.",
    kk="{id} шақырылатын процесті (calledElement) атауы керек, бірақ ол жоқ.",
)
COMPUTED = Wording(
    en="Expected the process that {id} calls to be written out, but '{called}' is an expression.",
    ru="Ожидалось имя процесса, который вызывает {id}, но «{called}» это выражение.",
    kk="{id} шақыратын процестің атауы жазылуы керек, бірақ «{called}» өрнек.",
)
BINDING = Wording(
    en="Expected the binding of {id} to be latest, deployment or version, but it is '{binding}'.",
    ru="Ожидалась привязка {id}: latest, deployment или version, но там «{binding}».",
    kk="{id} байланысы latest, deployment не version болуы керек, бірақ «{binding}» тұр.",
)
VERSION = Wording(
    en="Expected a version number (calledElementVersion) at {id}, but found '{version}'.",
    ru="Ожидался номер версии (calledElementVersion) у {id}, но найдено «{version}».",
    kk="{id} элементінде нұсқа нөмірі (calledElementVersion) керек, бірақ «{version}» табылды.",
)
MAPPING = Wording(
    en="Expected a mapping of {id} with a source or a sourceExpression and a target, "
    'or variables="all", or a businessKey, but it is incomplete or has several of them.',
    ru="Ожидалось отображение {id} с source или sourceExpression и target, либо variables=«all», "
    "либо businessKey, но оно неполное или их несколько.",
    kk="{id} сәйкестендіруінде source не sourceExpression және target, не variables=«all», "
    "не businessKey болуы керек, бірақ ол толық емес немесе бірнешеуі бар.",
)
LOCAL = Wording(
    en='Expected a mapping of {id} without local="true", but it has it, which is not carried out.',
    ru="Ожидалось отображение {id} без local=«true»: это не исполняется.",
    kk="{id} сәйкестендіруінде local=«true» болмауы керек: ол орындалмайды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each call activity."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.type == "callActivity":
                yield from _check_called(element)
                for mapping in element.in_mappings:
                    yield from _check_mapping(element, mapping, key_allowed=True)
                for mapping in element.out_mappings:
                    yield from _check_mapping(element, mapping, key_allowed=False)


def _check_called(element: ElementFacts) -> Iterator[Finding]:
    called = element.called_element
    if called is None:
        yield at(element, MISSING)
    elif "${" in called or called.startswith(("=", "#{")):
        yield at(element, COMPUTED, called=called)
    if element.called_element_binding not in BINDINGS:
        yield at(element, BINDING, binding=element.called_element_binding)
    elif element.called_element_binding == "version":
        version = element.called_element_version or ""
        if not (version.isdecimal() and int(version) > 0):
            yield at(element, VERSION, version=version)


def _check_mapping(
    element: ElementFacts, mapping: VariableMapping, *, key_allowed: bool
) -> Iterator[Finding]:
    ways = (
        mapping.source is not None,
        mapping.source_expression is not None,
        mapping.all_variables,
        mapping.business_key is not None and key_allowed,
    )
    copies_one = mapping.source is not None or mapping.source_expression is not None
    if ways.count(True) != 1 or copies_one != (mapping.target is not None):
        yield at(element, MAPPING, line=mapping.line)
    if mapping.local:
        yield at(element, LOCAL, line=mapping.line)


RULE = Rule("call-activity", check)
