"""What a status allows can be done: `actions.json` names tasks and messages that there are.

Both files are the process application's, and either may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.diagram.facts import Diagram
from engine.diagram.form_schemas import field_names
from engine.diagram.problems import Wording
from engine.diagram.resources import UnreadableJson, read_actions, read_allowed
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

TASK = Wording(
    en="Expected the action '{action}' in {file} to name user tasks, but {id} has no '{task}'.",
    ru="Ожидалось, что действие «{action}» в {file} называет задачи людей, но в {id} нет «{task}».",
    kk="{file} ішіндегі «{action}» әрекеті пайдаланушы тапсырмаларын атауы керек, "
    "бірақ {id} ішінде «{task}» жоқ.",
)
VALUE = Wording(
    en="Expected the action '{action}' in {file} to give values of the form of '{task}', "
    "but '{field}' is no field of it ({id}).",
    ru="Ожидалось, что действие «{action}» в {file} даёт значения формы «{task}», "
    "но поля «{field}» в ней нет ({id}).",
    kk="{file} ішіндегі «{action}» әрекеті «{task}» формасының мәндерін беруі керек, "
    "бірақ онда «{field}» өрісі жоқ ({id}).",
)
MESSAGE = Wording(
    en="Expected the action '{action}' in {file} to send a message that {id} awaits, "
    "but it awaits no '{message}'.",
    ru="Ожидалось, что действие «{action}» в {file} шлёт сообщение, которого ждут в {id}, "
    "но «{message}» там не ждут.",
    kk="{file} ішіндегі «{action}» әрекеті {id} күтетін хабарламаны жіберуі керек, "
    "бірақ онда «{message}» күтілмейді.",
)
ALLOWED = Wording(
    en="Expected the status '{status}' to allow actions of {file}, but '{action}' is none ({id}).",
    ru="Ожидалось, что статус «{status}» разрешает действия из {file}, "
    "но «{action}» там нет ({id}).",
    kk="«{status}» мәртебесі {file} ішіндегі әрекеттерге рұқсат беруі керек, "
    "бірақ «{action}» онда жоқ ({id}).",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for the actions and the statuses of the diagram's application.

    A file that can't be read is told of as a file.
    """
    file = f"{diagram.key}/actions.json"
    data = surroundings.resources.get(file)
    if data is None:
        return
    try:
        actions = read_actions(data)
        allowed = read_allowed(surroundings.resources.get(f"{diagram.key}/statuses.json", b"{}"))
    except UnreadableJson:
        return
    awaited = _awaited(diagram)
    for code, action in actions.items():
        for task in action.get("tasks", ()):
            yield from _task(diagram, surroundings, file, code, task)
        message = action.get("message")
        if message is not None and message not in awaited:
            yield at_xml(diagram.root, MESSAGE, file=file, action=code, message=message)
    for status, codes in allowed.items():
        for code in codes:
            if code not in actions:
                yield at_xml(diagram.root, ALLOWED, file=file, status=status, action=code)


def _task(
    diagram: Diagram,
    surroundings: Surroundings,
    file: str,
    action: str,
    task: Mapping[str, Any],
) -> Iterator[Finding]:
    """A task of a process that is in another diagram is left to that one."""
    process_id, name = task.get("process"), task["element"]
    processes = [each for each in diagram.executable if process_id in (None, each.id)]
    found = [each.elements[name] for each in processes if name in each.elements]
    element = next((each for each in found if each.type == "userTask"), None)
    if element is None:
        if processes:
            yield at_xml(diagram.root, TASK, file=file, action=action, task=name)
        return
    fields = field_names(element, surroundings.resources)
    for field in (*task.get("values", {}), *task.get("chosen", {})):
        if fields is not None and field not in fields:
            yield at_xml(diagram.root, VALUE, file=file, action=action, task=name, field=field)


def _awaited(diagram: Diagram) -> set[str | None]:
    return {
        element.message_name
        for process in diagram.executable
        for element in process.elements.values()
        if element.catches_message
    }


RULE = Rule("action", check)
