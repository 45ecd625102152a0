"""A file needs a process that may run: with an id and `isExecutable="true"`.

Without one a deployment would succeed and deploy nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at_xml
from engine.diagram.surroundings import Surroundings

NONE = Wording(
    en='Expected a process with isExecutable="true", but the file has none.',
    ru='Ожидался процесс с isExecutable="true", но в файле такого нет.',
    kk='isExecutable="true" белгісі бар процесс күтілді, бірақ файлда ондай жоқ.',
)
NO_ID = Wording(
    en="Expected the executable process to have an id, but it has none.",
    ru="Ожидалось, что у исполняемого процесса есть id, но его нет.",
    kk="Орындалатын процестің id белгісі болуы керек, бірақ ол жоқ.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for the file without such a process, one for each that lacks its id."""
    if not diagram.executable:
        yield at_xml(diagram.root, NONE)
    for process in diagram.executable_xml:
        if not process.get("id"):
            yield at_xml(process, NO_ID)


RULE = Rule("executable-process", check)
