"""Every user task is owned: by a candidate group, by users or by an assignee.

A task that nobody owns lies in nobody's list, and the process waits for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

WORDING = Wording(
    en="Expected the user task {id} to have candidateGroups, candidateUsers or an assignee, "
    "but it has none.",
    ru="Ожидалось, что у задачи {id} есть candidateGroups, candidateUsers или assignee, но их нет.",
    kk="{id} тапсырмасында candidateGroups, candidateUsers не assignee болуы керек, "
    "бірақ олар жоқ.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each user task without an owner."""
    for process in diagram.executable:
        for task in process.elements.values():
            owned = task.assignee or task.candidate_groups or task.candidate_users
            if task.type == "userTask" and not owned:
                yield at(task, WORDING)


RULE = Rule("task-owner", check)
