"""Codes of a classifier that open cases hold, in answers that were given and in drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.definitions import Definition
from engine.identity import Actor
from engine.queries.sight import OPEN_TASK, of_instances
from engine.queries.surroundings import Surroundings
from engine.store.codec import load_json
from engine.store.instances import ACTIVE
from engine.store.tables import process_instance, user_task, variable

_instance = process_instance.c


@dataclass(frozen=True)
class CodeInUse:
    """A case that holds a code in a field; `in_draft`: it was typed, and not sent yet."""

    case: str
    field: str
    code: str
    in_draft: bool


def codes_in_use(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    classifier: str,
    codes: Collection[str],
) -> tuple[CodeInUse, ...]:
    """The open cases with one of these codes in a field that chooses from the classifier."""
    seen = (_instance.state == ACTIVE, of_instances(actor, around.settings))
    versions = connection.execute(select(_instance.definition_id).where(*seen).distinct())
    fields = {
        each: fields_of(around.definitions.get(connection, each), classifier)
        for each in versions.scalars()
    }
    names = sorted(set().union(*fields.values()))
    if not names:
        return ()
    columns = (_instance.id, _instance.business_key, _instance.definition_id)
    given = connection.execute(
        select(*columns, variable.c.name, variable.c.value)
        .join(variable, variable.c.instance_id == _instance.id)
        .where(*seen, variable.c.name.in_(names))
        .order_by(_instance.id, variable.c.name)
    )
    found = [
        CodeInUse(row.business_key or row.id, row.name, code, False)
        for row in given
        if row.name in fields[row.definition_id]
        for code in [load_json(row.value)]
        if isinstance(code, str) and code in codes
    ]
    drafts = connection.execute(
        select(*columns, user_task.c.draft)
        .join(user_task, user_task.c.instance_id == _instance.id)
        .where(*seen, OPEN_TASK, user_task.c.draft.is_not(None))
        .order_by(_instance.id, user_task.c.id)
    )
    for row in drafts:
        case = row.business_key or row.id
        found.extend(_in_draft(case, load_json(row.draft), fields[row.definition_id], codes))
    return tuple(found)


def fields_of(definition: Definition, classifier: str) -> frozenset[str]:
    """The fields of a version's forms that choose from a classifier."""
    forms = map(definition.form, definition.facts.elements)
    return frozenset(
        field.name
        for form in forms
        if form is not None
        for field in form.fields
        if field.source is not None and field.source.classifier == classifier
    )


def _in_draft(
    case: str, draft: Mapping[str, object], fields: Collection[str], codes: Collection[str]
) -> Iterator[CodeInUse]:
    for name, value in draft.items():
        if name in fields and isinstance(value, str) and value in codes:
            yield CodeInUse(case, name, value, True)
