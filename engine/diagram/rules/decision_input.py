"""What a decision needs is written by something before, and is of the type it needs.

The input data that a decision requires, itself or by the decisions it requires, are read from the
variables of their names. Where remote workers or tasks without a form may write a variable, its
absence is a warning only.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.problems import Severity, Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.rules.business_rule_task import OF_THIS_VERSION
from engine.diagram.surroundings import DecisionFacts, Surroundings
from engine.diagram.value_types import in_words, may_fit, of_feel
from engine.diagram.variables import (
    ALWAYS_THERE,
    WrittenVariables,
    local_names,
    written_variables,
)

MISSING = Wording(
    en="Expected something to write the variable '{variable}', which the decision {decision} reads "
    "at {id}, but nothing does; if it is given from outside, name it in the property inputs, "
    "if it is called otherwise here, in an input parameter.",
    ru="Ожидалось, что переменную «{variable}» кто-то пишет: её читает решение {decision} в {id}; "
    "если она даётся извне, назовите её в свойстве inputs, если зовётся иначе, "
    "во входном параметре.",
    kk="«{variable}» айнымалысын бірдеңе жазуы керек: оны {id} ішінде {decision} шешімі оқиды; "
    "егер ол сырттан берілсе, оны inputs қасиетінде, басқаша аталса, кіріс параметрінде атаңыз.",
)
TYPE = Wording(
    en="Expected {writer} to write {variable} as {wanted}, which the decision {decision} reads "
    "at {id}, but it writes {given}.",
    ru="Ожидалось, что {writer} пишет {variable} как {wanted} для решения {decision} в {id}, "
    "но там {given}.",
    kk="{writer} {variable} айнымалысын {wanted} түрінде жазуы керек ({id}, {decision} шешімі), "
    "бірақ ол {given} жазады.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each input of a decision that a business rule task names."""
    for process in diagram.executable:
        written = written_variables(diagram, process, surroundings)
        for element in process.elements.values():
            decision = (surroundings.decisions or {}).get(element.decision_ref or "")
            if decision is not None and element.decision_ref_binding in OF_THIS_VERSION:
                yield from _check_inputs(process, element, decision, written)


def _check_inputs(
    process: ProcessFacts,
    element: ElementFacts,
    decision: DecisionFacts,
    written: WrittenVariables,
) -> Iterator[Finding]:
    local = local_names(process, element)
    severity: Severity = "warning" if written.unknown else "error"
    for given in decision.inputs:
        if given.name in local or given.name in ALWAYS_THERE or not given.is_certain:
            continue
        writers = written.writers.get(given.name, [])
        if not writers:
            yield at(element, MISSING, severity=severity, variable=given.name, decision=decision.id)
        wanted = of_feel(given.type)
        for writer in writers:
            if not may_fit(writer.types, wanted):
                yield at(
                    element,
                    TYPE,
                    variable=given.name,
                    decision=decision.id,
                    writer=writer.id,
                    wanted=in_words(wanted),
                    given=in_words(writer.types),
                )


RULE = Rule("decision-input", check)
