"""What a handler needs is written by something before, and is of the type it needs.

The handler's signature is its contract. Variables from outside are named by the process property
`inputs`, those of a completion check by its element's property `gives`. Where remote workers or
tasks without a form may write a variable, its absence is a warning only.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.problems import Severity, Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.diagram.value_types import in_words, may_fit, of_python
from engine.diagram.variables import (
    ALWAYS_THERE,
    WrittenVariables,
    local_names,
    written_variables,
)
from engine.external_task import HandlerContract

MISSING = Wording(
    en="Expected something to write the variable {variable}, which the handler of {topic} reads "
    "at {id}, but nothing does; if it is given from outside, name it in the property inputs, "
    "if by a completion check, in its property gives.",
    ru="Ожидалось, что переменную {variable} кто-то пишет: её читает обработчик {topic} в {id}; "
    "если она даётся извне, назовите её в свойстве inputs, если проверкой, то в её gives.",
    kk="{variable} айнымалысын бірдеңе жазуы керек: оны {id} ішінде {topic} өңдеушісі оқиды; "
    "егер ол сырттан берілсе, оны inputs қасиетінде, тексеруден болса, gives ішінде атаңыз.",
)
TYPE = Wording(
    en="Expected {writer} to write {variable} as {wanted}, which the handler of {topic} reads "
    "at {id}, but it writes {given}.",
    ru="Ожидалось, что {writer} пишет {variable} как {wanted} для обработчика {topic} в {id}, "
    "но там {given}.",
    kk="{writer} {variable} айнымалысын {wanted} түрінде жазуы керек ({id}, {topic} өңдеушісі), "
    "бірақ ол {given} жазады.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each variable that a handler of a process reads."""
    for process in diagram.executable:
        written = written_variables(diagram, process, surroundings)
        for element in process.elements.values():
            contract = (surroundings.topics or {}).get(element.topic or "")
            if contract is not None:
                yield from _check_contract(process, element, contract, written)


def _check_contract(
    process: ProcessFacts,
    element: ElementFacts,
    contract: HandlerContract,
    written: WrittenVariables,
) -> Iterator[Finding]:
    local = local_names(process, element)
    severity: Severity = "warning" if written.unknown else "error"
    for name, parameter in contract.reads.items():
        if name in local or name in ALWAYS_THERE:
            continue
        writers = written.writers.get(name, [])
        if not writers and parameter.required:
            yield at(element, MISSING, severity=severity, variable=name, topic=contract.topic)
        wanted = of_python(parameter.type)
        for writer in writers:
            if not may_fit(writer.types, wanted):
                yield at(
                    element,
                    TYPE,
                    variable=name,
                    topic=contract.topic,
                    writer=writer.id,
                    wanted=in_words(wanted),
                    given=in_words(writer.types),
                )


RULE = Rule("handler-contract", check)
