"""The statuses that a diagram sets are in the application's `statuses.json`, if it has one."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.resources import UnreadableJson, read_status_codes
from engine.diagram.rule import Finding, Rule, at, at_xml
from engine.diagram.surroundings import Surroundings

UNKNOWN = Wording(
    en="Expected the status '{status}' of {id} in {file}, but it is not there.",
    ru="Ожидался статус «{status}» ({id}) в {file}, но его там нет.",
    kk="{id} элементінің «{status}» мәртебесі {file} ішінде болуы керек, бірақ ол жоқ.",
)
UNREADABLE = Wording(
    en="Expected statuses in {file}, but it can't be read: {reason}.",
    ru="Ожидались статусы в {file}, но файл не читается: {reason}.",
    kk="{file} ішінде мәртебелер болуы керек, бірақ файл оқылмайды: {reason}.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each status that the file lacks."""
    file = f"{diagram.key}/statuses.json"
    data = surroundings.resources.get(file)
    if data is None:
        return
    try:
        codes = read_status_codes(data)
    except UnreadableJson as error:
        yield at_xml(diagram.root, UNREADABLE, file=file, reason=error.reason)
        return
    for process in diagram.executable:
        for element in process.elements.values():
            if element.status is not None and element.status not in codes:
                yield at(element, UNKNOWN, status=element.status, file=file)


RULE = Rule("status", check)
