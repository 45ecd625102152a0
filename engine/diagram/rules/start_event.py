"""How a process or sub-process begins is unmistakable (BPMN 2.0, 10.5.2).

A process has one none start event at most, or message starts, each for a message of its own; a
sub-process has exactly one, without a trigger. No flow leads to a start event.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.graph import Scope, scopes
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

MISSING = Wording(
    en="Expected {id} to have a start event, but it has none.",
    ru="Ожидалось, что в {id} есть стартовое событие, но его нет.",
    kk="{id} ішінде бастапқы оқиға болуы керек, бірақ ол жоқ.",
)
SEVERAL = Wording(
    en="Expected one start event without a trigger in {scope}, but {id} is a further one.",
    ru="Ожидалось одно стартовое событие без триггера в {scope}, но {id} ещё одно.",
    kk="{scope} ішінде триггерсіз бір бастапқы оқиға болуы керек, бірақ {id} тағы біреу.",
)
TRIGGERED = Wording(
    en="Expected the sub-process {scope} to start without a trigger, but {id} has one.",
    ru="Ожидалось, что подпроцесс {scope} начинается без триггера, но у {id} он есть.",
    kk="{scope} ішкі процесі триггерсіз басталуы керек, бірақ {id} оқиғасында ол бар.",
)
SAME_MESSAGE = Wording(
    en="Expected a message of its own at {id}, but '{message}' starts {other} already.",
    ru="Ожидалось своё сообщение у {id}, но «{message}» уже запускает {other}.",
    kk="{id} оқиғасында өз хабарламасы болуы керек, бірақ «{message}» {other} оқиғасын бастайды.",
)
INCOMING = Wording(
    en="Expected no flow into the start event {id}, but {flow} leads there.",
    ru="Ожидалось, что в стартовое событие {id} поток не входит, но {flow} входит.",
    kk="{id} бастапқы оқиғасына ағын кірмеуі керек, бірақ {flow} кіреді.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each scope but event sub-processes, which have a rule of their own."""
    messages: dict[str, str] = {}
    for process in diagram.executable:
        for scope in scopes(process):
            starts = [each for each in scope.elements.values() if each.type == "startEvent"]
            for start in starts:
                for flow in start.incoming:
                    yield at(start, INCOMING, flow=flow)
            if scope.host is not None and scope.host.is_event_sub_process:
                continue
            if not starts:
                yield at(scope.host or process, MISSING)
            yield from _several(scope, starts)
            if scope.host is None:
                yield from _same_messages(starts, messages)


def _several(scope: Scope, starts: list[ElementFacts]) -> Iterator[Finding]:
    name = (scope.host or scope.process).id
    plain = [start for start in starts if not start.event_definitions]
    for start in plain[1:]:
        yield at(start, SEVERAL, scope=name)
    if scope.host is not None:
        for start in starts:
            if start.event_definitions:
                yield at(start, TRIGGERED, scope=name)


def _same_messages(starts: list[ElementFacts], messages: dict[str, str]) -> Iterator[Finding]:
    for start in starts:
        message = start.message_name
        if start.event == "message" and message is not None:
            if message in messages:
                yield at(start, SAME_MESSAGE, message=message, other=messages[message])
            messages.setdefault(message, start.id)


RULE = Rule("start-event", check)
