"""The form of an enterprise's details: one that says of itself that the enterprise keeps it.

`"x-kept-by": "party"` stands at the form. What is of one application only (`"x-kept": false` at a
field) is not asked for in the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from engine.forms import Form
from engine.queries.task_detail import TaskDetail
from web.context import actor, queries, surroundings

KEPT_BY, KEPT, PARTY = "x-kept-by", "x-kept", "party"


def details_form() -> Form | None:
    """The form of the details in the newest processes that the person may start, or None."""
    for process in queries().startable_processes(actor()):
        for form in queries().forms(actor(), process.definition_id):
            if is_kept(form):
                return _kept_part(form)
    return None


def is_kept(form: Form | None) -> bool:
    """Whether an enterprise keeps what is given in the form."""
    return form is not None and form.schema.get(KEPT_BY) == PARTY


def first_values(form: Form, names: Mapping[str, str]) -> dict[str, object]:
    """What stands in the form of an enterprise that has kept nothing: the names it is known by."""
    return {
        f"name_{language}": name
        for language, name in names.items()
        if form.field(f"name_{language}") is not None
    }


def offered_values(task: TaskDetail) -> Mapping[str, object]:
    """What stands in a task's form: the details that the enterprise kept, unless others are known.

    A draft, and what was given in this case already, go before what was kept.
    """
    store, form = surroundings().details, task.form
    if form is None or not is_kept(form) or task.has_draft or not task.party or store is None:
        return task.values
    kept = next(iter(store.kept(task.party)), None)
    if kept is None:
        return task.values
    known = {name for name, value in task.variables.items() if value is not None}
    offered = {
        field.name: kept.details[field.name]
        for field in form.fields
        if field.name in kept.details and field.name not in known
    }
    return {**task.values, **offered}


@lru_cache(maxsize=16)
def _kept_part(form: Form) -> Form:
    """The form without the fields that are of one application only."""
    fields = tuple(each for each in form.fields if each.extensions.get(KEPT) is not False)
    names = {each.name for each in fields}
    properties: Any = form.schema["properties"]
    required: Any = form.schema.get("required", [])
    schema = {
        **form.schema,
        "properties": {name: each for name, each in properties.items() if name in names},
        "required": [name for name in required if name in names],
    }
    return replace(form, schema=schema, fields=fields)
