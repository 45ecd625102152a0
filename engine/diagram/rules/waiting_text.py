"""What is read while a case waits, `waiting.json`, is said of elements that there are."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.resources import UnreadableJson, read_waiting_texts
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
    file = f"{diagram.key}/waiting.json"
    data = surroundings.resources.get(file)
    if data is None:
        return
    try:
        named = read_waiting_texts(data)
    except UnreadableJson:
        return
    known = {name for process in diagram.executable for name in process.elements}
    for element in named:
        if element not in known:
            yield at_xml(diagram.root, UNKNOWN, file=file, name=element)


RULE = Rule("waiting-text", check)
