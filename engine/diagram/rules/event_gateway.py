"""Behind an event-based gateway stand events to wait for, each reached only through it.

Anything else behind it would begin at once instead of waiting (BPMN 2.0, 10.6.6).
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts, ProcessFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

NOT_CATCHING = Wording(
    en="Expected a catch event or receive task behind {gateway}, but {id} is a {type}.",
    ru="После {gateway} ожидалось промежуточное событие-ожидание, но {id} это {type}.",
    kk="{gateway} шлюзінен кейін күтетін аралық оқиға болуы керек, бірақ {id} элементі {type}.",
)
MORE_THAN_A_MESSAGE = Wording(
    en="Expected the receive task {id} behind an event-based gateway to be plain, "
    "but it has boundary events or is multi-instance.",
    ru="Ожидалось, что задача-получатель {id} после событийного шлюза простая, "
    "но у неё граничные события или она многократная.",
    kk="Оқиғалық шлюзден кейінгі {id} қабылдау тапсырмасы қарапайым болуы керек, "
    "бірақ онда шекаралық оқиғалар бар не ол көп еселі.",
)
OTHER_WAY_IN = Wording(
    en="Expected {id} to be reached only through {gateway}, but another flow leads there too.",
    ru="Ожидалось, что к {id} ведёт только {gateway}, но туда ведёт и другой поток.",
    kk="{id} оқиғасына тек {gateway} апаруы керек, бірақ оған басқа ағын да апарады.",
)
ONE_WAY = Wording(
    en="Expected at least two events behind the event-based gateway {id}, but found {count}.",
    ru="После событийного шлюза {id} ожидалось не меньше двух событий, но найдено {count}.",
    kk="{id} оқиғалық шлюзінен кейін кемінде екі оқиға болуы керек, бірақ {count} табылды.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each event-based gateway and what stands behind it."""
    for process in diagram.executable:
        for gateway in process.elements.values():
            if gateway.type == "eventBasedGateway":
                yield from _check_gateway(process, gateway)


def _check_gateway(process: ProcessFacts, gateway: ElementFacts) -> Iterator[Finding]:
    if len(gateway.outgoing) == 1:
        yield at(gateway, ONE_WAY, count=1)
    for flow in gateway.outgoing:
        target = process.elements.get(process.flows[flow].target)
        if target is None:
            continue
        if target.type not in ("intermediateCatchEvent", "receiveTask"):
            yield at(target, NOT_CATCHING, gateway=gateway.id, type=target.type)
        elif target.multi_instance is not None or any(process.boundaries(target.id)):
            yield at(target, MORE_THAN_A_MESSAGE)
        elif len(target.incoming) > 1:
            yield at(target, OTHER_WAY_IN, gateway=gateway.id)


RULE = Rule("event-gateway", check)
