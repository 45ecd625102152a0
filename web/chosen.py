"""What a press elsewhere chose already: "Decline the contract" leads to the form with that ticked.

The address names it, `?chosen=field:value`. It is a first value like any other: nothing is
completed by it, and what was saved as a draft goes before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask import request

from engine.queries.task_detail import TaskDetail

_ONE_OF = ("choice", "radio")


def in_address(values: Mapping[str, str]) -> list[str]:
    """What `chosen` is in the address of a form with these values ticked."""
    return [f"{name}:{value}" for name, value in values.items()]


def chosen_in_address(task: TaskDetail) -> dict[str, object]:
    """The choices that the address names, of those that the task's open fields offer by
    themselves; none where a draft stands."""
    named = request.args.getlist("chosen")
    return {} if not named or task.has_draft else dict(_offered_of(named, task))


def _offered_of(named: Iterable[str], task: TaskDetail) -> Iterator[tuple[str, object]]:
    for each in named:
        name, _, value = each.partition(":")
        field = task.form.field(name) if task.form is not None else None
        if field is None or field.read_only or field.kind not in _ONE_OF:
            continue
        for option in field.options:
            if option.posted == value:
                yield name, option.value
