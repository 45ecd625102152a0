"""A business rule task names a decision that is there, and says what becomes of its result.

Or it has a topic, and is worked off like a service task.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.namespaces import camunda
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.feel import is_expression, may_hold_expression
from engine.near_names import or_meant

BINDINGS = ("latest", "deployment", "version", "versionTag")
MAPPINGS = ("singleEntry", "singleResult", "collectEntries", "resultList")
OF_THIS_VERSION = frozenset({"latest", "deployment"})
"""Bindings to the version that is known here."""

OF_DECISIONS = (
    "decisionRefBinding",
    "decisionRefVersion",
    "decisionRefVersionTag",
    "mapDecisionResult",
    "resultVariable",
)

MISSING = Wording(
    en="Expected {id} to name its decision (camunda:decisionRef) or a topic, but it names neither.",
    ru="Ожидалось, что {id} называет решение (camunda:decisionRef) или тему, но нет ни того, "
    "ни другого.",
    kk="{id} элементі шешімді (camunda:decisionRef) не тақырыпты атауы керек, бірақ екеуі де жоқ.",
)
BOTH = Wording(
    en="Expected {id} to have a decision or a topic, but it has both: '{decision}' and '{topic}'.",
    ru="Ожидалось решение или тема у {id}, но есть и то и другое: «{decision}» и «{topic}».",
    kk="{id} элементінде шешім не тақырып болуы керек, бірақ екеуі де бар: "
    "«{decision}» және «{topic}».",
)
WITHOUT_DECISION = Wording(
    en="Expected {id} without camunda:{name}: it has a topic, and no decision is made here.",
    ru="Ожидалось, что у {id} нет camunda:{name}: у неё тема, решение здесь не принимается.",
    kk="{id} элементінде camunda:{name} болмауы керек: онда тақырып бар, шешім қабылданбайды.",
)
BINDING = Wording(
    en="Expected the binding of {id} to be one of {known}, but it is '{binding}'.",
    ru="Ожидалась привязка {id} из {known}, но там «{binding}».",
    kk="{id} байланысы мыналардың бірі болуы керек: {known}, бірақ «{binding}» тұр.",
)
VERSION = Wording(
    en="Expected a version number (decisionRefVersion) at {id}, but found '{version}'.",
    ru="Ожидался номер версии (decisionRefVersion) у {id}, но найдено «{version}».",
    kk="{id} элементінде нұсқа нөмірі (decisionRefVersion) керек, бірақ «{version}» табылды.",
)
VERSION_TAG = Wording(
    en="Expected a version tag (decisionRefVersionTag) at {id}, but there is none.",
    ru="Ожидался тег версии (decisionRefVersionTag) у {id}, но его нет.",
    kk="{id} элементінде нұсқа тегі (decisionRefVersionTag) керек, бірақ ол жоқ.",
)
MAPPING = Wording(
    en="Expected the mapDecisionResult of {id} to be one of {known}, but it is '{mapping}'.",
    ru="Ожидалось mapDecisionResult у {id} из {known}, но там «{mapping}».",
    kk="{id} элементінің mapDecisionResult мәні мыналардың бірі болуы керек: {known}, "
    "бірақ «{mapping}» тұр.",
)
NO_VARIABLE = Wording(
    en="Expected {id} to name a resultVariable for its mapDecisionResult, but it names none.",
    ru="Ожидалось, что {id} называет resultVariable для mapDecisionResult, но её нет.",
    kk="{id} mapDecisionResult үшін resultVariable атауы керек, бірақ ол жоқ.",
)
VARIABLE = Wording(
    en="Expected the resultVariable of {id} to be the name of a variable, but it is '{variable}'.",
    ru="Ожидалось, что resultVariable у {id} это имя переменной, но там «{variable}».",
    kk="{id} элементінің resultVariable мәні айнымалы атауы болуы керек, бірақ «{variable}» тұр.",
)
OUTPUTS = Wording(
    en="Expected one output of the decision '{decision}' for {mapping} at {id}, "
    "but it has {outputs}.",
    ru="Ожидался один выход решения «{decision}» для {mapping} у {id}, но их {outputs}.",
    kk="{id} элементіндегі {mapping} үшін «{decision}» шешімінде бір шығыс болуы керек, "
    "бірақ олар {outputs}.",
)
SEVERAL = Wording(
    en="Expected a decision with one result for {mapping} at {id}, but several rules of "
    "'{decision}' may count: that would be an incident.",
    ru="Ожидалось решение с одним результатом для {mapping} у {id}, но у «{decision}» "
    "могут сработать несколько правил: это будет инцидентом.",
    kk="{id} элементіндегі {mapping} үшін бір нәтижелі шешім күтілді, бірақ «{decision}» "
    "шешімінің бірнеше ережесі іске қосылуы мүмкін: бұл оқыс жағдай болады.",
)
LOST = Wording(
    en="Expected the result of {id} in a resultVariable or an output parameter, "
    "but it is kept nowhere.",
    ru="Ожидалось, что результат {id} попадёт в resultVariable или выходной параметр, "
    "но он нигде не сохраняется.",
    kk="{id} нәтижесі resultVariable не шығыс параметріне жазылуы керек, "
    "бірақ ол еш жерде сақталмайды.",
)
UNKNOWN = Wording(
    en="Expected the decision '{decision}' of {id} in a .dmn file of this deployment or deployed "
    "before, but there is none{near}",
    ru="Ожидалось решение «{decision}» ({id}) в файле .dmn этого развёртывания или уже "
    "развёрнутое, но его нет{near}",
    kk="«{decision}» шешімі ({id}) осы орналастырудың .dmn файлында не бұрын орналастырылған "
    "болуы керек, бірақ ол жоқ{near}",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each business rule task."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.type != "businessRuleTask":
                continue
            if element.decision_ref is None:
                yield from _check_worked_off(diagram, element)
            else:
                yield from _check_reference(element, surroundings)
                yield from _check_result(diagram, element, surroundings)


def _check_worked_off(diagram: Diagram, element: ElementFacts) -> Iterator[Finding]:
    """Of a task without a decision: a topic, and nothing that a decision would need."""
    xml = diagram.xml_by_id.get(element.id)
    if xml is None or xml.get(camunda("delegateExpression")) is not None and not element.topic:
        return
    if element.topic is None:
        yield at(element, MISSING)
        return
    for name in OF_DECISIONS:
        if xml.get(camunda(name)) is not None:
            yield at(element, WITHOUT_DECISION, name=name)


def _check_reference(element: ElementFacts, surroundings: Surroundings) -> Iterator[Finding]:
    decision = element.decision_ref or ""
    binding = element.decision_ref_binding
    if element.topic is not None:
        yield at(element, BOTH, decision=decision, topic=element.topic)
    if binding not in BINDINGS:
        yield at(element, BINDING, binding=binding, known=", ".join(BINDINGS))
    elif binding == "version":
        version = element.decision_ref_version or ""
        if not is_expression(version) and not (version.isdecimal() and int(version) > 0):
            yield at(element, VERSION, version=version)
    elif binding == "versionTag" and element.decision_ref_version_tag is None:
        yield at(element, VERSION_TAG)
    known = surroundings.decisions
    if known is not None and not may_hold_expression(decision) and decision not in known:
        yield at(element, UNKNOWN, decision=decision, near=or_meant(decision, known))


def _check_result(
    diagram: Diagram, element: ElementFacts, surroundings: Surroundings
) -> Iterator[Finding]:
    variable, mapping = element.result_variable, element.map_decision_result
    if mapping not in MAPPINGS:
        yield at(element, MAPPING, mapping=mapping, known=", ".join(MAPPINGS))
    yield from _check_fit(element, surroundings)
    if variable is not None:
        if not variable.isidentifier():
            yield at(element, VARIABLE, variable=variable)
        return
    xml = diagram.xml_by_id.get(element.id)
    if xml is not None and xml.get(camunda("mapDecisionResult")) is not None:
        yield at(element, NO_VARIABLE)
    elif not element.output_parameters:
        yield at(element, LOST, severity="warning")


def _check_fit(element: ElementFacts, surroundings: Surroundings) -> Iterator[Finding]:
    """Whether what the decision gives can be what the mapping takes."""
    decision = (surroundings.decisions or {}).get(element.decision_ref or "")
    if decision is None or element.decision_ref_binding not in OF_THIS_VERSION:
        return
    mapping = element.map_decision_result
    outputs = decision.outputs or 1
    if mapping in ("singleEntry", "collectEntries") and outputs > 1:
        yield at(element, OUTPUTS, mapping=mapping, decision=decision.id, outputs=outputs)
    elif mapping in ("singleEntry", "singleResult") and decision.several:
        yield at(element, SEVERAL, severity="warning", mapping=mapping, decision=decision.id)


RULE = Rule("business-rule-task", check)
