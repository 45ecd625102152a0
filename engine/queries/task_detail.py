"""One user task: what it is about, its form as it stands, what it asks to be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from engine import feel
from engine.definitions import Definition, Definitions
from engine.diagram import ElementFacts
from engine.errors import NotAllowed, NotFound
from engine.forms import Form
from engine.identity import Actor
from engine.queries.documents import DocumentRef, document_ref
from engine.queries.form_values import form_values
from engine.queries.names import Names
from engine.queries.rows import AnyRow
from engine.queries.sight import is_operator, sees_instance
from engine.queries.surroundings import Surroundings
from engine.queries.task_list import TaskRow, row_of
from engine.queries.variables import scopes_of, visible
from engine.remarks import earlier_at, form_with_remarks, remarks_at
from engine.scopes import Scopes
from engine.store.codec import load_json
from engine.store.tables import process_instance, user_task
from engine.store.tasks import OPEN, TaskRecord
from engine.visibility import may_work_on

_task = user_task.c
_TASK = (
    select(user_task, process_instance.c.status)
    .join(process_instance, process_instance.c.id == _task.instance_id)
    .where(_task.id == bindparam("task_id"))
)


@dataclass(frozen=True)
class SignatureDemand:
    """What is to be signed. `required` is by the values as they stand, before they are sent;
    `required_text` is the expression that decides when they are. `as_representative`: the actor
    signs with whichever key of their own, not with the party's."""

    document: DocumentRef
    required: bool
    required_text: str
    as_representative: bool = False


@dataclass(frozen=True)
class ShownTask:
    """An earlier task of the process whose answers stand above another's form."""

    element_id: str
    form: Form


@dataclass(frozen=True)
class TaskDetail(TaskRow):
    """A task, open or ended. `values` is what stands in its form, `variables` all that is seen
    from it (empty once it has ended), `offered` whether the actor may work on it. `remarks` are
    those on fields of the form, of which only these are open then; `earlier` the values to compare
    with; `shows` the earlier tasks whose answers are read here. `draft_version` is that of the
    draft, 0 before any was saved."""

    state: str
    ended_at: datetime | None
    ended_by: str | None
    offered: bool
    documentation: Names | None
    loop_counter: int | None
    form: Form | None
    values: Mapping[str, object]
    has_draft: bool
    variables: Mapping[str, object]
    signature: SignatureDemand | None
    remarks: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, object] | None = None
    shows: tuple[ShownTask, ...] = ()
    draft_version: int = 0


def task(connection: Connection, around: Surroundings, actor: Actor, task_id: str) -> TaskDetail:
    """A task that is the actor's, or that a supervisor or operator looks at; an ended one also for
    those who see its instance.

    Raises NotFound where there is none, or none for an actor who does not see its instance;
    NotAllowed where it is not the actor's, StepFailed where its remarks can't be read.
    """
    row = connection.execute(_TASK, {"task_id": task_id}).one_or_none()
    if row is None or not (actor.is_system or row.tenant == actor.tenant):
        raise NotFound(f"Expected user task {task_id}, but it does not exist")
    offered = may_work_on(actor, _record(row))
    if not offered and not _looks_on(connection, around, actor, row):
        if not sees_instance(connection, actor, around.settings, row.instance_id):
            raise NotFound(f"Expected user task {task_id}, but it does not exist")
        raise NotAllowed(
            f"Expected to open user task {task_id}, but it is not {actor.user}'s to do"
        )
    return _detail(connection, around, actor, row, offered)


def _record(row: AnyRow) -> TaskRecord:
    return TaskRecord(**{each.name: getattr(row, each.name) for each in fields(TaskRecord)})


def _looks_on(connection: Connection, around: Surroundings, actor: Actor, row: AnyRow) -> bool:
    settings = around.settings
    supervises = is_operator(actor, settings) or bool(actor.groups & settings.supervisors)
    return (supervises or row.state != OPEN) and sees_instance(
        connection, actor, settings, row.instance_id
    )


def _detail(
    connection: Connection, around: Surroundings, actor: Actor, row: AnyRow, offered: bool
) -> TaskDetail:
    shown = row_of(connection, around.definitions, around.clock(), row)
    definition = around.definitions.get(connection, row.definition_id)
    element = definition.element(row.element_id)
    is_open = row.state == OPEN
    form = definition.form(row.element_id)
    values: dict[str, object] = {}
    variables: dict[str, object] = {}
    signature = None
    remarks: Mapping[str, str] = {}
    earlier = None
    if is_open:
        scopes = scopes_of(connection, around, definition, row.instance_id)
        draft = None if row.draft is None else load_json(row.draft)
        remarks, earlier = remarks_at(element, scopes), earlier_at(element, scopes)
        now = around.clock().astimezone(ZoneInfo(around.settings.zone))
        if remarks:
            options = around.options.on(now.date(), connection)
            form = form_with_remarks(form, remarks, scopes, now, options)
        values = form_values(form, draft, scopes, row.scope)
        variables = visible(scopes, row.scope)
        signature = _demand(
            connection, around.definitions, element, scopes, row.scope, values, actor
        )
    return TaskDetail(
        **{each.name: getattr(shown, each.name) for each in fields(TaskRow)},
        state=row.state,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        offered=offered,
        documentation=_documentation(element),
        loop_counter=row.loop_counter,
        form=form,
        values=values,
        has_draft=row.draft is not None,
        draft_version=row.draft_version,
        variables=variables,
        signature=signature,
        remarks=remarks,
        earlier=earlier,
        shows=tuple(_shown(definition, element)) if is_open else (),
    )


def _shown(definition: Definition, element: ElementFacts) -> Iterator[ShownTask]:
    """The earlier tasks that the element names; the gate has seen that they are there."""
    for name in element.shows:
        form = definition.form(name)
        if form is not None:
            yield ShownTask(name, form)


def _documentation(element: ElementFacts) -> Names | None:
    """What the diagram says is expected; it is written in one language."""
    if element.documentation is None:
        return None
    return {element.default_language: element.documentation}


def _demand(
    connection: Connection,
    definitions: Definitions,
    element: ElementFacts,
    scopes: Scopes,
    scope: int,
    values: Mapping[str, object],
    actor: Actor,
) -> SignatureDemand | None:
    """The demand, where the diagram names a document and the variable holds one."""
    if element.signature_document is None:
        return None
    try:
        reference = scopes.evaluate(element.signature_document, scope)
    except feel.ExpressionError:
        return None
    if not isinstance(reference, Mapping) or "document" not in reference:
        return None
    document = document_ref(connection, definitions, str(reference["document"]))
    if document is None:
        return None
    text = element.signature_required or "${true}"
    return SignatureDemand(
        document,
        _is_required(text, scopes, scope, values),
        text,
        _represents(actor, element.signature_representative, scopes, scope),
    )


def _represents(actor: Actor, text: str | None, scopes: Scopes, scope: int) -> bool:
    """Whether the actor is who may sign with a key of their own; no, where that can't be told."""
    if text is None or actor.iin is None:
        return False
    try:
        return bool(scopes.evaluate(text, scope) == actor.iin)
    except feel.ExpressionError:
        return False


def _is_required(text: str, scopes: Scopes, scope: int, values: Mapping[str, object]) -> bool:
    """By the values so far; where they do not decide it yet, it is not asked for yet."""
    try:
        return bool(scopes.evaluate(text, scope, values))
    except feel.ExpressionError:
        return False
