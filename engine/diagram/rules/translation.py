"""Names of user tasks are there in Kazakh, Russian and English: people read them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.forms import LANGUAGES

WORDING = Wording(
    en="Expected the name of {id} in kk, ru and en, but {missing} is missing.",
    ru="Ожидалось имя {id} на kk, ru и en, но нет {missing}.",
    kk="{id} атауы kk, ru және en тілдерінде болуы керек, бірақ {missing} жоқ.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One warning for each user task whose name lacks a language."""
    for process in diagram.executable:
        for task in process.elements.values():
            if task.type != "userTask":
                continue
            missing = [language for language in LANGUAGES if language not in task.names]
            if missing:
                yield at(task, WORDING, severity="warning", missing=", ".join(missing))


RULE = Rule("translation", check)
