"""Every service and send task has a topic that someone works off.

Its jobs would wait for ever otherwise. A send task may instead send a message of the diagram, a
business rule task make a decision.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ElementFacts
from engine.diagram.namespaces import camunda
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORKED_OFF = frozenset({"serviceTask", "sendTask", "businessRuleTask"})

MISSING = Wording(
    en="Expected {id} to name a topic (camunda:topic), but it names none.",
    ru="Ожидалось, что {id} называет тему (camunda:topic), но её нет.",
    kk="{id} элементінде тақырып (camunda:topic) болуы керек, бірақ ол жоқ.",
)
UNKNOWN = Wording(
    en="Expected a handler for the topic '{topic}' of {id}, but none is registered; "
    'write one, or set the property remote="true" if a remote worker has it.',
    ru="Ожидался обработчик темы «{topic}» у {id}, но он не зарегистрирован; "
    "напишите его или задайте свойство remote=«true», если работает удалённый исполнитель.",
    kk="{id} элементінің «{topic}» тақырыбына өңдеуші керек, бірақ ол тіркелмеген; "
    "оны жазыңыз немесе remote=«true» қасиетін қойыңыз.",
)
MISPLACED = Wording(
    en="Expected the topic '{topic}' at a service, send or business rule task, "
    "but {id} is a {type}, where no job is made.",
    ru="Ожидалась тема «{topic}» у сервисной задачи, отправки или задачи бизнес-правил, "
    "но {id} это {type}, где задание не создаётся.",
    kk="«{topic}» тақырыбы сервис, жіберу не бизнес-ереже тапсырмасында болуы керек, "
    "бірақ {id} элементі {type}, мұнда жұмыс жасалмайды.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each task without a topic, or topic without a handler, or out of place."""
    for process in diagram.executable:
        for element in process.elements.values():
            if element.topic is not None and element.type not in WORKED_OFF:
                yield at(element, MISPLACED, topic=element.topic, type=element.type)
            elif element.topic is not None:
                known = surroundings.topics is None or element.topic in surroundings.topics
                if not known and not element.remote:
                    yield at(element, UNKNOWN, topic=element.topic)
            elif _needs_topic(diagram, element):
                yield at(element, MISSING)


def _needs_topic(diagram: Diagram, element: ElementFacts) -> bool:
    """Whether there should be one; what can't be read as one is another rule's."""
    xml = diagram.xml_by_id.get(element.id)
    if xml is None or xml.get(camunda("delegateExpression")) is not None:
        return False
    sends = element.type == "sendTask" and xml.get("messageRef") is None
    return element.type == "serviceTask" or sends


RULE = Rule("topic", check)
