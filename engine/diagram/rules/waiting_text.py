"""What is read while a case waits, `waiting.json`, and what a task is called for whoever does it,
`tasks.json`, is said of elements that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.resources import UnreadableJson, read_texts_by_element
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

UNKNOWN = Wording(
    en="Expected {file} to name elements of {id}, but '{name}' is none.",
    ru="Ожидалось, что {file} называет элементы {id}, но «{name}» там нет.",
    kk="{file} файлы {id} элементтерін атауы керек, бірақ онда «{name}» жоқ.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each element that no process of the diagram has.

    A file that can't be read is told of as a file.
    """
    processes = diagram.executable
    known = {name for process in processes for name in process.elements}
    tasks = {
        name
        for process in processes
        for name, element in process.elements.items()
        if element.type == "userTask"
    }
    yield from _unknown(diagram, surroundings, "waiting", known)
    yield from _unknown(diagram, surroundings, "tasks", tasks)


def _unknown(
    diagram: Diagram, surroundings: Surroundings, name: str, known: Collection[str]
) -> Iterator[Finding]:
    file = f"{diagram.key}/{name}.json"
    data = surroundings.resources.get(file)
    if data is None:
        return
    try:
        named = read_texts_by_element(data)
    except UnreadableJson:
        return
    for element in named:
        if element not in known:
            yield at_xml(diagram.root, UNKNOWN, file=file, name=element)


RULE = Rule("waiting-text", check)
