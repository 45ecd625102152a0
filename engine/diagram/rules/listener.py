"""Topics that listen to a process have handlers, and these can be called.

A listener is told of something that has happened (properties `statusTopic` and `followUpTopic`): it
gives no variables, and reads those of the process and what it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.diagram.facts import FOLLOW_UP_TOPIC, STATUS_TOPIC, Diagram, ProcessFacts
from engine.diagram.problems import Severity, Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.diagram.variables import ALWAYS_THERE, WrittenVariables, written_variables
from engine.external_task import HandlerContract

TOLD: Mapping[str, frozenset[str]] = {
    STATUS_TOPIC: frozenset({"status", "previous_status", "changed_at"}),
    FOLLOW_UP_TOPIC: frozenset({"user_task"}),
}
"""What a listener is told, by the property that names it."""

UNKNOWN = Wording(
    en="Expected a handler for the topic '{topic}' of the property {name} of {id}, "
    "but none is registered.",
    ru="Ожидался обработчик темы «{topic}» из свойства {name} у {id}, но он не зарегистрирован.",
    kk="{id} процесінің {name} қасиетіндегі «{topic}» тақырыбына өңдеуші керек, "
    "бірақ ол тіркелмеген.",
)
GIVES = Wording(
    en="Expected the handler of {topic}, which {name} of {id} names, to give nothing, "
    "but it gives {variables}: a listener is only told.",
    ru="Ожидалось, что обработчик {topic} из {name} у {id} ничего не даёт, но он даёт "
    "{variables}: слушателю только сообщают.",
    kk="{id} процесінің {name} қасиетіндегі {topic} өңдеушісі ештеңе бермеуі керек, бірақ ол "
    "{variables} береді: тыңдаушыға тек хабарланады.",
)
MISSING = Wording(
    en="Expected something to write the variable {variable}, which the handler of {topic} reads "
    "({name} of {id}), but nothing does.",
    ru="Ожидалось, что переменную {variable} кто-то пишет: её читает обработчик {topic} "
    "({name} у {id}).",
    kk="{variable} айнымалысын бірдеңе жазуы керек: оны {topic} өңдеушісі оқиды "
    "({id}, {name} қасиеті).",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each listener of a process."""
    if surroundings.topics is None:
        return
    for process in diagram.executable:
        named = {name: process.properties.get(name) for name in TOLD}
        if not any(named.values()):
            continue
        written = written_variables(diagram, process, surroundings)
        for name, topic in named.items():
            if not topic:
                continue
            contract = surroundings.topics.get(topic)
            if contract is None:
                yield at(process, UNKNOWN, topic=topic, name=name)
            else:
                yield from _check_contract(process, name, contract, written)


def _check_contract(
    process: ProcessFacts, name: str, contract: HandlerContract, written: WrittenVariables
) -> Iterator[Finding]:
    if contract.gives:
        given = ", ".join(sorted(contract.gives))
        yield at(process, GIVES, topic=contract.topic, name=name, variables=given)
    known = TOLD[name] | ALWAYS_THERE | written.writers.keys()
    severity: Severity = "warning" if written.unknown else "error"
    for variable, parameter in contract.reads.items():
        if parameter.required and variable not in known:
            yield at(
                process,
                MISSING,
                severity=severity,
                variable=variable,
                topic=contract.topic,
                name=name,
            )


RULE = Rule("listener", check)
