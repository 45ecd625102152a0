"""A diagram that declares a functional map carries out all of its rows, and names no others.

Traceability: process property `map` names the file, property `source` of the elements the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ProcessFacts
from engine.diagram.map_report import report_map
from engine.diagram.problems import Wording
from engine.diagram.resources import UnreadableJson, read_map
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

NO_FILE = Wording(
    en="Expected the map {file} of {id} among the files of the deployment, but it is not there.",
    ru="Ожидалась карта {file} ({id}) среди файлов развёртывания, но её нет.",
    kk="{id} процесінің {file} картасы орналастыру файлдарында болуы керек, бірақ ол жоқ.",
)
UNREADABLE = Wording(
    en="Expected the map {file} of {id} to be a functional map, but it can't be read: {reason}.",
    ru="Ожидалось, что {file} ({id}) это функциональная карта, но файл не читается: {reason}.",
    kk="{id} процесінің {file} файлы функционалдық карта болуы керек, бірақ оқылмайды: {reason}.",
)
NOT_CARRIED_OUT = Wording(
    en="Expected an element with the source '{code} {row}', but no element carries out this row.",
    ru="Ожидался элемент с источником «{code} {row}», но эту строку ничто не исполняет.",
    kk="«{code} {row}» дереккөзі бар элемент күтілді, бірақ бұл жолды ешқайсысы орындамайды.",
)
UNKNOWN = Wording(
    en="Expected {id} to name a row of the map, but {code} has no row {row}.",
    ru="Ожидалось, что {id} называет строку карты, но в {code} нет строки {row}.",
    kk="{id} картаның жолын атауы керек, бірақ {code} ішінде {row} жолы жоқ.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """Findings for each process that declares a map."""
    for process in diagram.executable:
        if process.map_file is not None:
            yield from _check_map(diagram, process, process.map_file, surroundings)


def _check_map(
    diagram: Diagram, process: ProcessFacts, name: str, surroundings: Surroundings
) -> Iterator[Finding]:
    file = f"{diagram.key}/{name}"
    data = surroundings.resources.get(file)
    if data is None:
        yield at(process, NO_FILE, file=file)
        return
    try:
        report = report_map(diagram, read_map(data))
    except UnreadableJson as error:
        yield at(process, UNREADABLE, file=file, reason=error.reason)
        return
    code = report.map.code
    for row in report.missing:
        if not any(other.number.startswith(f"{row.number}.") for other in report.missing):
            yield at(process, NOT_CARRIED_OUT, code=code, row=row.number)
    for element_id, number in report.unknown:
        element = diagram.element(element_id)
        if element is not None:
            yield at(element, UNKNOWN, code=code, row=number)


RULE = Rule("map-row", check)
