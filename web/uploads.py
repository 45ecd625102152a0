"""Files that come with a form: each is kept before the form itself is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from engine.commands import UploadDocument
from engine.errors import InvalidSubmission
from engine.forms import Field, Form
from engine.results import Uploaded
from web.context import actor, queries, settings
from web.presses import command_id_of, press

Texts = Mapping[str, str]

FILE, REMOVE = "file", "remove"
"""Beside the field itself, which holds an id: `FIELD.file` is the file, `FIELD.remove` a press."""


@dataclass(frozen=True)
class Attached:
    """A file that stands in a field. `is_stored`: it is a document of the case already."""

    id: str
    name: str
    size: int
    is_stored: bool


def allow_files() -> None:
    """Lets a request that brings files be larger than others."""
    if request.mimetype == "multipart/form-data":
        most = settings()
        request.max_content_length = max(most.max_request_bytes, most.max_upload_bytes)


def take_files(
    form: Form | None,
    values: dict[str, object],
    *,
    task_id: str | None = None,
    process_id: str | None = None,
) -> dict[str, Texts]:
    """Keeps the files that were sent with a form, and puts their ids into `values`.

    What was ticked to be removed is taken out of `values`. Returns what is wrong with files, by
    field; the others stay kept. Raises the engine's errors.
    """
    refused: dict[str, Texts] = {}
    for field in form.shown_fields(values) if form is not None else ():
        if field.kind != "document" or field.read_only:
            continue
        if request.form.get(f"{field.name}.{REMOVE}"):
            values.pop(field.name, None)
        sent = request.files.get(f"{field.name}.{FILE}")
        if sent is None or not sent.filename:
            continue
        command = UploadDocument(
            field.name,
            sent.filename,
            sent.stream.read(),
            task_id=task_id,
            process_id=process_id,
            command_id=command_id_of(f"file {field.name}"),
        )
        try:
            kept: Uploaded = press(command)
        except InvalidSubmission as error:
            refused.update(error.fields)
        else:
            values[field.name] = kept.upload_id
    return refused


def attached(field: Field, value: object) -> Attached | None:
    """The file that a field's value stands for; None where there is none, or it is kept no more."""
    if field.kind != "document":
        return None
    if isinstance(value, Mapping):
        return Attached(
            str(value.get("document", "")), str(value.get("name", "")), _size(value), True
        )
    found = queries().upload(actor(), value) if isinstance(value, str) and value else None
    return None if found is None else Attached(found.id, found.name, found.size, found.is_stored)


def _size(reference: Mapping[str, object]) -> int:
    size = reference.get("size")
    return size if isinstance(size, int) else 0
