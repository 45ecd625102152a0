"""Only extensions that the engine carries out are let in.

Listeners, Java classes, scripts and connectors would be code in a diagram; an extension of another
engine would be ignored in silence, though the diagram relies on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.diagram.dialect import read_topic
from engine.diagram.facts import Diagram
from engine.diagram.namespaces import CAMUNDA, bpmn, bpmn_name, camunda, split_name
from engine.diagram.parts import ACTIVITIES, EVENTS
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

OF_BUSINESS_RULE_TASKS = frozenset(
    {
        "decisionRef",
        "decisionRefBinding",
        "decisionRefVersion",
        "decisionRefVersionTag",
        "mapDecisionResult",
        "resultVariable",
    }
)
"""Attributes that are carried out there, and nowhere else."""

CARRIED_OUT = frozenset(
    {
        "assignee",
        "candidateGroups",
        "candidateUsers",
        "candidateStarterGroups",
        "candidateStarterUsers",
        "dueDate",
        "followUpDate",
        "priority",
        "formKey",
        "type",
        "topic",
        "delegateExpression",
        "calledElementBinding",
        "calledElementVersion",
        "collection",
        "elementVariable",
        "errorCodeVariable",
        "errorMessageVariable",
        *OF_BUSINESS_RULE_TASKS,
    }
)
WITHOUT_EFFECT = frozenset(
    {
        "async",
        "asyncBefore",
        "asyncAfter",
        "exclusive",
        "jobPriority",
        "taskPriority",
        "historyTimeToLive",
        "versionTag",
        "isStartableInTasklist",
        "diagramRelationId",
        "modelerTemplate",
        "modelerTemplateVersion",
        "modelerTemplateIcon",
        "errorMessage",
    }
)
"""Attributes about when Camunda saves, keeps or shows things: the outcome is the same without."""

ELEMENTS = frozenset({"properties", "inputOutput", "in", "out", "formData"})
FOREIGN = (
    "http://camunda.org/schema/zeebe/1.0",
    "http://activiti.org/bpmn",
    "http://flowable.org/bpmn",
    "http://www.omg.org/bpmn20",
    "http://www.jboss.org/drools",
)
HOLDERS = {
    "in": frozenset({"callActivity"}),
    "out": frozenset({"callActivity"}),
    "inputOutput": ACTIVITIES | EVENTS,
}
"""Where an extension element is carried out; others anywhere."""

ATTRIBUTE = Wording(
    en="Expected {id} without camunda:{name}: it is not carried out.",
    ru="Ожидалось, что у {id} нет camunda:{name}: это не исполняется.",
    kk="{id} элементінде camunda:{name} болмауы керек: ол орындалмайды.",
)
ELEMENT = Wording(
    en="Expected {id} without the extension camunda:{name}: it is not carried out.",
    ru="Ожидалось, что у {id} нет расширения camunda:{name}: оно не исполняется.",
    kk="{id} элементінде camunda:{name} кеңейтімі болмауы керек: ол орындалмайды.",
)
OTHER_ENGINE = Wording(
    en="Expected {id} without extensions of another engine, but it has {name} of {namespace}.",
    ru="Ожидалось, что у {id} нет расширений другого движка, но есть {name} из {namespace}.",
    kk="{id} элементінде басқа қозғалтқыш кеңейтімі болмауы керек, бірақ {namespace} {name} бар.",
)
NOT_EXTERNAL = Wording(
    en='Expected {id} to have camunda:type="external", but it is "{value}".',
    ru="Ожидалось, что у {id} camunda:type=«external», но там «{value}».",
    kk="{id} элементінде camunda:type=«external» болуы керек, бірақ «{value}» тұр.",
)
NOT_A_NAME = Wording(
    en="Expected the delegateExpression of {id} to be the name of a topic, as ${{name}}, "
    "but it is {value}.",
    ru="Ожидалось, что delegateExpression у {id} это имя темы вида ${{name}}, но там {value}.",
    kk="{id} элементінің delegateExpression мәні ${{name}} түріндегі тақырып атауы болуы керек, "
    "бірақ {value} тұр.",
)
NESTED = Wording(
    en="Expected the parameter '{name}' of {id} to be a text or an expression, but it holds {tag}.",
    ru="Ожидалось, что параметр «{name}» у {id} текст или выражение, но в нём {tag}.",
    kk="{id} элементінің «{name}» параметрі мәтін не өрнек болуы керек, бірақ онда {tag} бар.",
)
MISPLACED = Wording(
    en="Expected camunda:{name} elsewhere: at {id}, a {type}, it is not carried out.",
    ru="camunda:{name} не к месту: у {id} ({type}) это не исполняется.",
    kk="camunda:{name} орнында емес: {id} ({type}) элементінде ол орындалмайды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each attribute or extension element that is not carried out."""
    for process in diagram.executable_xml:
        for element in process.iter(bpmn("*")):
            if bpmn_name(element) == "extensionElements":
                yield from _check_extensions(element)
            else:
                yield from _check_attributes(element)


def _check_attributes(element: etree._Element) -> Iterator[Finding]:
    for key, value in element.attrib.items():
        namespace, name = split_name(key)
        if namespace in FOREIGN:
            yield at_xml(element, OTHER_ENGINE, name=name, namespace=namespace)
        elif namespace != CAMUNDA or name in WITHOUT_EFFECT:
            continue
        elif name not in CARRIED_OUT:
            yield at_xml(element, ATTRIBUTE, name=name)
        elif name in OF_BUSINESS_RULE_TASKS and bpmn_name(element) != "businessRuleTask":
            yield at_xml(element, MISPLACED, name=name, type=bpmn_name(element))
        elif name == "type" and value.strip() != "external":
            yield at_xml(element, NOT_EXTERNAL, value=value)
        elif name == "delegateExpression" and read_topic(element) is None:
            yield at_xml(element, NOT_A_NAME, value=value)


def _check_extensions(holder: etree._Element) -> Iterator[Finding]:
    owner = holder.getparent()
    kind = bpmn_name(owner) or ""
    for child in holder.iterchildren(etree.Element):
        namespace, name = split_name(child.tag)
        if namespace in FOREIGN:
            yield at_xml(child, OTHER_ENGINE, name=name, namespace=namespace)
        elif namespace != CAMUNDA:
            continue
        elif name not in ELEMENTS:
            yield at_xml(child, ELEMENT, name=name)
        elif kind not in HOLDERS.get(name, frozenset({kind})):
            yield at_xml(child, MISPLACED, name=name, type=kind)
        elif name == "inputOutput":
            yield from _check_parameters(child)


def _check_parameters(holder: etree._Element) -> Iterator[Finding]:
    for parameter in holder.iterchildren(camunda("*")):
        for nested in parameter.iterchildren(etree.Element):
            tag = split_name(nested.tag)[1]
            yield at_xml(parameter, NESTED, name=parameter.get("name", ""), tag=tag)


RULE = Rule("supported-extension", check)
