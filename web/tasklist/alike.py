"""Which of several tasks one answer may be given for.

A field says so by `x-one-for`: the variables that the tasks must have alike.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.forms import Form
from engine.queries.task_detail import TaskDetail
from web.answers import Fact, facts_of
from web.context import actor, queries

ONE_FOR = "x-one-for"


@dataclass(frozen=True)
class Group:
    """Tasks that one answer may be given for, and what they have in common, in words."""

    facts: Sequence[Fact]
    tasks: list[TaskDetail] = field(default_factory=list)


def groups_of(tasks: Sequence[TaskDetail]) -> list[Group]:
    """The tasks, all of one element, in the groups that can be answered together."""
    groups: dict[str, Group] = {}
    for task in tasks:
        given = {name: task.variables.get(name) for name in _names(task.form)}
        key = json.dumps(given, sort_keys=True)
        if key not in groups:
            groups[key] = Group(_facts(task, given) if given else ())
        groups[key].tasks.append(task)
    return list(groups.values())


def _names(form: Form | None) -> list[str]:
    names: list[str] = []
    for each in form.fields if form is not None else ():
        given = each.extensions.get(ONE_FOR)
        names += given if isinstance(given, list) else ()
    return names


def _facts(task: TaskDetail, given: dict[str, object]) -> list[Fact]:
    fields = queries().fields(actor(), task.definition_id)
    return facts_of([each for name, each in fields.items() if name in given], given)
