"""Files of forms: kept for a person and a form until the form is accepted, then documents."""

from __future__ import annotations

from collections.abc import Mapping

from engine.attachments import AttachmentRefused, examine
from engine.commands import UploadDocument
from engine.diagram import ElementFacts
from engine.errors import BadCommand, InvalidSubmission
from engine.forms import Field, Form
from engine.processors.instance import LiveInstance
from engine.processors.starting import start_by_hand
from engine.processors.task_access import open_task, require_free
from engine.processors.work import Work
from engine.results import Uploaded
from engine.scopes import ROOT
from engine.store import documents, uploads
from engine.store.documents import NewDocument
from engine.store.ids import new_id
from engine.store.uploads import UploadRecord

_GONE = {
    "kk": "Бұл файл енді сақталмайды. Оны қайта тіркеңіз",
    "ru": "Этот файл больше не хранится. Приложите его заново",
    "en": "This file is no longer kept. Attach it again",
}


def upload_document(work: Work, command: UploadDocument) -> Uploaded:
    """Keeps a file, its type by the content and its name made safe.

    Raises NotFound, NotAllowed, Conflict, BadCommand; InvalidSubmission where the file is refused.
    """
    place, form = _form_asked(work, command)
    field = None if form is None else form.field(command.field)
    if field is None or field.kind != "document" or field.read_only:
        raise BadCommand(f"Expected a field for a document, but found {command.field!r}")
    settings = work.around.settings
    try:
        file = examine(command.name, command.content, settings.upload_bytes)
    except AttachmentRefused as refused:
        raise InvalidSubmission({field.name: refused.messages}) from refused
    record = UploadRecord(
        id=new_id(),
        owner=work.actor.user,
        tenant=work.actor.tenant,
        place=place,
        field=field.name,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        content=file.content,
        expires_at=work.now + settings.upload_lifetime,
    )
    uploads.replace(work.uow, record, work.now)
    return Uploaded(record.id, record.name, record.media_type, record.size, record.expires_at)


def _form_asked(work: Work, command: UploadDocument) -> tuple[str, Form | None]:
    if command.task_id is not None:
        task = open_task(work, command.task_id, "attach a file to")
        require_free(work, task, "attach a file to")
        definition = work.around.definitions.get(work.connection, task.definition_id)
        return _place(task.instance_id, task.element_id), definition.form(task.element_id)
    definition, start = start_by_hand(work, command.process_id or "", None)
    return _place(definition.process_id, start.id), definition.form(start.id)


def _place(of: str, element_id: str) -> str:
    return f"{of}/{element_id}"


def keep_uploads(
    instance: LiveInstance, element: ElementFacts, form: Form, values: Mapping[str, object]
) -> dict[str, object]:
    """The values with each uploaded file stored as a document of the instance.

    A document that the field's variable holds already stays. Raises InvalidSubmission where a file
    is not kept any more, or was given by another person or for another form.
    """
    kept = dict(values)
    for field in form.fields:
        given = kept.get(field.name)
        if field.kind == "document" and isinstance(given, str):
            kept[field.name] = _kept(instance, element, field, given)
    return kept


def _kept(
    instance: LiveInstance, element: ElementFacts, field: Field, upload_id: str
) -> Mapping[str, object]:
    held = instance.scopes.view(ROOT).get(field.name)
    if isinstance(held, Mapping) and held.get("document") == upload_id:
        return held
    work = instance.work
    work.uow.flush()
    file = uploads.load(work.connection, upload_id)
    places = {_place(instance.id, element.id), _place(instance.record.process_id, element.id)}
    if (
        file is None
        or file.place not in places
        or (file.owner, file.tenant, file.field)
        != (work.actor.user, instance.record.tenant, field.name)
        or file.expires_at <= work.now
    ):
        raise InvalidSubmission({field.name: _GONE})
    uploads.remove(work.uow, file.id)
    new = NewDocument(
        instance_id=instance.id,
        tenant=instance.record.tenant,
        name=file.name,
        media_type=file.media_type,
        content=file.content,
        kind=field.name,
        element_id=element.id,
    )
    return documents.add(work.uow, new, work.now)
