"""The groups and users that a diagram names exist.

A misspelt group has no members: its tasks would be seen by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Place, Rule, at
from engine.diagram.surroundings import Surroundings

GROUP = Wording(
    en="Expected the group '{name}' of {id} to exist, but the directory has no such group.",
    ru="Ожидалось, что группа «{name}» у {id} существует, но в справочнике её нет.",
    kk="{id} элементіндегі «{name}» тобы болуы керек, бірақ анықтамалықта ол жоқ.",
)
USER = Wording(
    en="Expected the user '{name}' of {id} to exist, but the directory has no such user.",
    ru="Ожидалось, что пользователь «{name}» у {id} существует, но в справочнике его нет.",
    kk="{id} элементіндегі «{name}» пайдаланушысы болуы керек, бірақ анықтамалықта ол жоқ.",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each name that is written out and unknown; expressions are not looked at."""
    for process in diagram.executable:
        yield from _unknown(process, process.starter_groups, surroundings.groups, GROUP)
        yield from _unknown(process, process.starter_users, surroundings.users, USER)
        for task in process.elements.values():
            users = (*task.candidate_users, *((task.assignee,) if task.assignee else ()))
            yield from _unknown(task, task.candidate_groups, surroundings.groups, GROUP)
            yield from _unknown(task, users, surroundings.users, USER)
            yield from _unknown(task, task.sender_groups, surroundings.groups, GROUP)


def _unknown(
    place: Place, names: Iterable[str], known: frozenset[str] | None, wording: Wording
) -> Iterator[Finding]:
    if known is None:
        return
    for name in names:
        if name not in known and not any(sign in name for sign in ("${", "#{", "=")):
            yield at(place, wording, name=name)


RULE = Rule("known-owner", check)
