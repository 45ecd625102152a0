"""Only elements that run as BPMN says are let in; the others are refused with the reason.

A whitelist: what is not named here is not known to run rightly. Data objects, stores, groups and
annotations are documentation and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.diagram.facts import Diagram
from engine.diagram.namespaces import bpmn, bpmn_name
from engine.diagram.parts import SCOPES
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

EXECUTED = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "subProcess",
        "callActivity",
        "sequenceFlow",
    }
)
DOCUMENTATION = frozenset(
    {
        "documentation",
        "extensionElements",
        "laneSet",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "textAnnotation",
        "association",
        "group",
        "incoming",
        "outgoing",
        "auditing",
        "monitoring",
        "property",
    }
)
INSIDE_NODES = frozenset(
    {
        "conditionExpression",
        "multiInstanceLoopCharacteristics",
        "dataInputAssociation",
        "dataOutputAssociation",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
        "ioSpecification",
        "rendering",
        "humanPerformer",
        "potentialOwner",
    }
)
"""Parts of nodes: loops are judged by `multi-instance`, data arrows below, events elsewhere."""

UNKNOWN = Wording(
    en="Expected an element that this engine executes, but {id} is a {tag}.",
    ru="Ожидался элемент, который движок исполняет, но {id} это {tag}.",
    kk="Қозғалтқыш орындайтын элемент күтілді, бірақ {id} элементі {tag}.",
)
REFUSED: Mapping[str, Wording] = {
    "task": Wording(
        en="Expected to know who carries out {id}, but it is a plain task; "
        "make it a user task or a service task.",
        ru="Неизвестно, кто выполняет {id}: это задача без типа; "
        "сделайте её пользовательской или сервисной.",
        kk="{id} элементін кім орындайтыны белгісіз: бұл түрсіз тапсырма; "
        "оны пайдаланушы не сервис тапсырмасына айналдырыңыз.",
    ),
    "manualTask": Wording(
        en="Manual tasks are not executed: the engine would not know when {id} is done; "
        "make it a user task.",
        ru="Ручные задачи не исполняются: движок не узнает, когда {id} выполнена; "
        "сделайте её пользовательской.",
        kk="Қол тапсырмалары орындалмайды: {id} қашан біткенін қозғалтқыш білмейді; "
        "оны пайдаланушы тапсырмасына айналдырыңыз.",
    ),
    "scriptTask": Wording(
        en="Script tasks are not executed: no code in diagrams; "
        "make {id} a service task with a topic.",
        ru="Скриптовые задачи не исполняются: в диаграммах нет кода; "
        "сделайте {id} сервисной задачей с темой (topic).",
        kk="Скрипт тапсырмалары орындалмайды: диаграммада код болмайды; "
        "{id} элементін topic бар сервис тапсырмасына айналдырыңыз.",
    ),
    "complexGateway": Wording(
        en="Complex gateways are not executed; use exclusive, inclusive and parallel gateways "
        "instead of {id}.",
        ru="Комплексные шлюзы не исполняются; замените {id} исключающими, включающими "
        "и параллельными.",
        kk="Күрделі шлюздер орындалмайды; {id} орнына басқа шлюздерді қолданыңыз.",
    ),
    "transaction": Wording(
        en="Transactions are not executed: nothing of {id} would be compensated; "
        "use a sub-process.",
        ru="Транзакции не исполняются: {id} не будет компенсирована; используйте подпроцесс.",
        kk="Транзакциялар орындалмайды: {id} өтелмейді; ішкі процесті қолданыңыз.",
    ),
    "adHocSubProcess": Wording(
        en="Ad-hoc sub-processes are not executed; draw the order of the steps of {id}.",
        ru="Ad-hoc подпроцессы не исполняются; нарисуйте порядок шагов {id}.",
        kk="Ad-hoc ішкі процестер орындалмайды; {id} қадамдарының ретін салыңыз.",
    ),
    "standardLoopCharacteristics": Wording(
        en="Standard loops are not executed; draw the loop of {id} with a gateway, "
        "or use multi-instance.",
        ru="Стандартный цикл не исполняется; нарисуйте цикл {id} шлюзом "
        "или используйте многократное выполнение.",
        kk="Стандартты цикл орындалмайды; {id} циклын шлюзбен салыңыз немесе "
        "көп еселі орындауды қолданыңыз.",
    ),
}
ROLES = frozenset({"resourceRole", "performer"})
ROLE = Wording(
    en="Expected the owner of {id} in candidateGroups, candidateUsers or assignee, "
    "but it is a {tag}, which is not read.",
    ru="Исполнитель {id} указывается в candidateGroups, candidateUsers или assignee, "
    "а {tag} не читается.",
    kk="{id} орындаушысы candidateGroups, candidateUsers не assignee ішінде көрсетіледі, "
    "{tag} оқылмайды.",
)
DATA_COPY = Wording(
    en="Expected the data arrow at {id} to be documentation only, but it has a {tag}; "
    "use input and output parameters.",
    ru="Стрелка данных у {id} лишь поясняет, но в ней есть {tag}; "
    "используйте входные и выходные параметры.",
    kk="{id} жанындағы дерек көрсеткіші тек түсіндірме, бірақ онда {tag} бар; "
    "кіріс және шығыс параметрлерін қолданыңыз.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each element, or part of one, that would not run."""
    for process in diagram.executable_xml:
        yield from _check_scope(process)


def _check_scope(scope: etree._Element) -> Iterator[Finding]:
    for child in scope.iterchildren(bpmn("*")):
        name = bpmn_name(child) or ""
        if name in EXECUTED:
            yield from _check_scope(child) if name in SCOPES else _check_parts(child)
        elif name not in DOCUMENTATION and not _is_event_definition(name):
            yield from _check_part(child, name)


def _check_parts(node: etree._Element) -> Iterator[Finding]:
    for part in node.iterchildren(bpmn("*")):
        name = bpmn_name(part) or ""
        if name not in DOCUMENTATION and not _is_event_definition(name):
            yield from _check_part(part, name)


def _check_part(part: etree._Element, name: str) -> Iterator[Finding]:
    if name in ROLES:
        yield at_xml(part.getparent(), ROLE, tag=name)
    elif name in ("dataInputAssociation", "dataOutputAssociation"):
        for copy in part.iterchildren(bpmn("assignment"), bpmn("transformation")):
            yield at_xml(part.getparent(), DATA_COPY, tag=bpmn_name(copy))
    elif name not in INSIDE_NODES:
        yield at_xml(part, REFUSED.get(name, UNKNOWN), tag=name)


def _is_event_definition(name: str) -> bool:
    return name.endswith(("EventDefinition", "eventDefinitionRef"))


RULE = Rule("supported-element", check)
